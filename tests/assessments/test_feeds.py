"""The Atom feeds: what changed in the checklist, and what was taken back."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import publishing, version_history
from assessments.models import Checklist
from tests.assessments.test_versions import changed_content
from tests.factories import a_published_checklist, a_user, an_assessment, small_content

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
VERSIONS, CORRECTIONS = "/how-it-works/versions/feed/", "/how-it-works/corrections/feed/"


@pytest.fixture(autouse=True)
def nothing_known():
    """What other tests compared is forgotten: a comparison costs a query once."""
    version_history._known.clear()


def feed_of(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def entries(feed):
    return [
        {part.tag.removeprefix(ATOM): part.text or part.get("href") for part in one}
        for one in feed.iter(f"{ATOM}entry")
    ]


def more_content():
    """The small checklist with another claim, which takes nothing back."""
    content = small_content()
    tea = {"key": "tea-cures-depression", "claim": "Tea cures depression.", "patterns": ["tea cures {DEPRESSION}"]}
    words = {"examples": ["tea cures depression"], "near_misses": ["tea helped my mood"]}
    content["claims"].append(content["claims"][0] | tea | words)
    return content


def test_every_version_is_told_with_its_note_and_what_changed(client):
    ada = a_user("ada.secret")
    first = a_published_checklist(by=ada, note="The <first> one.")
    second = a_published_checklist(changed_content(), by=ada, note="More claims.")

    newest, oldest = entries(feed_of(client, VERSIONS))

    assert newest["title"] == "Version 2 of the checklist"
    assert newest["link"] == "http://testserver/how-it-works/versions/2/"
    assert newest["published"] == newest["updated"] == second.published_at.isoformat()
    assert client.get(newest["link"]).status_code == client.get(oldest["link"]).status_code == 200
    assert "<p>More claims.</p>" in newest["summary"]
    assert "<li>Swimming cures depression.</li>" in newest["summary"]
    assert "The &lt;first&gt; one." in oldest["summary"]
    assert oldest["published"] == first.published_at.isoformat()


def test_neither_people_nor_posts_nor_words_of_harm_are_told(client):
    ada = a_user("ada.secret")
    a_published_checklist(by=ada)
    a_published_checklist(changed_content(), by=ada)
    key = an_assessment().post.key

    for address in (VERSIONS, CORRECTIONS):
        words = client.get(address).content.decode()
        assert "A sign that we do not describe" in words
        assert not [word for word in ("ada", "hurt", key) if word in words]


def test_only_what_takes_something_back_is_a_correction(client):
    first = a_published_checklist()
    a_published_checklist(more_content(), note="One more.")
    assert entries(feed_of(client, CORRECTIONS)) == []

    a_published_checklist(changed_content(), note="Two were wrong.")
    publishing.roll_back(first, by=None, note="It was better.", instead_of=Checklist.objects.published().get())

    back, corrected = entries(feed_of(client, CORRECTIONS))
    assert back["title"] == "Version 4 goes back to version 1"
    assert corrected["title"] == "Version 3 corrects the checklist"
    assert "<li>Walking cures depression.</li>" in corrected["summary"]  # taken away
    assert "Swimming" not in corrected["summary"]  # only added
    assert "Check again with the newest checklist" in corrected["summary"]


def test_the_ids_stay_whatever_the_address_and_differ_between_the_feeds(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    a_published_checklist()
    a_published_checklist(changed_content())
    before = {entry["id"] for entry in entries(feed_of(client, VERSIONS))}

    a_published_checklist()
    elsewhere = {entry["id"] for entry in entries(feed_of(client, f"/es{VERSIONS}", Host="other.example"))}
    corrections = feed_of(client, CORRECTIONS)

    assert len(before) == 2
    assert before < elsewhere
    assert not elsewhere & {entry["id"] for entry in entries(corrections)}
    assert corrections.find(f"{ATOM}id").text != feed_of(client, VERSIONS).find(f"{ATOM}id").text


@pytest.mark.parametrize("address", [VERSIONS, CORRECTIONS])
def test_who_knows_the_newest_version_is_told_so_for_one_query(client, address):
    a_published_checklist()
    first = client.get(address)
    known = [{"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}]

    for headers in known:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, headers=headers)
        assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1)

    a_published_checklist(changed_content())
    assert client.get(address, headers=known[0]).status_code == 200


def test_three_versions_take_as_many_queries_as_two(client):
    a_published_checklist()
    a_published_checklist(changed_content())
    with CaptureQueriesContext(connection) as two:
        client.get(VERSIONS)
    a_published_checklist()
    a_published_checklist(changed_content())
    version_history._known.clear()
    with CaptureQueriesContext(connection) as four:
        client.get(VERSIONS)
    with CaptureQueriesContext(connection) as again:
        client.get(VERSIONS)

    assert (len(two), len(four), len(again)) == (3, 3, 2)


def test_a_feed_ends_at_the_newest_versions(client):
    for _ in range(4):
        a_published_checklist()

    assert [step.version.version for step in version_history.newest_steps(2)] == [4, 3]
    assert [step.version.version for step in version_history.newest_steps(4)] == [4, 3, 2, 1]


def test_the_pages_of_the_checklist_name_the_feeds(client, published):
    for address in ("/how-it-works/", "/how-it-works/sources/", "/how-it-works/versions/", "/for-websites/"):
        page = client.get(address).content.decode()
        assert f'type="application/atom+xml" title="Versions of the checklist" href="{VERSIONS}"' in page
        assert f'type="application/atom+xml" title="Corrections" href="{CORRECTIONS}"' in page


def test_before_the_first_version_the_feeds_are_empty(client):
    assert entries(feed_of(client, VERSIONS)) == entries(feed_of(client, CORRECTIONS)) == []
