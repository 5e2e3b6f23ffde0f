"""Every published version for everybody to see, and what each changed in the one before."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.version_differences import differences
from assessments.views import information
from tests.factories import a_published_checklist, a_user, small_content

pytestmark = pytest.mark.django_db


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def changed_content():
    """The small checklist with something added, removed or changed in each kind of row."""
    content = small_content()
    claims, (item, *_) = content["claims"], content["sections"][0]["items"]
    claims[0] |= {"verdict": "misleading", "what_is_known": "It helps many people."}
    claims[1] = claims[1] | {"key": "swimming-cures-depression", "claim": "Swimming cures depression."}
    item["question"] = "Who is <b>it</b>?"
    item["answers"][0]["label"] = "Another answer"
    content["signals"][0]["patterns"].append("everyone says that you deserve to hurt yourself")
    content["titles"][0]["meaning"] = "A doctor of medicine."
    content["sources"][0]["url"] = "https://www.example.org/moved"
    content["levels"][0]["plain"] = "It may harm people."
    content["checklist"]["always_shown"] = ["Talk to a doctor."]
    return content


def test_all_versions_stand_newest_first_with_notes_and_without_names(client):
    ada = a_user("ada.secret")
    a_published_checklist(by=ada, note="The <first> one.")
    a_published_checklist(changed_content(), by=ada, note="More claims.")

    page = page_of(client, "/how-it-works/versions/")

    assert page.index("Version 2 (in use)") < page.index("Version 1<")
    assert "More claims." in page
    assert "The &lt;first&gt; one." in page
    assert "ada.secret" not in page
    assert "/how-it-works/versions/2/" in page
    assert "/how-it-works/versions/1/" not in page


def test_a_difference_says_what_was_added_removed_and_changed(client):
    a_published_checklist()
    a_published_checklist(changed_content(), note="More claims.")

    page = page_of(client, "/how-it-works/versions/2/")

    assert "<h3>Added (1)</h3> <ul><li>Swimming cures depression.</li></ul>" in page
    assert "<h3>Removed (1)</h3> <ul><li>Walking cures depression.</li></ul>" in page
    assert 'Running cures depression. <span class="small">Changed: what is known.</span>' in page
    assert "Who is &lt;b&gt;it&lt;/b&gt;?" in page
    assert "Changed: the wording, the answers (1 changed)." in page
    assert "Changed: what it means." in page
    assert "Changed: the link." in page
    assert "<li>always shown</li>" in page
    assert "More claims." in page


def test_a_difference_shows_no_words_of_harm(client):
    a_published_checklist()
    a_published_checklist(changed_content())

    page = page_of(client, "/how-it-works/versions/2/")

    assert "A sign that we do not describe" in page
    assert "Changed: the words we look for." in page
    assert "hurt" not in page


@pytest.mark.parametrize("group", ["levels", "word_classes", "claims", "signals", "titles", "sources", "sections"])
def test_every_field_of_every_row_is_noticed(group):
    before = small_content()
    for field in before[group][0]:
        after = small_content()
        after[group][0] = (
            after[group][0] | {field: "otherwise"} if field != "items" else after[group][0] | {"items": []}
        )
        assert differences(before, after) != (), field


def test_another_order_is_noticed():
    after = small_content()
    after["claims"].reverse()

    (group,) = differences(small_content(), after)

    assert (group.is_reordered, group.added, group.removed, group.changed) == (True, (), (), ())


def test_the_same_content_again_changes_nothing_but_the_number(client):
    a_published_checklist()
    a_published_checklist()

    assert "Nothing but the number." in page_of(client, "/how-it-works/versions/2/")


@pytest.mark.parametrize("number", [0, 1, 3, 10**30])
def test_a_difference_that_does_not_exist_is_not_found(client, number):
    a_published_checklist()
    a_published_checklist()

    assert client.get(f"/how-it-works/versions/{number}/").status_code == 404


def test_any_two_versions_can_be_compared_from_either_side(client):
    a_published_checklist(note="One.")
    a_published_checklist(changed_content(), note="Two.")
    a_published_checklist(changed_content(), note="Three.")

    page, other_side = (page_of(client, f"/how-it-works/versions/{address}") for address in ("3/?with=1", "1/?with=3"))

    for each in (page, other_side):
        assert "What changed from version 1 to 3" in each
        assert "<h3>Added (1)</h3> <ul><li>Swimming cures depression.</li></ul>" in each
    assert '<option value="1" selected>Version 1</option><option value="2">Version 2</option>' in page
    assert '<option value="3" selected>Version 3</option>' in other_side


@pytest.mark.parametrize("other", ["2", "9", "x", "-1", "1" * 40])
def test_a_version_cannot_be_compared_with_itself_or_with_nothing(client, other):
    a_published_checklist()
    a_published_checklist()

    assert client.get(f"/how-it-works/versions/2/?with={other}").status_code == 404


def test_three_versions_take_as_many_queries_as_one(client):
    a_published_checklist()
    client.get("/how-it-works/versions/")  # reads the help services, which are kept
    with CaptureQueriesContext(connection) as one:
        client.get("/how-it-works/versions/")
    a_published_checklist()
    a_published_checklist(changed_content())

    with CaptureQueriesContext(connection) as three:
        client.get("/how-it-works/versions/")
    with CaptureQueriesContext(connection) as difference:
        client.get("/how-it-works/versions/3/")

    assert len(three) == len(one)
    assert len(difference) == len(one) + 1  # the numbers to choose from, and the two that are compared


def test_without_any_version_the_page_says_so(client):
    assert "No version is published yet." in page_of(client, "/how-it-works/versions/")


def test_earlier_versions_stand_on_a_page_of_their_own_also_when_one_comes_in_between(client, monkeypatch):
    monkeypatch.setattr(information, "VERSIONS_SHOWN", 2)
    for number in range(1, 5):
        a_published_checklist(note=f"Note {number}.")
    first = page_of(client, "/how-it-works/versions/")
    (earlier,) = re.findall(r'href="([^"]+)">Earlier versions<', first)
    a_published_checklist(note="Note 5.")

    second = page_of(client, html.unescape(earlier))

    assert ["Note 4." in first, "Note 3." in first, "Note 2." in first] == [True, True, False]
    assert ["Note 3." in second, "Note 2." in second, "Note 1." in second] == [False, True, True]
    assert "Earlier versions" not in second


@pytest.mark.parametrize("before", ["x", "-1", "1" * 40, "\u0662"])
def test_a_page_that_does_not_exist_is_the_first_one_or_an_empty_one(client, published, before):
    page_of(client, f"/how-it-works/versions/?before={before}")
