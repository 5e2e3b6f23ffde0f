"""The page of a case: what stands on it, what stays closed, and what the second reader must not learn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import AuditEntry
from assessments.moderation.assigning import assign, skip
from assessments.moderation.finding_words import places_of
from assessments.moderation.models import Case
from assessments.roles import MODERATORS, SENIOR_MODERATORS
from posts.retention import delete_post
from tests.factories import (
    CLAIM_TEXT,
    HARM_TEXT,
    a_case,
    a_crisis_case,
    a_flag,
    a_published_checklist,
    a_ruling,
    a_user,
    an_assessment,
    small_content,
)
from tests.moderation.case_pages import address, page_of, send, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]

HARM = "you deserve to hurt yourself"


def held(case, moderator):
    assign(case=case, by=moderator)
    return case


class TestThePost:
    def test_it_is_closed_and_its_words_of_harm_are_nowhere_until_somebody_opens_it(self, browser, moderator):
        case = held(a_crisis_case(), moderator)

        page = page_of(browser, case)

        assert "What the checklist said" in page
        assert "The post tells people to hurt themselves." in page
        assert HARM not in page
        assert "Listen:" not in page

    def test_opening_it_shows_every_word_marks_the_findings_and_is_put_on_record(self, browser, moderator):
        case = held(a_crisis_case(), moderator)
        page_of(browser, case)
        assert not AuditEntry.objects.filter(verb="view").exists()

        page = send(browser, case, "post/").content.decode()

        assert f'data-number="1">{HARM}</mark>' in page
        assert '<span data-at="0">Listen: </span>' in page
        entry = AuditEntry.objects.get(verb="view")
        assert (entry.user_name, entry.object_id) == ("mo", str(case.pk))
        assert HARM not in str(entry.after)

    def test_what_was_typed_stays_when_it_is_opened_and_nothing_is_called_wrong_yet(self, browser, moderator):
        case = held(a_case(), moderator)

        answer = send(browser, case, "post/", note="Half a sent", decision="", reason="")

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Half a sent</textarea>" in page
        assert "aria-invalid" not in page
        assert "not taken yet" not in page

    def test_the_address_alone_opens_nothing(self, browser):
        case = a_case()

        assert browser.get(address(case, "post/"))["Location"] == address(case)

    def test_signs_that_turn_the_page_around_are_left_out_and_markup_is_text(self, browser):
        case = a_case("Running cures depression. <b>Bold</b> \u202ebackwards, I tell you all of this every day.")

        page = browser.post(address(case, "post/")).content.decode()

        assert "&lt;b&gt;Bold&lt;/b&gt; backwards" in page
        assert "\u202e" not in page


def test_the_page_says_how_a_second_person_would_confirm_a_finding(browser):
    assert "How a second person" not in page_of(browser, a_case())
    content = small_content()
    content["sections"][1]["items"][0]["confirm"] = "Read the claim aloud."
    a_published_checklist(content)

    page = page_of(browser, a_case("Walking cures depression, I say."))

    assert "How a second person would confirm this:</strong> Read the claim aloud." in page


def test_a_case_that_is_not_there_or_not_for_this_person(browser, signed_in, stranger, client):
    case = a_case()

    assert browser.get("/moderation/cases/nothing-here/").status_code == 404
    assert signed_in(stranger).get(address(case)).status_code == 403
    assert signed_in(stranger).post(address(case, "post/")).status_code == 403
    assert client.get(address(case)).status_code == 302


def test_a_deleted_post_leaves_a_page_without_words(browser):
    case = a_case(HARM_TEXT)
    delete_post(key=case.members.get().post.key)

    page = page_of(browser, case)

    assert "The post was deleted" in page
    assert "Listen" not in browser.post(address(case, "post/")).content.decode()


def test_only_whoever_holds_the_case_gets_the_form(browser, moderator, signed_in, other):
    case = held(a_case(), moderator)

    assert "Your answer" in page_of(browser, case)
    theirs = page_of(signed_in(other), case)
    assert "Your answer" not in theirs
    assert "mo reads this case until" in theirs


def test_the_readers_words_and_the_skips_are_told_without_names(browser, other):
    case = a_case()
    a_flag(case.members.get().post.assessments.get(), reason="It is <b>a joke</b> of mine.")
    skip(case=case, by=other, reason="too_close")

    page = page_of(browser, case)

    assert "It is &lt;b&gt;a joke&lt;/b&gt; of mine." in page
    assert "somebody left it to others. It is too close to me." in page
    assert "other" not in page.partition("What came before")[2].replace("to others", "")


class TestBlind:
    NOTE = "Zebras never read like this."

    @pytest.fixture
    def case(self, settings, moderator):
        settings.SECOND_READING_OF_SEVERE = True
        moderator.username = "quintilian"
        moderator.save()
        case = a_crisis_case()
        a_ruling(case, by=moderator, decision="withdrawn", note=self.NOTE)
        case.refresh_from_db()
        assert case.state == "second"
        return case

    def test_the_second_reader_sees_nothing_of_the_first_reading_anywhere(self, case, signed_in, other, client):
        theirs = signed_in(other)
        post = case.members.get().post
        pages = [
            theirs.get("/moderation/"),
            theirs.get(address(case)),
            theirs.post(address(case, "assign/"), follow=True),
            send(theirs, case, "post/"),
            send(theirs, case, "preview/"),
            theirs.get(f"/reports/{post.key}/"),
            client.get(f"/reports/{post.key}/"),
        ]

        for answer in pages:
            words = answer.content.decode()
            assert answer.status_code == 200
            assert self.NOTE not in words
            assert "quintilian" not in words
            assert "taken back" not in words.lower().replace("it can be taken back", "")

    def test_a_senior_who_could_undo_it_reads_blind_too(self, case, signed_in):
        page = page_of(signed_in(a_user("sen", group=SENIOR_MODERATORS)), case)

        assert self.NOTE not in page
        assert "quintilian" not in page
        assert "Undo it" not in page

    def test_who_was_reading_at_the_time_learns_only_that_another_answer_is_needed(self, case, signed_in, other):
        theirs = signed_in(other)

        answer = theirs.post(address(case, "decide/"), typed(case) | {"version": case.version - 1})

        words = answer.content.decode()
        assert answer.status_code == 409
        assert "another answer is needed, blind" in words
        assert "quintilian" not in words
        assert self.NOTE not in words
        assert "We read it again.</textarea>" in words
        assert f'name="version" value="{case.version}"' in words

    def test_the_first_reader_sees_the_own_answer_and_the_third_both_without_names(
        self, case, signed_in, moderator, other
    ):
        assert self.NOTE in page_of(signed_in(moderator), case)
        a_ruling(case, by=other, note="Nothing to see here.")
        case.refresh_from_db()
        assert case.state == "third"

        page = page_of(signed_in(a_user("third", group=MODERATORS)), case)

        assert self.NOTE in page
        assert "Nothing to see here." in page
        assert "quintilian" not in page
        assert "other<" not in page

    def test_once_it_is_decided_colleagues_see_all(self, case, signed_in, other):
        a_ruling(case, by=other, decision="withdrawn", note="I say so too.")

        page = page_of(signed_in(a_user("third", group=MODERATORS)), case)

        assert self.NOTE in page
        assert "quintilian" in page


@pytest.mark.parametrize(
    ("words", "near", "places"),
    [
        ("cures depression", None, [[8, 24]]),
        ("CURES\n  Depression", None, [[8, 24]]),
        ("run", None, [[0, 3], [60, 63]]),
        ("run", 58, [[60, 63]]),
        ("cures anxiety", None, []),
        ("  ", None, []),
        ("c.res", None, []),
    ],
)
def test_words_are_found_as_people_copy_them(words, near, places):
    assert places_of(words, CLAIM_TEXT, near=near) == places


def test_words_are_found_in_code_points_and_through_signs_that_draw_nothing():
    assert places_of("ab cd", "😀 a\u202eb\u2066 cd") == [[2, 9]]


@pytest.mark.parametrize("part", ["", "post/"])
def test_three_posts_ask_as_much_of_the_database_as_one(browser, moderator, part):
    case, asked = held(a_case(), moderator), []
    for again in range(3):
        if again:
            a_flag(an_assessment(CLAIM_TEXT), kind="look_at_post")
        case = Case.objects.get()
        send(browser, case, part)
        with CaptureQueriesContext(connection) as queries:
            send(browser, case, part)
        asked.append(len(queries))

    assert case.posts_count == 3
    assert len(set(asked)) == 1
