"""Which topics a moderator reads: what is closed is not in the queue, not handed out, not shown and not decided."""

import pytest
from django.contrib.auth.models import Group

from assessments import roles
from assessments.models import AuditEntry
from assessments.moderation.assigning import NotYourTopic, assign, take_next
from assessments.moderation.deciding import NotYourTopic as NotYoursToDecide
from assessments.moderation.models import Case, Reading, TopicAccess
from assessments.roles import MODERATORS
from tests.factories import HARM_TEXT, a_case, a_flag, a_ruling, a_topic_rule, a_user, an_assessment

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


SHOWN = {  # name of a page: the roles that may open it
    "moderation/flag": (roles.MODERATORS, roles.SENIOR_MODERATORS, roles.AUDITORS),
    "moderation/ruling": (roles.MODERATORS, roles.SENIOR_MODERATORS, roles.AUDITORS),
    "assessments/assessment": (roles.MODERATORS, roles.SENIOR_MODERATORS, roles.AUDITORS, roles.EDITORS),
    "assessments/review": (roles.MODERATORS, roles.SENIOR_MODERATORS, roles.AUDITORS, roles.EDITORS),
    "posts/post": (roles.AUDITORS,),
}


class TestListsOfTheAdmin:
    """What is about a closed topic stands in no list and on no page, whatever somebody's role; the rest still does.

    The harm stands in the section about what a post says; a plain post is about nothing.
    """

    @pytest.fixture
    def rows(self, admin, one_reading):
        """{page: (key of a row about harm, key of a row about nothing)}, each of a decided case."""
        found = {page: [] for page in SHOWN}
        for text in (HARM_TEXT, "We went to the lake and it was quiet there."):
            assessment = an_assessment(text)
            flag = a_flag(assessment, kind="look_at_post")
            ruling = a_ruling(Case.objects.get(members__post=assessment.post), by=admin)
            things = (flag, ruling, assessment, assessment.reviews.get(), assessment.post)
            for page, thing in zip(SHOWN, things, strict=True):
                found[page].append(thing.pk)
        return found

    def test_a_closed_topic_is_shown_to_no_role(self, rows, signed_in):
        never, only = (Reading.NEVER, ["content"]), (Reading.ONLY, ["author"])
        who = {roles.MODERATORS: never, roles.SENIOR_MODERATORS: only, roles.AUDITORS: only, roles.EDITORS: never}
        for role, rule in who.items():
            person = a_user(role, group=role)
            browser = signed_in(person)
            pages = [page for page, may_open in SHOWN.items() if role in may_open]
            assert listed(browser, pages, rows) == {page: [True, True] for page in pages}

            rules_for(person, rule)

            assert listed(browser, pages, rows) == {page: [False, True] for page in pages}
            for page in pages:
                closed, other = (browser.get(f"/admin/{page}/{key}/change/").status_code for key in rows[page])
                assert (closed, other) == (302, 200)

    def test_a_report_that_is_in_no_case_is_kept_back_too(self, moderator, signed_in):
        finding = an_assessment(HARM_TEXT).findings.get()
        rules_for(moderator, (Reading.NEVER, ["content"]))
        rows = {"assessments/assessment": [finding.assessment_id], "assessments/finding": [finding.pk]}

        assert listed(signed_in(moderator), rows, rows) == {page: [False] for page in rows}

    def test_nobody_closes_what_they_cannot_see(self, moderator, signed_in):
        flag = a_flag(an_assessment(HARM_TEXT), kind="look_at_post")
        rules_for(moderator, (Reading.NEVER, ["content"]))

        signed_in(moderator).post("/admin/moderation/flag/", {"action": "close", "_selected_action": [flag.pk]})

        flag.refresh_from_db()
        assert flag.state == "open"


def listed(browser, pages, rows):
    """{page: for each of its rows whether it is in the list}"""
    found = {}
    for page in pages:
        answer = browser.get(f"/admin/{page}/")
        shown = {row.pk for row in answer.context["cl"].result_list}
        found[page] = [key in shown for key in rows[page]]
    return found


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
