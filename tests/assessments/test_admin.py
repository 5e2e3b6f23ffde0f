"""The staff pages: what each role may see and do, and that lists ask the database no more for more rows."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import measuring, previewing, publishing, reassessing
from assessments.help_loading import load_help
from assessments.models import (
    Assessment,
    AuditEntry,
    Checklist,
    Claim,
    Finding,
    HelpCountry,
    HelpService,
    Item,
    PublishRequest,
    Section,
    ShareLink,
    Source,
    WordClass,
)
from assessments.models.rows import ChecklistRow
from tests import factories
from tests.assessments.staff_pages import address, help_content, help_service, named, run_action, shown

pytestmark = pytest.mark.django_db

# Staff have no business with the links that readers make for others, a request stands on the page of its draft, and the
# audit trail, for a few only, has its own tests.
WITHOUT_PAGES = (ShareLink, PublishRequest, AuditEntry)
MODELS = [model for model in apps.get_app_config("assessments").get_models() if model not in WITHOUT_PAGES]
ROW_MODELS = [model for model in MODELS if issubclass(model, ChecklistRow)]


# --- every page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def full_house(published, admin):
    """A row of every model: a published and a draft version, an assessment with a review, runs, figures, help."""
    draft = publishing.start_draft(by=None)
    factories.a_review(factories.an_assessment(), by=admin)
    previewing.start_preview(draft, by=admin)
    reassessing.start_reassessment(by=admin)
    measuring.load_measured()
    load_help(help_content(help_service()))


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_list_and_row_can_be_read_and_searched(model, full_house, admin, signed_in):
    browser = signed_in(admin)
    row = model.objects.first()

    assert browser.get(address(model)).status_code == 200
    assert browser.get(address(model), {"q": "1"}).status_code == 200
    page = browser.get(address(model, "change", row.pk))
    assert page.status_code == 200
    assert page.context["original"] == row


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_an_editor_can_read_every_list(model, full_house, editor, signed_in):
    assert signed_in(editor).get(address(model)).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_moderator_can_look_and_not_change(model, full_house, moderator, signed_in):
    browser = signed_in(moderator)

    page = browser.get(address(model, "change", model.objects.first().pk))

    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert browser.post(address(model, "change", model.objects.first().pk), {}).status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_stranger_is_sent_away(model, full_house, stranger, signed_in):
    response = signed_in(stranger).get(address(model))

    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


# --- rows of the checklist -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ROW_MODELS, ids=named)
def test_lists_show_the_draft_and_without_one_what_is_published(model, published, admin, signed_in):
    browser = signed_in(admin)

    assert {row.checklist for row in shown(browser.get(address(model)))} == {published}
    draft = publishing.start_draft(by=admin)
    assert {row.checklist for row in shown(browser.get(address(model)))} == {draft}
    assert {row.checklist for row in shown(browser.get(address(model), {"version": "1"}))} == {published}
    assert shown(browser.get(address(model), {"version": "77"})) == []
    assert shown(browser.get(address(model), {"version": "nonsense"})) == []


@pytest.mark.parametrize("model", ROW_MODELS, ids=named)
def test_rows_of_a_published_version_can_only_be_read(model, published, admin, signed_in):
    browser = signed_in(admin)
    row = model.objects.filter(checklist=published).first()
    count = model.objects.count()

    page = browser.get(address(model, "change", row.pk))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert browser.post(address(model, "change", row.pk), {"order": 77}).status_code == 403
    assert browser.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert browser.get(address(model, "add")).status_code == 403
    run_action(browser, "delete_selected", row, post="yes")
    assert model.objects.count() == count


def test_published_rows_cannot_be_deleted_from_the_list_beside_a_draft(published, admin, signed_in):
    publishing.start_draft(by=admin)
    row = Claim.objects.filter(checklist=published).first()

    response = signed_in(admin).post(
        address(Claim) + "?version=1", {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    )

    assert response.status_code == 200
    assert response.context["protected"] == ["running-cures-depression (Version 1 (published))"]
    assert Claim.objects.filter(pk=row.pk).exists()


def test_an_editor_adds_a_word_class_to_the_draft(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)

    response = signed_in(editor).post(
        address(WordClass, "add"),
        {"order": 2, "key": "SLEEP", "description": "Sleeping.", "words": "sleep\r\n nap \r\n\r\n"},
    )

    assert response.status_code == 302
    assert WordClass.objects.get(key="SLEEP").checklist == draft
    assert publishing.freeze(draft)["word_classes"][1] == {
        "key": "SLEEP",
        "description": "Sleeping.",
        "words": ["sleep", "nap"],
    }


def test_a_key_that_the_draft_has_already_is_an_error_in_the_form(published, editor, signed_in):
    publishing.start_draft(by=editor)

    response = signed_in(editor).post(
        address(WordClass, "add"), {"order": 2, "key": "DEPRESSION", "description": "", "words": "sad"}
    )

    assert response.status_code == 200
    assert response.context["errors"] == [["This version of the checklist already has a row with this key."]]


def test_an_editor_adds_an_item_with_its_answers_and_sources(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)
    source = Source.objects.get(checklist=draft, key="first-source")
    section = Section.objects.get(checklist=draft, key="author")

    response = signed_in(editor).post(
        address(Item, "add"),
        {
            **{"order": 2, "key": "A9-new", "section": section.pk, "question": "New?", "why": ""},
            **{"answer_type": "auto", "weight": "minor"},
            **inline("answers", {"order": 1, "key": "yes", "label": "Yes", "effect": "amber", "guidance": "<b>x</b>"}),
            **inline("citations", {"order": 1, "source": source.pk, "locator": "page 1"}),
        },
    )

    assert response.status_code == 302
    assert publishing.freeze(draft)["sections"][0]["items"][1] == {
        "key": "A9-new",
        "question": "New?",
        "why": "",
        "answer_type": "auto",
        "weight": "minor",
        "citations": [{"source": "first-source", "locator": "page 1"}],
        "answers": [{"key": "yes", "label": "Yes", "effect": "amber", "guidance": "&lt;b&gt;x&lt;/b&gt;"}],
    }


def inline(prefix, *rows):
    fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


def test_rows_of_another_version_cannot_be_chosen(published, editor, signed_in):
    publishing.start_draft(by=editor)
    published_section = Section.objects.get(checklist=published, key="author")

    response = signed_in(editor).post(
        address(Item, "add"),
        {
            **{"order": 2, "key": "A9-new", "section": published_section.pk, "question": "New?"},
            **{"answer_type": "auto", "weight": "minor", **inline("answers"), **inline("citations")},
        },
    )

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["section"]


def test_autocomplete_offers_rows_of_the_draft(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)

    response = signed_in(editor).get(
        reverse("admin:autocomplete"),
        {"app_label": "assessments", "model_name": "citation", "field_name": "source", "term": "first"},
    )

    offered = [result["id"] for result in response.json()["results"]]
    assert offered == [str(Source.objects.get(checklist=draft, key="first-source").pk)]


# --- queries ---------------------------------------------------------------------------------------------------------


def more_rows(model):
    """Two more rows of this kind in the draft."""
    row = model.objects.filter(checklist__status="draft").first()
    for number in (1, 2):
        row.pk = None
        if hasattr(row, "key"):
            row.key = f"more-{number}"
        row.save()


def more_assessments(model):
    for _ in range(2):
        factories.an_assessment()


def more_checklists(model):
    for _ in range(2):
        publishing.publish(Checklist.objects.drafts().get(), by=None, note="Again.")
        publishing.start_draft(by=None)


def more_help(model):
    for code in ("AU", "NZ"):
        country = HelpCountry.objects.create(code=code, name=code)
        HelpService.objects.create(country=country, name=code, kind="crisis", confidence="check")


MORE = [
    *((model, more_rows) for model in ROW_MODELS),
    (Checklist, more_checklists),
    (Assessment, more_assessments),
    (Finding, more_assessments),
    (HelpCountry, more_help),
    (HelpService, more_help),
]


@pytest.mark.parametrize(("model", "make_more"), MORE, ids=[named(model) for model, _ in MORE])
def test_lists_take_the_same_queries_for_more_rows(
    model, make_more, full_house, admin, signed_in, django_assert_num_queries
):
    browser = signed_in(admin)
    with CaptureQueriesContext(connection) as queries:
        before = len(shown(browser.get(address(model))))
    make_more(model)

    with django_assert_num_queries(len(queries)):
        after = len(shown(browser.get(address(model))))
    assert before >= 1
    assert after >= before + 2
