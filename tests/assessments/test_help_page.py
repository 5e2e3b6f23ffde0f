"""Crisis help: the right numbers, on every page, whatever breaks."""

from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from assessments import help_rows as help_rows_kept
from assessments.content_loading import read_help
from assessments.crisis_help import Piece, pieces, spoken_countries
from assessments.help_loading import load_help
from assessments.models import HelpCountry, HelpService
from assessments.views import caching
from tests.public_forms import send


@pytest.fixture
def help_rows(db):
    """All help services, as the first start loads them."""
    load_help(read_help())


def page_of(answer):
    return answer.content.decode()


def strip_of(answer):
    return page_of(answer).partition('class="strip"')[2].partition("</aside>")[0]


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("116 123 (free)", ["tel:116123"]),
        ("999 or 112", ["tel:999", "tel:112"]),
        ("111 then the mental health option (option 2 in England and Wales)", ["tel:111"]),
        ("text SHOUT to 85258", ["sms:85258"]),
        ("text 988; chat at the site", ["sms:988"]),
        ("+91 22 2754 6669", ["tel:+912227546669"]),
        ("1-866-488-7386", ["tel:18664887386"]),
        ("*4141", ["tel:*4141"]),
        ("112 from a mobile, 10111 police, 10177 ambulance", ["tel:112", "tel:10111", "tel:10177"]),
        ("15 or 112 (text 114)", ["tel:15", "tel:112", "sms:114"]),
        ("email jo@samaritans.org", ["mailto:jo@samaritans.org"]),
        ("WhatsApp 9151 1767", []),
        ("0800 111 0 111, 0800 111 0 222 or 116 123", ["tel:08001110111", "tel:08001110222", "tel:116123"]),
        ("your local emergency number; 112 works on mobiles in many countries", ["tel:112"]),
        ("24/7", ["tel:24"]),
        ("", []),
        (None, []),
    ],
)
def test_numbers_in_a_line_can_be_tapped(line, links):
    found = pieces(line)

    assert "".join(piece.text for piece in found) == (line or "")
    if line != "24/7":
        assert [piece.href for piece in found if piece.href] == links


def test_words_around_a_number_stay_words():
    assert pieces("116 123 (free)") == (Piece(text="116 123", href="tel:116123"), Piece(text=" (free)"))


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("en-GB,en;q=0.9", ["GB"]),
        ("en,fr;q=0.5", []),
        ("pt-BR, en-US;q=0.8", ["BR", "US"]),
        ("zh-Hant-TW", ["TW"]),
        ("*", []),
        ("", []),
        ("en-GB" * 1000, []),
    ],
)
def test_the_country_is_guessed_from_what_the_browser_says(header, codes):
    assert spoken_countries(header) == codes


@pytest.mark.parametrize(
    ("path", "language", "number"),
    [
        ("/", "en-GB", "tel:999"),
        ("/", "en-US", "tel:911"),
        ("/?country=US", "en-GB", "tel:911"),
        ("/?country=us", "", "tel:911"),
        ("/?country=XX", "en-GB", "tel:999"),
        ("/?country=%00%ff'--", "", "tel:112"),
        ("/", "", "tel:112"),
    ],
)
def test_every_page_has_the_numbers_of_the_readers_country(client, help_rows, path, language, number):
    assert number in strip_of(client.get(path, headers={"Accept-Language": language}))


def test_the_country_of_the_form_is_the_country_of_the_page(client, help_rows):
    answer = send(client, "", country="US")

    assert "tel:911" in strip_of(answer)


def test_the_country_goes_along_in_links(client, help_rows):
    page = page_of(client.get("/?country=IE"))

    assert 'href="/help/?country=IE"' in page
    assert 'href="/how-it-works/?country=IE"' in page


def test_a_number_is_marked_until_a_person_has_checked_it(client, help_rows, admin):
    before = strip_of(client.get("/?country=GB"))
    HelpService.objects.filter(country="GB").update(verified_at=date(2026, 1, 1), verified_by=admin)
    after = strip_of(client.get("/?country=GB"))

    assert "Lines not verified yet" in before
    assert "Lines not verified yet" not in after


def test_the_help_page_lists_all_services_of_a_country_and_the_international_ones(client, help_rows):
    page = page_of(client.get("/help/?country=GB"))

    for service in HelpService.objects.filter(country__in=["GB", "INT"]):
        assert service.name in page
    assert '<option value="GB" selected>' in page
    assert page.count("Not verified yet") == HelpService.objects.filter(country__in=["GB", "INT"]).count()


def test_with_htmx_only_the_list_is_sent(client, help_rows):
    answer = client.get("/help/?country=US", headers={"HX-Request": "true"})

    page = page_of(answer)
    assert "<html" not in page
    assert page.strip().startswith('<div id="services">')
    assert "HX-Request" in answer["Vary"]


def test_rows_that_staff_change_show_at_once(client, help_rows):
    HelpCountry.objects.filter(code="GB").update(emergency="12345")

    assert "tel:12345" in strip_of(client.get("/?country=GB"))


@pytest.mark.django_db
def test_without_rows_the_shipped_content_helps(client):
    assert "tel:999" in strip_of(client.get("/?country=GB"))
    assert "Samaritans" in page_of(client.get("/help/?country=GB"))


def test_without_a_database_the_shipped_content_helps(client, monkeypatch):
    def down(*args, **kwargs):
        raise DatabaseError("down")

    monkeypatch.setattr(help_rows_kept, "_stamp", down)
    monkeypatch.setattr(caching, "content_state", down)

    assert "tel:999" in strip_of(client.get("/?country=GB"))
    assert "Samaritans" in page_of(client.get("/help/?country=GB"))


def test_an_address_that_is_not_for_the_web_is_no_link(client, help_rows):
    HelpService.objects.filter(name="Samaritans").update(url="javascript:alert(1)")

    assert "javascript:" not in page_of(client.get("/help/?country=GB"))


def test_the_page_asks_as_often_for_many_services_as_for_few(client, help_rows):
    client.get("/help/?country=UA")
    with CaptureQueriesContext(connection) as few:
        client.get("/help/?country=UA")
    with CaptureQueriesContext(connection) as many:
        client.get("/help/?country=GB")

    assert len(many) == len(few) == 3  # the first one for the ETag
