"""The button for other websites: what it brings along, and what it cannot do."""

import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings

from assessments.models import Assessment
from assessments.views.for_websites import STYLE
from posts.models import LinkReading, Post, RequestCount
from tests.assessments.test_arriving import box_of

pytestmark = pytest.mark.django_db

LINK = "https://www.example.org/a-post_(1)?one=1&two=ü#part"


def pieces_of(client, address="/for-websites/"):
    page = client.get(address).content.decode()
    return dict(re.findall(r'<textarea id="(\w+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL))


def test_the_link_stands_in_the_box_and_nothing_is_kept(client):
    answer = client.get("/check/", {"link": LINK})

    assert answer.status_code == 200
    assert box_of(answer) == LINK
    assert "We have kept nothing of what you shared yet." in answer.content.decode()
    assert [model.objects.count() for model in (Post, Assessment, LinkReading, RequestCount)] == [0, 0, 0, 0]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert not answer.has_header("Set-Cookie")


def test_without_a_link_the_box_is_empty(client):
    answer = client.get("/check/")

    assert (answer.status_code, box_of(answer)) == (200, "")


@pytest.mark.parametrize(
    "attack",
    [
        "Words of a post",
        "</textarea><script>alert(1)</script>",
        'https://example.org/"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "https://user:secret@example.org/",
        "http://127.0.0.1/",
        "https://example.org/\u202egnp.exe",
        "https://example.org/ and words",
        "https://example.org/" + "x" * 3_000,
        "\x00",
    ],
)
def test_what_is_no_link_is_not_taken_and_said_so(client, attack):
    answer = client.get(f"/check/?link={quote(attack)}")

    assert answer.status_code == 422
    assert box_of(answer) == ""
    assert "gave us no link that we can use" in answer.content.decode()
    assert attack not in html.unescape(answer.content.decode())


def test_a_broken_address_is_answered(client):
    assert client.get("/check/?link=%ff%fe").status_code == 422
    assert client.post("/check/", {"link": LINK}).status_code == 405


@pytest.mark.parametrize(("page", "language"), [("/for-websites/", ""), ("/es/for-websites/", "/es")])
def test_the_pieces_lead_here_and_hold_no_script_and_nothing_that_loads(client, page, language):
    pieces = {name: html.unescape(piece) for name, piece in pieces_of(client, page).items()}

    assert pieces.keys() == {"opens", "button", "brings", "look"}
    assert f'href="http://testserver{language}/"' in pieces["opens"]
    assert f'action="http://testserver{language}/check/" method="get"' in pieces["button"]
    assert f'href="http://testserver{language}/check/?link=https%3A%2F%2Fexample.org%2Fa-post"' in pieces["brings"]
    for name in ("opens", "button", "brings"):
        assert 'rel="noopener noreferrer' in pieces[name]
        assert not re.search(r"<script|<img|<iframe|<link|\bon\w+=|style=|src=", pieces[name])
    assert "url(" not in pieces["look"]


def test_the_button_looks_here_as_it_does_elsewhere():
    assert STYLE in (Path(settings.BASE_DIR) / "static" / "second-look.css").read_text()


def test_the_page_names_the_feeds_and_the_api_and_how_it_works_leads_to_it(client, published):
    page = client.get("/for-websites/").content.decode()

    for address in ("/how-it-works/versions/feed/", "/how-it-works/corrections/feed/", "/api/v1/docs/"):
        assert f'href="{address}"' in page
    assert 'href="/for-websites/?country=' in client.get("/how-it-works/").content.decode()
