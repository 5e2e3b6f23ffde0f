"""The way in for public forms: who may send, how much, and in which shape. Seen through the paste page."""

import time
from urllib.parse import urlencode

import pytest
from django.core.signing import TimestampSigner
from django.test import RequestFactory

from config.wsgi import application
from posts import front_door
from posts.front_door import new_submission
from posts.models import Post
from tests.public_forms import SAME_ORIGIN, WORDS, send

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
FROM_ELSEWHERE = "This did not come from our own page, so we did not take it. Please use the form on this site."
TOO_BIG = "That is more than we can take. A post can have up to 10,000 characters."
NOT_A_FORM = "We can only read what is sent with the form on our page."
NOT_READABLE = "What was sent is broken, so we could not read it. Please go back and try again."
NOT_OUR_FORM = "We could not tell that this came from our form. Nothing is lost: press the button again."
EXPIRED = "This page was open for a long time. Nothing is lost: press the button again."
USED = "This form was already used for another post. Nothing is lost: press the button again to check these words."
BROKEN = "Some characters in here are broken, so we cannot read it. Copy the words again, or type them."
OURS = "http://testserver"


def lead_of(answer):
    """The sentence of an error page."""
    return answer.content.decode().partition('<p class="lead">')[2].partition("</p>")[0].strip()


def send_body(client, body, content_type=FORM, **headers):
    return client.generic("POST", "/", body, content_type=content_type, headers={**SAME_ORIGIN, **headers})


@pytest.mark.parametrize(
    ("origin", "site", "status"),
    [
        (OURS, "same-origin", 302),
        (OURS, None, 302),
        ("null", "same-origin", 302),
        (None, "same-origin", 302),
        (None, None, 403),
        ("null", None, 403),
        ("https://elsewhere.example", None, 403),
        ("https://elsewhere.example", "same-origin", 403),
        ("https://testserver", None, 403),
        ("http://testserver.elsewhere.example", None, 403),
        ("http://testserver:8000", None, 403),
        (OURS, "cross-site", 403),
        (OURS, "same-site", 403),
        (OURS, "none", 403),
        ("null", "cross-site", 403),
        ("", "", 403),
    ],
)
def test_a_form_is_taken_only_from_our_own_pages(client, published, origin, site, status):
    headers = {"Origin": origin, "Sec-Fetch-Site": site}

    answer = send(client, headers={name: value for name, value in headers.items() if value is not None})

    assert answer.status_code == status
    assert Post.objects.count() == (status == 302)
    if status == 403:
        assert lead_of(answer) == FROM_ELSEWHERE


def test_a_trusted_origin_of_the_settings_is_ours_too(client, published, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://second-look.example"]

    assert send(client, headers={"Origin": "https://second-look.example"}).status_code == 302


@pytest.mark.parametrize(
    "number", ["", "x", "a:b:c", new_submission()[:-1] + "_"], ids=["missing", "no number", "no signature", "forged"]
)
def test_a_missing_or_forged_number_keeps_the_words_and_gives_a_fresh_one(client, number):
    answer = send(client, submission=number)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert NOT_OUR_FORM in page
    assert WORDS in page
    assert page.count('name="submission"') == 1
    assert Post.objects.count() == 0


def test_a_number_signed_for_something_else_is_not_ours(client):
    assert send(client, submission=TimestampSigner(salt="other").sign("x")).status_code == 403


def test_an_old_number_keeps_the_words_and_gives_a_fresh_one(client, monkeypatch):
    number = new_submission()
    late = time.time() + front_door.SUBMISSION_HOURS * 3600 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)

    answer = send(client, submission=number)

    assert answer.status_code == 422
    assert EXPIRED in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert Post.objects.count() == 0


def test_pressing_twice_leads_to_the_same_report(client, published):
    number = new_submission()

    first, second = send(client, submission=number), send(client, submission=number)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Post.objects.get().assessments.count() == 1


