"""Flags by the thousand, and notes that are meant to do harm: nothing is lost, and a moderator reads in peace."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client

from assessments.moderation.flagging import TooManyFlags, raise_flag
from assessments.moderation.models import Case, CaseState, Flag, Referral
from assessments.roles import MODERATORS
from posts.front_door import new_submission
from tests.factories import (
    CLAIM_TEXT,
    a_case,
    a_flag,
    a_published_checklist,
    a_ruling,
    a_user,
    an_appeal,
    an_assessment,
)
from tests.public_forms import SAME_ORIGIN

NASTY = {
    "markup": ("</blockquote><script>alert(1)</script>", "&lt;script&gt;alert(1)"),
    "link": ("https://example.org/prize", "https://example.org/prize"),
    "reordering": ("abc\u202egnp.exe\u2066", "abcgnp.exe"),
    "tags": ("seen\U000e0041\U000e0042", "seen<"),
    "controls": ("bell\x07", "bell\u2407"),
}


def send(client, post, address="198.51.100.1", **fields):
    fields = {"kind": "dangerous", "reason": "", "submission": new_submission()} | fields
    return client.post(f"/reports/{post.key}/flag/", fields, headers=SAME_ORIGIN, REMOTE_ADDR=address)


def case_page(client, case):
    return client.get(f"/moderation/cases/{case.key}/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
class TestFloods:
    @pytest.fixture(autouse=True)
    def one_reading(self, settings):
        settings.SECOND_READING_OF_SEVERE, settings.SECOND_READING_SHARE = False, 0

    def test_a_flood_of_flags_on_one_report_is_one_case_with_five_notes(self):
        assessment = an_assessment()
        refused = 0
        for number in range(200):
            try:
                raise_flag(assessment=assessment, kind="dangerous", reason=f"No. {number}", submission=f"bot-{number}")
            except TooManyFlags:
                refused += 1

        case = Case.objects.get()
        assert (refused, Flag.objects.count(), Referral.objects.count(), case.referrals_count) == (195, 5, 5, 5)

    def test_a_bomb_from_one_address_meets_the_limit_and_others_are_still_heard(self, client, settings):
        settings.RATE_LIMIT_PER_ADDRESS = 3
        posts = [an_assessment(f"{CLAIM_TEXT} No. {number}").post for number in range(6)]

        answers = [send(client, post, address=f"2001:db8::{number}") for number, post in enumerate(posts)]

        assert [answer.status_code for answer in answers] == [302] * 3 + [429] * 3
        assert answers[-1]["Retry-After"]
        assert send(client, posts[-1], address="203.0.113.7").status_code == 302
        assert Flag.objects.count() == 4

    def test_a_flood_over_many_posts_with_the_same_words_is_one_case_and_one_page(self, client, moderator, signed_in):
        for number in range(40):
            a_flag(an_assessment(), reason=f"Note No. {number}.")
        staff = signed_in(moderator)
        case = Case.objects.get()

        page = case_page(staff, case)

        assert (case.posts_count, case.referrals_count) == (40, 40)
        assert "“You got this wrong”: 40." in page
        assert "30 older ones not shown." in page
        assert page.count('<details class="note">') == 10

    def test_it_asks_as_often_for_forty_notes_as_for_one(self, moderator, signed_in, django_assert_max_num_queries):
        staff, case = signed_in(moderator), a_case()
        an_appeal(an_assessment())
        with django_assert_max_num_queries(100) as first:
            case_page(staff, case)
        for _ in range(3):
            a_flag(an_assessment())
            an_appeal(an_assessment())
        with django_assert_max_num_queries(100) as second:
            case_page(staff, case)

        assert len(first) == len(second)

    @pytest.mark.parametrize("key", NASTY)
    def test_a_note_is_folded_and_harmless(self, moderator, signed_in, client, key):
        sent, shown = NASTY[key]
        assessment = an_assessment()
        send(client, assessment.post, kind="wrong_result", reason=sent)
        an_appeal(assessment, words=sent)

        page = case_page(signed_in(moderator), Case.objects.get())

        notes = page.partition('id="notes"')[2].partition("</section>")[0]
        assert notes.count(shown) == 2
        assert sent == shown or sent not in page
        assert "<a " not in notes
        assert notes.count('<details class="note">') == 2
        assert "<details open" not in notes

    def test_a_long_word_is_folded_twice(self, moderator, signed_in):
        a_flag(an_assessment(), reason="x" * 1_000)

        page = case_page(signed_in(moderator), Case.objects.get())

        first, _, rest = page.partition("Show the rest")
        assert first.count("x" * 200) == 1
        assert "x" * 201 not in first
        assert "x" * 800 in rest

    def test_flags_on_a_decided_case_open_it_once_however_many_come(self, moderator):
        assessment = an_assessment()
        a_flag(assessment)
        case = Case.objects.get()
        a_ruling(case, by=moderator)
        case.refresh_from_db()
        before = case.version

        for _ in range(5):
            a_flag(assessment)

        case.refresh_from_db()
        assert (case.state, case.version) == (CaseState.OPEN, before + 1)
        assert assessment.reviews.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_flag_that_comes_while_somebody_decides_waits_and_neither_is_lost(settings):
    """A flag holds its assessment and wants the case; who decides holds the case and writes beside the assessment."""
    settings.SECOND_READING_OF_SEVERE, settings.SECOND_READING_SHARE = False, 0
    a_published_checklist()
    case, person = a_case(), a_user("mo", group=MODERATORS)
    post = case.members.get().post

    def flag():
        try:
            return send(Client(), post).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)
            flagging = pool.submit(flag)
            while not somebody_waits_for_a_lock():
                assert not flagging.done()
            ruling = a_ruling(case, by=person)
        assert flagging.result() == 302

    case.refresh_from_db()
    assert (ruling.reviews.count(), case.state, Flag.objects.open().count()) == (1, CaseState.OPEN, 1)


def somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]
