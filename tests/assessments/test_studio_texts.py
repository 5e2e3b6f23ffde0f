"""The texts of the checklist as a whole, edited in parts."""

import json

import pytest

from assessments import publishing
from assessments.admin.checklist_texts import FIELDS
from assessments.models import Checklist
from tests import factories
from tests.assessments.staff_pages import address, errors_of, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(published):
    return publishing.start_draft(by=None)


def save(browser, draft, **fields):
    place = address(Checklist, "change", draft.pk)
    return browser.post(place, fields_of(browser.get(place)) | fields)


def texts_of(draft):
    return publishing.freeze(Checklist.objects.get(pk=draft.pk))["checklist"]


def test_saving_untouched_changes_nothing(draft, editor, signed_in):
    assert save(signed_in(editor), draft).status_code == 302

    assert texts_of(draft) == factories.small_content()["checklist"]


def test_every_part_of_the_shipped_texts_survives_its_box(content):
    texts = {name: value for name, value in content["checklist"].items() if name not in ("key", "title")}

    assert texts.keys() == FIELDS.keys()
    assert {name: FIELDS[name].clean(FIELDS[name].prepare_value(value)) for name, value in texts.items()} == texts


def test_parts_are_saved_as_the_content_writes_them(draft, editor, signed_in):
    response = save(
        signed_in(editor),
        draft,
        cautions="Titles are claims.\r\n\r\n Look them up. ",
        verdicts="misleading: Leads to a wrong end: often.",
        not_checked="video: We did not watch it.",
    )

    assert response.status_code == 302
    texts = texts_of(draft)
    assert texts["cautions"] == ["Titles are claims.", "Look them up."]
    assert texts["verdicts"] == {"misleading": "Leads to a wrong end: often."}
    assert texts["not_checked"] == [{"key": "video", "sentence": "We did not watch it."}]


@pytest.mark.parametrize(
    ("part", "typed", "told"),
    [
        ("verdicts", "misleading", "Line 1: write the word, a colon, and what it means."),
        ("effects", "red: A.\nred: B.", "“red” stands here twice."),
        ("crisis", '{"title": ""}', "title: This must not be empty."),
        ("crisis", "{", "Enter a valid JSON."),
        ("short_text", '{"words": 0, "message": "x"}', "words: This must be a whole number, 1 or more"),
        ("basis", "no-such-source: Everything.", "1.source: There is no source called “no-such-source”."),
        ("masked_kinds", "unheard-of", "1: There is no kind of signal or topic of claims called “unheard-of”."),
        ("advice_words", "many", "Enter a whole number."),
    ],
)
def test_a_mistake_is_told_at_its_place_and_nothing_is_lost(part, typed, told, draft, editor, signed_in):
    page = save(signed_in(editor), draft, **{part: typed, "title": "Another title"})

    assert told in str(errors_of(page)[part][0])
    assert fields_of(page)["title"] == "Another title"
    assert fields_of(page)[part].split() == typed.split() or json.loads(fields_of(page)[part]) == json.loads(typed)
    assert texts_of(draft) == factories.small_content()["checklist"]


def test_two_editors_of_two_parts_lose_nothing(draft, admin, editor, signed_in):
    place = address(Checklist, "change", draft.pk)
    loaded_by_both = fields_of(signed_in(admin).get(place))
    signed_in(admin).post(place, loaded_by_both | {"cautions": "By the first."})

    page = signed_in(editor).post(place, loaded_by_both | {"term_drift": "By the second."})

    assert "Their changes are here already: Cautions about titles." in errors_of(page)["__all__"][0]
    assert signed_in(editor).post(place, fields_of(page)).status_code == 302
    texts = texts_of(draft)
    assert (texts["cautions"], texts["term_drift"]) == (["By the first."], "By the second.")


def test_a_published_version_shows_its_texts(published, editor, signed_in):
    page = signed_in(editor).get(address(Checklist, "change", published.pk))

    assert "A doctor is a good place to start." in page.content.decode()
    assert not page.context["has_change_permission"]