def test_a_used_number_with_other_words_keeps_them_and_gives_a_fresh_one(client, published):
    number = new_submission()
    send(client, submission=number)

    answer = send(client, "Quite other words than before.", submission=number)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert USED in page
    assert "Quite other words than before." in page
    assert number not in page
    assert Post.objects.count() == 1


def test_a_body_that_is_too_big_is_refused_by_its_length_alone(client):
    class Unreadable:
        def read(self, *args):
            raise AssertionError("the body was read")

        readline = read

    answer = client.post("/", headers=SAME_ORIGIN, CONTENT_LENGTH="1000001", **{"wsgi.input": Unreadable()})

    assert (answer.status_code, lead_of(answer)) == (413, TOO_BIG)


@pytest.mark.parametrize("content_type", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_a_megabyte_is_too_much_in_any_shape(client, content_type):
    answer = send_body(client, b"post=" + b"a" * 1_000_000, content_type)

    assert (answer.status_code, lead_of(answer)) == (413, TOO_BIG)
    assert Post.objects.count() == 0


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/xml", "", "nonsense"])
def test_other_shapes_than_a_form_are_refused(client, content_type):
    answer = send_body(client, b'{"post": "words"}', content_type)

    assert (answer.status_code, lead_of(answer)) == (422, NOT_A_FORM)
    assert Post.objects.count() == 0


@pytest.mark.parametrize("charset", ["utf-16", "hex", "rot13", "idna", "no-such-charset", "latin-1", "undefined"])
@pytest.mark.parametrize(("method", "status"), [("GET", "200 OK"), ("POST", "422 Unprocessable Entity")])
def test_a_charset_of_the_senders_choice_is_not_believed(charset, method, status):
    """Through the WSGI door itself: Django decodes a request before any middleware."""
    request = RequestFactory().generic(
        method, "/?country=%ff", b"post=w%c3%a9", headers=SAME_ORIGIN, HTTP_HOST="localhost"
    )
    environ = request.environ | {"CONTENT_TYPE": f"{FORM}; charset={charset}"}
    answers = []

    application(environ, lambda status, headers: answers.append(status))

    assert answers == [status]


def test_too_many_fields_are_refused(client):
    answer = send_body(client, urlencode([("a", "b")] * 1_001).encode())

    assert (answer.status_code, lead_of(answer)) == (400, NOT_READABLE)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 403),
        (b"words", "multipart/form-data", 400),
        (b"words", "multipart/form-data; boundary=\xc3\xa9", 400),
        (b"&&&===%%%", FORM, 403),
    ],
)
def test_a_broken_form_is_refused(client, body, content_type, status):
    assert send_body(client, body, content_type).status_code == status
    assert Post.objects.count() == 0


@pytest.mark.parametrize("broken", ["%ED%A0%BD", "%FF%FE", "%C3", "%F0%9F%98", "%00%ED%B0%80", "%C0%AF"])
def test_bytes_that_are_not_whole_text_are_refused(client, broken):
    body = f"submission={new_submission()}&post=Some+words+{broken}+and+more".encode()

    answer = send_body(client, body)

    assert answer.status_code == 422
    assert BROKEN in answer.content.decode()
    assert "Some words" in answer.content.decode()
    assert Post.objects.count() == 0


def test_raw_bytes_and_multipart_are_looked_at_too(client):
    number = new_submission().encode()
    raw = b"submission=" + number + b"&post=words \xed\xa0\xbd"
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    multi = part % (b"submission", number) + part % (b"post", b"words \xff") + b"--x--\r\n"

    assert send_body(client, raw).status_code == 422
    assert send_body(client, multi, "multipart/form-data; boundary=x").status_code == 422
    assert Post.objects.count() == 0


def test_a_limit_keeps_the_words_and_says_how_long_to_wait(client, published, settings):
    settings.RATE_LIMIT_PER_ADDRESS = 1
    send(client)

    answer = send(client, "These words wait for a better time.")

    page = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert "We are getting too many posts at once. Your words are still here: wait" in page
    assert "These words wait for a better time." in page
    assert Post.objects.count() == 1
