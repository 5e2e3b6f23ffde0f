"""How a second person would confirm an answer: a note that goes from version to version and into no snapshot."""

import json

import pytest

from assessments import publishing
from assessments.content_loading import check_content_dict, read_content
from assessments.models import Item
from tests import factories
from tests.assessments.staff_pages import address

pytestmark = pytest.mark.django_db

NOTE = "Read the author line aloud."


def noted_content():
    content = factories.small_content()
    content["sections"][0]["items"][0]["confirm"] = NOTE
    return content


def test_a_note_is_kept_from_version_to_version_and_stays_out_of_the_snapshot():
    published = factories.a_published_checklist(noted_content())

    draft = publishing.start_draft(by=None)

    kept = Item.objects.filter(confirm=NOTE)
    assert {item.checklist for item in kept} == {published, draft}
    assert json.loads(published.snapshot) == factories.small_content() | {"version": "1"}


def test_every_shipped_question_says_how_to_confirm_it():
    items = [item for section in read_content(with_notes=True)["sections"] for item in section["items"]]

    assert len(items) == 30
    assert [item["key"] for item in items if not item["confirm"].strip()] == []
    assert not any("confirm" in item for section in read_content()["sections"] for item in section["items"])


def test_a_note_that_is_no_text_is_a_mistake():
    content = noted_content()
    content["sections"][0]["items"][0]["confirm"] = 7

    (problem,) = check_content_dict(content)
    assert problem.field == "items.A2-credential.confirm"


def test_an_editor_sees_the_note_beside_the_question(published, editor, signed_in):
    publishing.start_draft(by=None)
    item = Item.objects.filter(checklist__status="draft").first()

    page = signed_in(editor).get(address(Item, "change", item.pk))

    assert "How would a second person confirm this?" in page.content.decode()
