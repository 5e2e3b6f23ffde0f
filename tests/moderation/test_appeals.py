"""Somebody without an account asks for another person, and is answered on the report."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.moderation import deciding
from assessments.moderation.appealing import AnsweredAlready
from assessments.moderation.assigning import NotForYou, assign, take_next
from assessments.moderation.deciding import undo
from assessments.moderation.models import Appeal, Band, Case, CaseState, Referral, Ruling
from assessments.roles import MODERATORS
from posts.front_door import new_submission
from posts.models import Post
from posts.retention import delete_post
from tests.factories import (
    CLAIM_TEXT,
    HARM_TEXT,
    a_case,
    a_crisis_case,
    a_flag,
    a_post,
    a_ruling,
    a_share_link,
    a_user,
    an_appeal,
    an_assessment,
)
from tests.public_forms import SAME_ORIGIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]

WORDS = "Quokkas are mentioned and it was a joke."
LINK = "https://www.tiktok.com/@someone/video/7000000000000000001"


@pytest.fixture
def decided(moderator):
    """A case that Mo has decided."""
    case = a_case()
    a_ruling(case, by=moderator, note="Mo read it.")
    case.refresh_from_db()
    return case


def post_of(case):
    return case.members.first().post


def assessment_of(case):
    return post_of(case).assessments.newest_first().first()


def send(client, path, *, headers=SAME_ORIGIN, **fields):
    fields = {"who": "reader", "words": WORDS, "submission": new_submission()} | fields
    return client.post(path, fields, headers=headers)


def page_of(answer):
    return answer.content.decode()


def report_of(client, post):
    return page_of(client.get(f"/reports/{post.key}/"))


class TestFromAReport:
    def test_the_link_stands_where_a_person_decided_and_nowhere_else(self, client, decided):
        post, undecided = post_of(decided), an_assessment("Another text, about nothing in particular.").post

        assert f'href="/reports/{post.key}/appeal/"' in report_of(client, post)
        assert "/appeal/" not in report_of(client, undecided).partition("How this report was made")[0]

    @pytest.mark.parametrize("who", ["reader", "author", "in_post"])
    def test_an_appeal_opens_the_case_again_and_the_report_says_so(self, client, decided, who):
        post = post_of(decided)

        answer = send(client, f"/reports/{post.key}/appeal/", who=who)

        decided.refresh_from_db()
        appeal = Appeal.objects.get()
        assert answer["Location"] == f"/reports/{post.key}/appeal/sent/"
        assert "Somebody who is new to it will look again." in page_of(client.get(answer["Location"]))
        assert (appeal.case, appeal.who, appeal.words, appeal.state) == (decided, who, WORDS, "waiting")
        assert (decided.state, decided.band, decided.sources) == (CaseState.OPEN, Band.APPEAL, ["appeal", "reader"])
        page = report_of(client, post)
        assert "Somebody new will look, and answer here." in page
        assert "Mo read it." in page
        assert "Quokka" not in page

    def test_what_they_wrote_is_unreadable_in_the_database_and_goes_with_the_post(self, client, decided):
        send(client, f"/reports/{post_of(decided).key}/appeal/")
        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM moderation_appeal")
            (stored,) = cursor.fetchone()
        assert "Quokka" not in stored

        delete_post(key=post_of(decided).key)

        assert not Appeal.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "anchor", "sentence"),
        [
            ({"words": " \u200b"}, "id_words", "Tell us what is wrong. A few words are enough."),
            ({"words": "x" * 1_001}, "id_words", "This is too long for us. Keep it under 1,000 characters."),
            ({"who": "moderator"}, "id_who_0", "Pick one of these."),
            ({"submission": "forged"}, "id_who_0", "We could not tell that this came from our form."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, client, decided, fields, anchor, sentence):
        answer = send(client, f"/reports/{post_of(decided).key}/appeal/", **fields)

        assert answer.status_code in (403, 422)
        assert f'<a href="#{anchor}">{sentence}' in page_of(answer)
        assert fields.get("words", WORDS).strip() in page_of(answer)
        assert not Appeal.objects.exists()
        decided.refresh_from_db()
        assert decided.state == CaseState.DECIDED

    def test_broken_characters_strangers_forms_and_floods_are_refused(self, client, decided, settings):
        path = f"/reports/{post_of(decided).key}/appeal/"
        body = f"who=reader&submission={new_submission()}&words=%ff%fe"
        broken = client.post(path, body, content_type="application/x-www-form-urlencoded", headers=SAME_ORIGIN)
        assert (broken.status_code, send(client, path, headers={}).status_code) == (422, 403)

        settings.RATE_LIMIT_PER_ADDRESS = 0
        answer = send(client, path)

        assert (answer.status_code, Appeal.objects.count()) == (429, 0)
        assert answer["Retry-After"]

    def test_pressing_twice_is_one_appeal_and_six_are_one_too_many(self, client, decided):
        path, number = f"/reports/{post_of(decided).key}/appeal/", new_submission()
        assert [send(client, path, submission=number).status_code for _ in range(2)] == [302, 302]
        assert Appeal.objects.count() == Referral.objects.filter(source="appeal").count() == 1

        answers = [send(client, path) for _ in range(5)]

        assert [answer.status_code for answer in answers] == [302, 302, 302, 302, 422]
        assert "Five people have asked for this already." in page_of(answers[-1])
        assert WORDS in page_of(answers[-1])
        decided.refresh_from_db()
        assert decided.referrals_count == 6

    def test_there_is_nothing_to_appeal_against_before_there_is_a_report(self, client):
        assert client.get(f"/reports/{a_post().key}/appeal/").status_code == 404


class TestWithAnAddress:
    @pytest.fixture
    def from_link(self, moderator):
        """A decided case of a post that came with its link."""
        case = a_case(source_link=LINK)
        a_ruling(case, by=moderator)
        return case

    def test_a_shared_link_leads_to_its_report(self, client, decided):
        shared = a_share_link(post_of(decided))
        page = page_of(client.get(f"/shared/{shared.key}/"))
        address = f"http://testserver/shared/{shared.key}/"
        assert 'href="/appeal/?where=http%3A%2F%2Ftestserver%2Fshared%2F' in page
        assert f'value="{address}"' in page_of(client.get("/appeal/", {"where": address}))

        answer = send(client, "/appeal/", where=address)

        assert answer["Location"] == "/appeal/sent/"
        assert Appeal.objects.get().case == decided
        assert "Somebody new will look, and answer here." in page_of(client.get(f"/shared/{shared.key}/"))

    def test_so_does_the_address_of_the_report_in_any_language(self, client, decided):
        send(client, "/appeal/", where=f" https://example.org/cy/reports/{post_of(decided).key}/ ")

        assert Appeal.objects.get().case == decided

    def test_the_author_is_heard_by_the_link_of_their_post_however_it_is_written(self, client, from_link):
        send(client, "/appeal/", who="author", where=LINK.replace("https://www.", "") + "?utm_source=copy")

        appeal = Appeal.objects.get()
        from_link.refresh_from_db()
        assert (appeal.case, appeal.who, from_link.band) == (from_link, "author", Band.APPEAL)

    def test_whoever_knows_a_link_learns_nothing_from_it(self, client, from_link):
        for _ in range(5):
            an_appeal(assessment_of(from_link))
        unknown = LINK.replace("0001", "0002")

        answers = [send(client, "/appeal/", where=where) for where in (LINK, unknown)]

        assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/appeal/sent/")] * 2
        page = page_of(client.get("/appeal/sent/"))
        assert "If we have a report on this post" in page
        assert post_of(from_link).key not in page
        assert Appeal.objects.count() == 5

    @pytest.mark.parametrize(
        ("where", "sentence"),
        [
            ("", "We do not know this address."),
            ("my post about running", "We do not know this address."),
            ("javascript:alert(1)", "We do not know this address."),
            ("/reports/AAAAAAAAAAAAAAAAAAAAAA/", "We found no report at this address."),
            ("http://testserver/shared/AAAAAAAAAAAAAAAAAAAAAA/", "We found no report at this address."),
        ],
    )
    def test_an_address_that_leads_nowhere_is_refused_and_everything_typed_is_kept(self, client, where, sentence):
        answer = send(client, "/appeal/", where=where, who="author")

        page = page_of(answer)
        assert answer.status_code == 422
        assert f'<a href="#id_where">{sentence}' in page
        assert WORDS in page
        assert 'value="author"' in page.partition(" checked")[0].rpartition("<input")[2]
        assert not Appeal.objects.exists()

    def test_a_stopped_or_deleted_address_is_none(self, client, decided):
        shared = a_share_link(post_of(decided))
        delete_post(key=post_of(decided).key)

        assert send(client, "/appeal/", where=f"/shared/{shared.key}/").status_code == 422

    def test_one_form_reaches_each_decided_case_of_a_post_once(self, moderator, client):
        for text in (CLAIM_TEXT, HARM_TEXT, "The caption alone, as somebody else typed it."):
            a_ruling(a_case(text, source_link=LINK), by=moderator)
        a_case("The same post, which nobody has decided about.", source_link=LINK)
        number = new_submission()

        for _ in range(2):
            send(client, "/appeal/", where=LINK, submission=number)

        assert Appeal.objects.count() == Case.objects.filter(band=Band.APPEAL, state="open").count() == 3

    def test_where_nobody_decided_the_newest_report_is_looked_at(self, client):
        an_assessment("An older text.", source_link=LINK)
        newest = an_assessment(source_link=LINK)

        send(client, "/appeal/", where=LINK, who="in_post")

        assert Appeal.objects.get().assessment == newest
        assert Case.objects.get().band == Band.APPEAL

    def test_the_mark_of_a_link_says_nothing_without_the_key_and_outlives_a_change_of_keys(self, settings):
        post = a_post(source_link=LINK)
        assert len(post.source_mark) == 64
        assert a_post().source_mark == ""
        old, settings.SECRET_KEY = settings.SECRET_KEY, "another key, and long enough for a key to be taken as one"
        assert not Post.objects.seen_at(LINK).exists()

        settings.SECRET_KEY_FALLBACKS = [old]

        assert Post.objects.seen_at(LINK).get() == post


class TestAnswering:
    def test_no_earlier_reader_judges(self, decided, moderator, other):
        an_appeal(assessment_of(decided))

        with pytest.raises(NotForYou):
            assign(case=decided, by=moderator)
        with pytest.raises(deciding.NotYourTurn):
            a_ruling(decided, by=moderator, reply="I was right.")
        assert take_next(by=moderator) is None
        assert take_next(by=other) == decided

    def test_not_even_when_something_more_pressing_is_said_meanwhile(self, moderator, other):
        case = a_crisis_case()
        a_ruling(case, by=moderator)
        an_appeal(assessment_of(case))
        a_flag(assessment_of(case), kind="dangerous")

        case.refresh_from_db()
        assert case.band == Band.CRISIS
        assert list(Case.objects.readable_by(moderator)) == []
        assert list(Case.objects.readable_by(other)) == [case]

    def test_a_reply_is_needed_and_stands_on_every_report_of_the_post(self, client, decided, other):
        twin = an_assessment(CLAIM_TEXT.upper())
        a_flag(twin)
        decided.refresh_from_db()
        an_appeal(twin)
        with pytest.raises(deciding.ReplyMissing):
            a_ruling(decided, by=other, reply=" \n")
        with pytest.raises(deciding.NoteTooLong):
            a_ruling(decided, by=other, reply="x" * 2_001)
        assert Ruling.objects.filter(by=other).count() == 0

        ruling = a_ruling(
            decided,
            by=other,
            decision="corrected",
            level_after="read-with-care",
            note="Milder.",
            reply="You are right.",
        )

        appeal = Appeal.objects.get()
        assert (appeal.state, appeal.reply, appeal.ruling) == ("answered", "You are right.", ruling)
        for post in (post_of(decided), twin.post):
            page = report_of(client, post)
            assert "Another person looked on" in page
            assert "You are right." in page
            assert "Milder." in page

    def test_without_an_appeal_no_reply_is_asked_for(self, moderator):
        assert a_ruling(a_case(), by=moderator).is_final

    def test_the_answer_to_an_appeal_stands_until_something_new_opens_the_case(self, client, decided, other):
        an_appeal(assessment_of(decided))
        a_ruling(decided, by=other, reply="We looked, and it stays.")
        page = report_of(client, post_of(decided))
        assert f"/reports/{post_of(decided).key}/appeal/" not in page

        with pytest.raises(AnsweredAlready):
            an_appeal(assessment_of(decided))

        a_flag(assessment_of(decided))
        assert an_appeal(assessment_of(decided)).state == "waiting"
        decided.refresh_from_db()
        assert decided.band == Band.APPEAL

    def test_undoing_the_answer_lets_the_appeal_wait_again_and_keeps_its_words(self, client, decided, other):
        an_appeal(assessment_of(decided))
        ruling = a_ruling(decided, by=other, note="Milder.", reply="A slip of the hand.")

        undo(ruling=ruling, by=other, reason="Wrong case.")

        appeal = Appeal.objects.get()
        assert (appeal.state, appeal.answered_at, appeal.ruling, appeal.reply) == (
            "waiting",
            None,
            None,
            "A slip of the hand.",
        )
        page = report_of(client, post_of(decided))
        assert "A slip of the hand." not in page
        assert "Milder." not in page
        assert "Mo read it." in page
        with pytest.raises(deciding.ReplyMissing):
            a_ruling(decided, by=other)

    def test_read_twice_only_the_answer_that_settles_it_is_told(self, client, decided, other, settings):
        settings.SECOND_READING_SHARE = 1.0
        an_appeal(assessment_of(decided))

        a_ruling(decided, by=other, reply="The first of two.")
        assert Appeal.objects.get().state == "waiting"
        a_ruling(decided, by=a_user("third", group=MODERATORS), reply="The second of two.")

        page = report_of(client, post_of(decided))
        assert "The second of two." in page
        assert "The first of two." not in page


def test_a_report_asks_as_often_for_three_appeals_as_for_one(client, decided):
    # What is read once and kept is read now.
    report_of(client, post_of(decided))
    asked = []
    for number in (1, 2):
        for _ in range(number):
            an_appeal(assessment_of(decided))
            a_flag(assessment_of(decided))
        with CaptureQueriesContext(connection) as queries:
            report_of(client, post_of(decided))
        asked.append(len(queries))

    assert asked[0] == asked[1]
