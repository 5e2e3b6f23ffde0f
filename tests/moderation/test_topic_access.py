"""Which topics a moderator reads: what is closed is not in the queue, not handed out, not shown and not decided."""

import pytest
from django.contrib.auth.models import Group

from assessments.models import AuditEntry
from assessments.moderation.assigning import NotYourTopic, assign, take_next
from assessments.moderation.deciding import NotYourTopic as NotYoursToDecide
from assessments.moderation.models import Case, Reading, TopicAccess
from assessments.roles import MODERATORS
from tests.factories import a_case, a_ruling, a_topic_rule, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture
def cases():
    """{name: a case}: of one topic, of another, of both, of none."""
    topics = {"harm": ["harm"], "author": ["author"], "both": ["author", "harm"], "none": []}
    made = {name: a_case(f"A text about {name}.") for name in topics}
    for name, case in made.items():
        Case.objects.filter(pk=case.pk).update(sections=topics[name])
    return made


def open_to(person, cases):
    found = set(Case.objects.open_to(person))
    return {name for name, case in cases.items() if case in found}


def rules_for(person, *rules):
    for reading, topics in rules:
        a_topic_rule(person=person, reading=reading, topics=topics)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], {"harm", "author", "both", "none"}),
        ([(Reading.NEVER, ["harm"])], {"author", "none"}),
        ([(Reading.ONLY, ["author"])], {"author", "none"}),
        ([(Reading.ONLY, ["author"]), (Reading.ONLY, ["harm"])], {"harm", "author", "both", "none"}),
        ([(Reading.ONLY, ["author", "harm"]), (Reading.NEVER, ["author"])], {"harm", "none"}),
    ],
)
def test_rules_add_up(cases, moderator, rules, expected):
    rules_for(moderator, *rules)

    assert open_to(moderator, cases) == expected


def test_a_rule_about_a_group_is_about_everybody_in_it_and_nobody_else(cases, moderator, editor):
    a_topic_rule(group=Group.objects.get(name=MODERATORS), topics=["harm"])
    rules_for(a_user("other", group=MODERATORS), (Reading.NEVER, ["author"]))

    assert open_to(moderator, cases) == {"author", "none"}
    assert open_to(editor, cases) == {"harm", "author", "both", "none"}


def test_a_closed_topic_is_nowhere(cases, moderator, signed_in):
    rules_for(moderator, (Reading.NEVER, ["harm"]))
    browser, closed = signed_in(moderator), cases["both"]

    queue = browser.get("/moderation/").content.decode()
    page = browser.get(f"/moderation/cases/{closed.key}/")
    refused = browser.post(f"/moderation/cases/{closed.key}/assign/", follow=True)
    browser.post(f"/moderation/cases/{closed.key}/take-over/", {"note": "I want it."})

    assert (closed.key in queue, cases["author"].key in queue) == (False, True)
    assert "<strong>2</strong>" in queue
    assert (page.status_code, "both" in page.content.decode()) == (403, False)
    assert "a topic that you do not read" in refused.content.decode()
    closed.refresh_from_db()
    assert closed.assigned_to is None
    for take in (lambda: assign(case=closed, by=moderator), lambda: a_ruling(closed, by=moderator)):
        with pytest.raises((NotYourTopic, NotYoursToDecide)):
            take()


def test_the_next_case_is_one_that_may_be_read(cases, moderator):
    rules_for(moderator, (Reading.ONLY, ["author"]))

    taken = take_next(by=moderator)

    assert taken in (cases["author"], cases["none"])


class TestTheAdmin:
    ADD = "/admin/moderation/topicaccess/add/"

    def test_a_rule_is_made_and_noted(self, admin, moderator, signed_in):
        browser = signed_in(admin)
        assert 'name="topics"' in browser.get(self.ADD).content.decode()

        browser.post(self.ADD, {"person": moderator.pk, "reading": "never", "topics": ["content"]})

        rule = TopicAccess.objects.get()
        assert (rule.person, rule.group, rule.topics) == (moderator, None, ["content"])
        assert AuditEntry.objects.newest_first().first().after["topics"] == ["content"]
        assert "mo: never reads these topics" in browser.get("/admin/moderation/topicaccess/").content.decode()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({}, "Choose a person or a group, not both."),
            ({"person": "mo", "group": MODERATORS}, "Choose a person or a group, not both."),
            ({"person": "mo", "topics": ["weather"]}, "weather is not one of the available choices"),
            ({"person": "mo", "topics": []}, "This field is required"),
        ],
    )
    def test_what_makes_no_rule_is_said(self, admin, moderator, signed_in, wrong, said):
        keys = {"person": moderator.pk, "group": Group.objects.get(name=MODERATORS).pk}
        fields = (
            {"reading": "never", "topics": ["content"]} | wrong | {name: keys[name] for name in keys if name in wrong}
        )

        page = signed_in(admin).post(self.ADD, fields).content.decode()

        assert said in page
        assert not TopicAccess.objects.exists()
