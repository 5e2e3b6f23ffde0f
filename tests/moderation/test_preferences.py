"""How a moderator wants to work: kept, and kept to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.moderation.assigning import assign, take_next
from assessments.moderation.models import ModeratorPreference, Ruling
from assessments.moderation.preferring import preference_of, save_preference
from assessments.roles import MODERATORS
from tests.factories import a_case, a_crisis_case, a_ruling, a_user
from tests.moderation.case_pages import address, page_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]

ADDRESS = "/moderation/preferences/"


def choose(browser, **fields):
    return browser.post(ADDRESS, {"display_name": "", "nudge_minutes": "50", **fields})


def test_they_are_kept_and_shown_again(browser, moderator):
    fields = {"display_name": "  Blue   Heron ", "blur": "on", "topics_not_read": ["content"], "nudge_minutes": "30"}

    assert choose(browser, **fields)["Location"] == ADDRESS

    kept = preference_of(moderator)
    assert (kept.display_name, kept.blur, kept.grey, kept.nudge_minutes) == ("Blue Heron", True, False, 30)
    assert kept.topics_not_read == ["content"]
    page = browser.get(ADDRESS).content.decode()
    assert 'value="Blue Heron"' in page
    choose(browser)
    assert preference_of(moderator).topics_not_read == []
    assert ModeratorPreference.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"display_name": "MO"}, "This is the name that you sign in with."),
        ({"display_name": "x" * 41}, "at most 40 characters"),
        ({"topics_not_read": ["no-such-topic"]}, "Select a valid choice."),
        ({"nudge_minutes": "7"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_sent_back(browser, fields, sentence):
    answer = choose(browser, **fields)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ModeratorPreference.objects.exists()


def test_nobody_else_has_any(signed_in, stranger, client):
    assert signed_in(stranger).get(ADDRESS).status_code == 403
    assert client.get(ADDRESS).status_code == 302


def test_colleagues_see_the_chosen_name_and_not_the_account(browser, moderator, signed_in):
    save_preference(by=moderator, display_name="Blue Heron")
    moderator.username = "quintilian"
    moderator.save()
    case = a_case()
    assign(case=case, by=moderator)
    theirs = signed_in(a_user("other", group=MODERATORS))

    pages = theirs.get("/moderation/").content.decode() + page_of(theirs, case)
    a_ruling(case, by=moderator)
    pages += page_of(theirs, case)

    assert pages.count("Blue Heron") >= 3
    assert "quintilian" not in pages


class TestTopics:
    @pytest.fixture
    def cases(self, moderator):
        save_preference(by=moderator, topics_not_read=["content"])
        return {"crisis": a_crisis_case(), "plain": a_case("Some text without anything in it at all.")}

    def test_they_are_left_out_of_the_queue_until_asked_for(self, browser, cases):
        page = browser.get("/moderation/").content.decode()
        assert cases["crisis"].key not in page
        assert cases["plain"].key in page
        assert "Topics that you do not read are left out." in page

        assert cases["crisis"].key in browser.get("/moderation/?topics=all").content.decode()

    def test_the_next_case_is_of_a_topic_that_is_read(self, browser, cases, moderator):
        answer = browser.post("/moderation/next/", {"topics": "all"})

        assert answer["Location"] == f"{address(cases['plain'])}?topics=all"
        a_ruling(cases["plain"], by=moderator)
        assert take_next(by=moderator) is None

    def test_what_is_read_already_stays_in_sight(self, browser, cases, moderator):
        assign(case=cases["crisis"], by=moderator)

        assert cases["crisis"].key in browser.get("/moderation/?who=mine").content.decode()


class TestThePostAsWanted:
    @pytest.fixture
    def case(self, moderator):
        case = a_case()
        assign(case=case, by=moderator)
        return case

    def test_blurred_and_grey(self, browser, case, moderator):
        assert '<div class="post"' in send(browser, case, "post/").content.decode()
        save_preference(by=moderator, blur=True, grey=True)

        assert '<div class="post blurred grey" tabindex="0"' in send(browser, case, "post/").content.decode()

    def test_it_stays_open_on_the_next_page_unless_it_should_be_folded(self, browser, case, moderator):
        assert '<div class="post"' in send(browser, case, post="open", note="").content.decode()
        save_preference(by=moderator, fold_always=True)

        assert '<div class="post"' not in send(browser, case, post="open", note="").content.decode()
        assert '<div class="post"' in send(browser, case, "post/").content.decode()


def test_shortcuts_can_be_switched_off(browser, moderator):
    assert 'data-shortcuts="off"' not in browser.get("/moderation/").content.decode()
    save_preference(by=moderator, shortcuts_off=True)

    assert '<body class="staff" data-shortcuts="off"' in browser.get("/moderation/").content.decode()


class TestBreaks:
    def read(self, moderator, *minutes_ago):
        for minutes in minutes_ago:
            ruling = a_ruling(a_case(f"Text of {minutes} minutes ago."), by=moderator)
            Ruling.objects.filter(pk=ruling.pk).update(created_at=timezone.now() - timezone.timedelta(minutes=minutes))

    def test_a_long_stretch_ends_with_a_cup_of_tea(self, browser, moderator):
        self.read(moderator, 52, 35, 17, 2)

        for page in (browser.get("/moderation/"), browser.get(address(a_case("One more.")))):
            assert "You have read 4 cases in 52 minutes." in page.content.decode()

    def test_not_after_a_break_nor_for_others_nor_when_switched_off(self, browser, moderator, signed_in):
        self.read(moderator, 89, 70, 40, 2)
        assert "cup of tea" not in browser.get("/moderation/").content.decode()
        self.read(moderator, 55, 21)
        assert "You have read 6 cases in 89 minutes." in browser.get("/moderation/").content.decode()

        other = signed_in(a_user("other", group=MODERATORS))
        assert "cup of tea" not in other.get("/moderation/").content.decode()
        save_preference(by=moderator, nudge_minutes=0)
        assert "cup of tea" not in browser.get("/moderation/").content.decode()


def test_there_is_somebody_to_talk_to_if_the_team_says_who(browser, settings):
    assert "For you:" not in browser.get("/moderation/").content.decode()
    settings.MODERATOR_SUPPORT = "Talk to Sam, day & night."

    assert "Talk to Sam, day &amp; night." in browser.get("/moderation/").content.decode()


def test_the_names_of_three_readers_ask_as_much_of_the_database_as_one(browser):
    asked = []
    for number, name in enumerate(("ann", "ben", "cai")):
        person = a_user(name, group=MODERATORS)
        save_preference(by=person, display_name=f"Bird {number}")
        assign(case=a_case(f"Text number {name}."), by=person)
        browser.get("/moderation/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/moderation/")
        asked.append(len(queries))

    assert len(set(asked)) == 1
