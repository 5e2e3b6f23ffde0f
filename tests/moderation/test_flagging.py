"""A reader says that a report is wrong, or asks a person to look."""

import pytest
from django.db import connection

from assessments.moderation.flagging import close_flag
from assessments.moderation.models import Flag
from posts.front_door import new_submission
from tests.factories import a_flag, a_post, an_assessment
from tests.public_forms import SAME_ORIGIN

pytestmark = pytest.mark.django_db

REASON = "Quokkas are mentioned and it is a joke."


@pytest.fixture
def assessment(published):
    return an_assessment()


def send(client, assessment, *, headers=SAME_ORIGIN, **fields):
    fields = {"kind": "wrong_result", "reason": REASON, "submission": new_submission()} | fields
    return client.post(f"/reports/{assessment.post.key}/flag/", fields, headers=headers)


def page_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("kind", ["wrong_result", "dangerous", "look_at_post"])
def test_a_flag_is_sent_and_thanked_for(client, assessment, kind):
    answer = send(client, assessment, kind=kind)

    flag = Flag.objects.get()
    assert answer["Location"] == f"/reports/{assessment.post.key}/flag/sent/"
    assert "A person will read it." in page_of(client.get(answer["Location"]))
    assert (flag.assessment, flag.kind, flag.reason, flag.state) == (assessment, kind, REASON, "open")


@pytest.mark.parametrize("kind", ["wrong_result", "dangerous", "look_at_post"])
def test_the_link_that_was_followed_picks_the_kind(client, assessment, kind):
    page = page_of(client.get(f"/reports/{assessment.post.key}/flag/?kind={kind}"))

    assert page.count("checked") == 1
    assert f'value="{kind}"' in page.partition("checked")[0].rpartition("<input")[2]


def test_the_reason_is_unreadable_in_the_database(client, assessment):
    send(client, assessment)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM moderation_flag")
        (stored,) = cursor.fetchone()
    assert "Quokka" not in stored


@pytest.mark.parametrize(
    ("fields", "anchor", "sentence"),
    [
        ({"reason": " \n"}, "id_reason", "Tell us what is wrong. A few words are enough."),
        ({"reason": "\u200b"}, "id_reason", "Tell us what is wrong. A few words are enough."),
        ({"reason": "x" * 1_001}, "id_reason", "This is too long for us. Keep it under 1,000 characters."),
        ({"kind": "other"}, "id_kind_0", "Pick one of these."),
        ({"kind": ""}, "id_kind_0", "Pick one of these."),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_what_was_typed_is_kept(client, assessment, fields, anchor, sentence):
    answer = send(client, assessment, **fields)

    page = page_of(answer)
    assert answer.status_code == 422
    assert page.partition("<title>")[2].startswith("Error: ")
    assert f'<li><a href="#{anchor}">{sentence}</a></li>' in page
    assert f'id="{anchor}"' in page
    assert fields.get("reason", REASON).strip() in page
    assert not Flag.objects.exists()


def test_looking_at_a_post_needs_no_reason(client, assessment):
    send(client, assessment, kind="look_at_post", reason="")

    assert Flag.objects.get().reason == ""


def test_a_thousand_characters_are_taken_however_lines_end(client, assessment):
    send(client, assessment, reason="\r\n".join(["x" * 499] * 2) + "x")

    assert len(Flag.objects.get().reason) == 1_000


def test_pressing_twice_is_one_flag(client, assessment):
    number = new_submission()

    answers = [send(client, assessment, submission=number) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Flag.objects.count() == 1


def test_five_open_flags_are_enough_and_a_closed_one_makes_room(client, assessment, moderator):
    flags = [a_flag(assessment) for _ in range(5)]

    answer = send(client, assessment)

    assert answer.status_code == 422
    assert "We have five messages about this report already" in page_of(answer)
    assert REASON in page_of(answer)
    assert Flag.objects.count() == 5
    close_flag(flag=flags[0], by=moderator)
    assert send(client, assessment).status_code == 302


@pytest.mark.parametrize(("headers", "number"), [({}, None), (SAME_ORIGIN, "forged")])
def test_flags_come_through_the_front_door(client, assessment, headers, number):
    answer = send(client, assessment, headers=headers, submission=number or new_submission())

    assert answer.status_code == 403
    assert not Flag.objects.exists()


def test_a_form_that_is_not_ours_keeps_what_was_typed(client, assessment):
    page = page_of(send(client, assessment, submission="forged"))

    assert REASON in page
    assert '<a href="#id_kind_0">We could not tell that this came from our form.' in page


def test_broken_characters_are_refused(client, assessment):
    body = f"kind=wrong_result&submission={new_submission()}&reason=%ff%fe"

    answer = client.post(
        f"/reports/{assessment.post.key}/flag/",
        body,
        content_type="application/x-www-form-urlencoded",
        headers=SAME_ORIGIN,
    )

    assert answer.status_code == 422
    assert "Some characters in here are broken" in page_of(answer)
    assert not Flag.objects.exists()


def test_flagging_is_limited(client, assessment, settings):
    settings.RATE_LIMIT_PER_ADDRESS = 0

    answer = send(client, assessment)

    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert not Flag.objects.exists()


def test_there_is_nothing_to_flag_before_there_is_a_report(client):
    post = a_post()

    assert client.get(f"/reports/{post.key}/flag/").status_code == 404


def test_the_markup_of_a_reason_stays_text(client, assessment):
    page = page_of(send(client, assessment, kind="other", reason="</textarea><script>alert(1)</script>"))

    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;" in page
