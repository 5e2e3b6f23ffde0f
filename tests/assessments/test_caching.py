"""Public pages answer 304 without being made, exactly as long as nothing that they depend on has changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import content_state, help_rows, measuring, publishing
from assessments.help_keeping import report_closed
from assessments.help_loading import load_help
from assessments.models import Checklist, HelpCountry, HelpGuidance, HelpService
from assessments.views import caching
from tests.assessments.staff_pages import help_content, help_service
from tests.factories import a_published_checklist, a_share_link, a_user, an_assessment

pytestmark = pytest.mark.django_db

SAME = (
    *("/how-it-works/", "/how-it-works/sources/", "/how-it-works/versions/", "/how-it-works/versions/2/"),
    *("/help/", "/own-words/", "/a-friend/", "/reporting-a-post/", "/privacy/", "/leave/about/"),
    *("/put-it-on-your-phone/", "/for-websites/", "/es/how-it-works/", "/cy/help/?country=GB"),
)
PAGE = "/how-it-works/"


@pytest.fixture
def content(db):
    """Two versions of the checklist, and a help service."""
    a_published_checklist()
    a_published_checklist()
    load_help(help_content(help_service()))


def etag_of(client, address=PAGE, **headers):
    return client.get(address, headers=headers)["ETag"]


def test_a_page_that_has_not_changed_costs_one_query_and_no_rendering(client, content):
    for address in SAME:
        first = client.get(address)
        with CaptureQueriesContext(connection) as queries:
            again = client.get(address, headers={"If-None-Match": first["ETag"]})

        assert (first.status_code, again.status_code, again.content, again.templates) == (200, 304, b"", []), address
        assert len(queries) == 1, address
        for answer in (first, again):
            assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300", address
            assert answer["ETag"].startswith('W/"')
            assert "Accept-Language" in answer["Vary"]
            assert not answer.has_header("Set-Cookie")


def test_staff_always_see_what_is_true_now(content, signed_in, moderator):
    browser = signed_in(moderator)
    first = browser.get(PAGE)

    assert first["Cache-Control"] == browser.get("/how-it-works/versions/feed/")["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    assert browser.get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 304


CHANGES = {
    "another version": a_published_checklist,
    "a service is edited by whatever way": lambda: HelpService.objects.update(phone="116 123"),
    "a service is said to be closed": lambda: report_closed(HelpService.objects.all(), by=a_user()),
    "an emergency number": lambda: HelpCountry.objects.update(emergency="112"),
    "the guidance": lambda: HelpGuidance.objects.update(texts={"key_message": "Talk to somebody.", "steps": []}),
    "a service is gone": lambda: HelpService.objects.all().delete(),
    "measured again": measuring.load_measured,
}


def test_a_change_of_what_the_page_says_changes_its_mark(client, content):
    for name, change in CHANGES.items():
        before = etag_of(client, "/help/")
        change()
        assert client.get("/help/", headers={"If-None-Match": before}).status_code == 200, name
        assert etag_of(client, "/help/") != before, name

    before = etag_of(client)
    publishing.retire(Checklist.objects.published().get(), by=None)
    assert client.get(PAGE, headers={"If-None-Match": before}).status_code == 404


def test_a_new_mark_is_never_put_on_help_services_from_before(client, content, monkeypatch):
    monkeypatch.setattr(help_rows, "SECONDS_BETWEEN_LOOKS", 60)
    HelpCountry.objects.create(code="INT", name="Anywhere")  # without it the shipped help is shown
    before = etag_of(client, "/help/?country=GB")
    HelpService.objects.update(phone="0800 000 111")

    answer = client.get("/help/?country=GB", headers={"If-None-Match": before})

    assert (answer.status_code, answer["ETag"] != before) == (200, True)
    assert "0800 000 111" in answer.content.decode()


def test_the_language_the_country_and_the_address_are_part_of_the_mark(client, content):
    marks = [
        etag_of(client),
        etag_of(client, "/es/how-it-works/"),
        etag_of(client, f"{PAGE}?country=GB"),
        etag_of(client, **{"Accept-Language": "en-GB"}),
        etag_of(client, **{"Accept-Language": "es"}),
        etag_of(client, Host="localhost"),
        etag_of(client, "/help/"),
        etag_of(client, "/help/", **{"HX-Request": "true"}),
    ]

    assert len(set(marks)) == len(marks)


def test_the_settings_the_release_and_the_day_are_part_of_the_mark(client, content, settings, monkeypatch):
    marks = [etag_of(client, "/privacy/")]
    settings.POST_RETENTION_DAYS += 1
    marks.append(etag_of(client, "/privacy/"))
    monkeypatch.setattr(caching, "release", lambda: "another release")
    marks.append(etag_of(client, "/privacy/"))
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *about: tomorrow)
    marks.append(etag_of(client, "/privacy/"))

    assert len(set(marks)) == 4


def test_a_release_is_what_its_files_are(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    marks = []
    for words in ("one", "two", "one"):
        page.write_text(words)
        marks.append(content_state.release.__wrapped__())

    assert marks[0] == marks[2] != marks[1]


def test_nothing_is_kept_of_a_page_that_is_made_without_the_database(client, content, monkeypatch):
    def down():
        raise caching.DatabaseError("down")

    monkeypatch.setattr(caching, "content_state", down)

    answer = client.get("/own-words/?country=GB")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    assert not answer.has_header("ETag")
    assert "116 123" in answer.content.decode()  # from the words that are shipped


def test_what_holds_somebodys_words_or_a_number_for_one_form_is_never_kept(client, published):
    post = an_assessment().post

    for address in ("/", f"/reports/{post.key}/", f"/shared/{a_share_link(post).key}/", "/check/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert not answer.has_header("ETag")


def test_the_manifest_asks_the_database_nothing(client):
    first = client.get("/manifest.webmanifest")

    with CaptureQueriesContext(connection) as queries:
        again = client.get("/manifest.webmanifest", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, len(queries)) == (304, 0)
