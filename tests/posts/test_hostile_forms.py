"""Hostile input through the front door: never an error of ours, stored as it was given, shown as words."""

import base64
import html

import pytest

from posts.front_door import new_submission
from posts.models import Post
from tests import hostile
from tests.public_forms import SAME_ORIGIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

BOUNDARY = "zebra"
# Words around, so that what is tried is never refused for having too few.
AROUND = "Somebody wrote this to me:\n{}\nWhat should I make of it?"


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.RATE_LIMIT_PER_ADDRESS = settings.RATE_LIMIT_GLOBAL = 1_000_000


def send(client, text):
    return client.post("/", {"post": text, "submission": new_submission()}, headers=SAME_ORIGIN)


@pytest.mark.parametrize("name", ["naughty_strings", "unicode_hostile", "injection_strings"])
def test_every_text_is_taken_as_it_is_or_refused_in_words(client, name):
    taken = refused = 0
    texts = [payload for payload in hostile.payloads(name) if _can_be_sent(payload)]
    for payload in hostile.packed(texts, most=1_200):
        text = AROUND.format(payload)
        answer = send(client, text)
        if answer.status_code == 422:
            assert 'id="errors"' in answer.content.decode() or "error" in answer.content.decode()
            refused += 1
            continue
        assert answer.status_code == 302, payload
        post = Post.objects.first()
        assert post.text == text.replace("\r\n", "\n").replace("\r", "\n")
        page = client.get(answer["Location"])
        assert page.status_code == 200
        taken += 1

    assert taken > refused


def _can_be_sent(text):
    """The client of the tests cannot even write halves of characters; bytes are tried below."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def test_what_was_typed_is_shown_again_letter_by_letter(client):
    for payload in hostile.payloads("xss_vectors")[::50]:
        answer = client.post("/", {"post": payload, "submission": "forged"}, headers=SAME_ORIGIN)

        page = answer.content.decode()
        shown = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
        assert answer.status_code == 403
        assert _as_a_browser_reads(html.unescape(shown)) == _as_a_browser_reads(payload)


def _as_a_browser_reads(text):
    """HTML knows one end of line, and the first one in a text area is none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
def test_bytes_that_are_no_text_are_refused_or_replaced_and_never_our_error(client, form):
    for row in hostile.rows("bytes_malformed_utf8"):
        broken = base64.b64decode(row["b64"])
        answer = client.post("/", headers=SAME_ORIGIN, **_body(form, b"Some honest words before it " + broken))
        assert answer.status_code in (302, 400, 413, 422), row

    assert not any("\x00" in post.text for post in Post.objects.all())


def _body(form, text):
    submission = new_submission().encode()
    if form == "urlencoded":
        coded = b"".join(b"%%%02x" % byte for byte in text)
        return {
            "data": b"submission=" + submission + b"&post=" + coded,
            "content_type": "application/x-www-form-urlencoded",
        }
    part = '--zebra\r\nContent-Disposition: form-data; name="{}"\r\n\r\n'
    data = part.format("submission").encode() + submission + b"\r\n" + part.format("post").encode() + text
    return {"data": data + b"\r\n--zebra--\r\n", "content_type": f"multipart/form-data; boundary={BOUNDARY}"}
