"""Leaving in a hurry: the button on every page, and what its address answers."""

import re

import pytest

from tests.factories import an_assessment
from tests.public_forms import SAME_ORIGIN, send

pytestmark = pytest.mark.django_db

BUTTON = re.compile(r'<a class="leave" href="/leave/" rel="nofollow noreferrer">\s*Leave this site')


def test_leaving_clears_what_it_can_and_goes_elsewhere(client, settings):
    settings.LEAVE_URL = "https://weather.example/"

    answer = client.get("/leave/")

    assert (answer.status_code, answer["Location"], answer.content) == (303, "https://weather.example/", b"")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.has_header("Set-Cookie")


def test_leaving_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/leave/")


def test_leaving_is_a_link_and_no_form(client):
    assert client.post("/leave/").status_code == 405


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/help/", 200),
        ("/how-it-works/", 200),
        ("/how-it-works/sources/", 200),
        ("/how-it-works/versions/", 200),
        ("/leave/about/", 200),
        ("/put-it-on-your-phone/", 200),
        ("/nothing/", 404),
        ("/reports/gone/", 410),
    ],
)
def test_every_page_has_the_button_and_sets_no_cookie(client, published, path, status):
    answer = client.get(path)

    page = answer.content.decode()
    assert answer.status_code == status
    assert len(BUTTON.findall(page)) == 1
    assert page.index('class="leave"') < page.index('class="strip"') < page.index("<main")
    assert not answer.has_header("Set-Cookie")


def test_reports_and_refusals_have_the_button_too(client, published):
    report = client.get(f"/reports/{an_assessment().post.key}/")
    refused = [send(client, ""), send(client, headers={}), client.put("/"), client.post("/", CONTENT_LENGTH="9999999")]
    refused.append(client.post("/", "words", content_type="text/plain", headers=SAME_ORIGIN))

    assert [answer.status_code for answer in refused] == [422, 403, 405, 413, 422]
    assert [len(BUTTON.findall(answer.content.decode())) for answer in [report, *refused]] == [1] * 6


def test_the_page_about_leaving_says_what_stays(client):
    page = client.get("/leave/about/").content.decode()

    assert "history" in page
    assert "network" in page
    assert "does not delete your post" in page
