"""Sharing a post with us from a phone or a bookmark: it fills the box in, and nothing more."""

import html
import json
import re
import urllib.request
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from assessments.models import Assessment
from posts.models import Post, RequestCount
from posts.shared_text import shared_words
from tests.public_forms import SAME_ORIGIN

pytestmark = pytest.mark.django_db

FROM_A_PHONE = {"Origin": "null", "Sec-Fetch-Site": "none"}
FROM_A_BOOKMARK = {"Origin": "https://www.tiktok.com", "Sec-Fetch-Site": "cross-site"}
LINK = "https://vm.tiktok.com/ZM1a/"


def share(client, *, headers=FROM_A_PHONE, **parts):
    return client.post("/share/", parts, headers=headers)


def box_of(answer):
    """What stands in the box of the paste page."""
    return html.unescape(re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", answer.content.decode(), re.DOTALL)[1])


@pytest.mark.parametrize("headers", [FROM_A_PHONE, FROM_A_BOOKMARK, SAME_ORIGIN, {}], ids=str)
def test_what_is_shared_stands_in_the_box_and_is_not_kept(client, published, monkeypatch, headers):
    def asked(*arguments, **options):
        raise AssertionError("something was fetched")

    monkeypatch.setattr(urllib.request, "urlopen", asked)

    answer = share(client, headers=headers, text=f"Running cures it {LINK}")

    assert answer.status_code == 200
    assert box_of(answer) == f"Running cures it\n{LINK}"
    assert "We have kept nothing of what you shared yet." in answer.content.decode()
    assert 'action="/"' in answer.content.decode()
    assert (Post.objects.count(), Assessment.objects.count(), RequestCount.objects.count()) == (0, 0, 0)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.has_header("Set-Cookie")


def test_a_form_that_is_not_multipart_is_read_too(client):
    answer = client.post(
        "/share/", "text=sea%C3%A9+side", content_type="application/x-www-form-urlencoded", headers=FROM_A_PHONE
    )

    assert box_of(answer) == "seaé side"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"text": LINK}, LINK),
        ({"url": LINK}, LINK),
        ({"text": f"Check this out! {LINK} #fun"}, f"Check this out! #fun\n{LINK}"),
        ({"text": f"See ({LINK})."}, f"See ().\n{LINK}"),
        ({"title": "A talk", "text": "My words", "url": LINK}, f"A talk\nMy words\n{LINK}"),
        ({"title": "My words", "text": f"My words {LINK}", "url": LINK}, f"My words\n{LINK}"),
        ({"text": "Two https://a.example/ and https://b.example/"}, "Two https://a.example/ and https://b.example/"),
        ({"text": "Line one\n\nLine two"}, "Line one\n\nLine two"),
        ({}, ""),
    ],
    ids=str,
)
def test_the_link_gets_a_line_of_its_own_and_the_words_stay(parts, words):
    assert shared_words(**parts) == words


@pytest.mark.parametrize(
    "attack",
    [
        "</textarea><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ settings.SECRET_KEY }}",
        "javascript:alert(1)",
        "\u202ewords\u202c \ud7ff \U0010ffff 👩‍👩‍👧",
        "http://[::1]/ https://user:pass@host/%00",
        "x" * 60_000,
    ],
)
def test_hostile_words_are_kept_as_they_are_and_escaped(client, attack):
    answer = share(client, title=attack, text=attack)

    assert box_of(answer) == attack
    assert "<script>" not in answer.content.decode()
    assert "<img" not in answer.content.decode()


def test_broken_characters_are_said_in_words_and_the_rest_is_kept(client):
    body = b"text=good+words+%ff"

    answer = client.generic(
        "POST", "/share/", body, content_type="application/x-www-form-urlencoded", headers=FROM_A_PHONE
    )

    assert answer.status_code == 422
    assert "Some characters in here are broken" in answer.content.decode()
    assert box_of(answer).startswith("good words")


def test_the_limits_hold_for_what_is_shared(client):
    too_much = client.post("/share/", {"text": "x" * 300_000}, headers=FROM_A_PHONE)
    no_form = client.post("/share/", "{}", content_type="application/json", headers=FROM_A_PHONE)

    assert (too_much.status_code, no_form.status_code) == (413, 422)


def test_words_in_an_address_are_not_read(client):
    answer = client.get("/share/?text=words")

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_manifest_names_icons_that_exist_and_a_share_target_that_answers(client):
    answer = client.get("/manifest.webmanifest")

    told = json.loads(answer.content)
    target = told["share_target"]
    assert answer["Content-Type"] == "application/manifest+json"
    assert (target["method"], target["enctype"], sorted(target["params"])) == (
        "POST",
        "multipart/form-data",
        ["files", "text", "title", "url"],
    )
    assert target["params"]["files"] == [{"name": "picture", "accept": ["image/png", "image/jpeg", "image/webp"]}]
    assert client.post(target["action"], {"text": "words"}, headers=FROM_A_PHONE).status_code == 200
    assert client.get(told["start_url"]).status_code == 200
    assert [(icon["sizes"], icon["purpose"]) for icon in told["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in told["icons"]:
        picture = Path(finders.find(icon["src"].removeprefix("/static/"))).read_bytes()
        width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        assert picture.startswith(b"\x89PNG")
        assert f"{width}x{height}" == icon["sizes"]
        assert len(picture) < 12 * 1024


def test_every_page_names_the_manifest_and_none_a_service_worker(client):
    page = client.get("/").content.decode()

    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert "serviceWorker" not in Path(finders.find("second-look.js")).read_text()


def test_the_bookmark_is_text_and_leads_to_our_own_address(client):
    page = client.get("/put-it-on-your-phone/").content.decode()

    bookmark = box_of(client.get("/put-it-on-your-phone/"))
    assert bookmark.startswith("javascript:(()=>{")
    assert 'f.action="http://testserver/share/"' in bookmark
    assert 'href="javascript' not in page
