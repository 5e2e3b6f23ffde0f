"""The staff pages: publishing, retiring and vouching for help services."""

import pytest
from django.utils import timezone

from assessments import publishing
from assessments.help_loading import load_help
from assessments.models import Checklist, Claim, HelpService
from tests import factories
from tests.assessments.staff_pages import address, fields_of, help_content, help_service, run_action, said

pytestmark = pytest.mark.django_db


# --- publishing ------------------------------------------------------------------------------------------------------


def test_start_a_draft(published, editor, signed_in):
    response = run_action(signed_in(editor), "start_draft", published)

    assert said(response) == ["The draft is ready to be changed."]
    assert Checklist.objects.drafts().get().created_by == editor


def test_start_a_draft_twice_says_why_not(published, editor, signed_in):
    publishing.start_draft(by=editor)

    response = run_action(signed_in(editor), "start_draft", published)

    assert said(response) == [publishing.AlreadyADraft.sentence]
    assert Checklist.objects.drafts().count() == 1


def test_publish_asks_for_a_note_first(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)

    response = run_action(signed_in(editor), "publish", draft)

    assert response.status_code == 200
    assert response.templates[0].name == "admin/assessments/checklist/publish.html"
    assert list(Checklist.objects.published()) == [published]


def test_publish_with_a_note(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)

    response = run_action(signed_in(editor), "publish", draft, note="A better question.")

    assert said(response) == ["Published."]
    draft.refresh_from_db()
    assert (draft.version, draft.note, draft.published_by) == (2, "A better question.", editor)


def test_publish_shows_the_mistakes_of_the_draft(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)
    Claim.objects.filter(checklist=draft, key="running-cures-depression").update(patterns="cures {NOTHING}")

    asked = run_action(signed_in(editor), "publish", draft)
    refused = run_action(signed_in(editor), "publish", draft, note="Broken.")

    assert len(asked.context["problems"]) == 1
    assert "NOTHING" in asked.context["problems"][0]
    assert "NOTHING" in said(refused)[0]
    assert list(Checklist.objects.published()) == [published]


def test_publish_with_an_empty_note_asks_again(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)

    response = run_action(signed_in(editor), "publish", draft, note=" ")

    assert response.context["form"].errors == {"note": ["This field is required."]}
    draft.refresh_from_db()
    assert draft.is_draft


def test_publish_refuses_a_published_version(published, editor, signed_in):
    response = run_action(signed_in(editor), "publish", published, note="Again.")

    assert said(response) == [publishing.NotADraft.sentence]


def test_publish_wants_one_version(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)

    response = run_action(signed_in(editor), "publish", draft, published, note="Both.")

    assert said(response) == ["Choose one version only."]
    assert Checklist.objects.drafts().count() == 1


def test_retire(published, editor, signed_in):
    response = run_action(signed_in(editor), "retire", published)

    assert said(response) == ["Retired. No post is assessed until another version is published."]
    published.refresh_from_db()
    assert (published.status, published.retired_by) == ("retired", editor)


def test_only_who_may_publish_can(published, moderator, signed_in):
    draft = publishing.start_draft(by=None)

    for action, row in (("start_draft", published), ("publish", draft), ("retire", published)):
        run_action(signed_in(moderator), action, row, note="No.")

    assert list(Checklist.objects.values_list("status", flat=True)) == ["draft", "published"]


def test_the_texts_of_a_draft_can_be_changed_and_of_a_published_version_not(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)
    browser = signed_in(editor)
    place = address(Checklist, "change", draft.pk)
    changed = fields_of(browser.get(place)) | {"title": "Better", "advice_words": 30}

    assert browser.post(place, changed).status_code == 302
    # A form that was loaded as a draft's: its words are shown again (test_studio_too_late.py), and nothing is saved.
    assert browser.post(address(Checklist, "change", published.pk), changed).status_code == 409
    assert Checklist.objects.get(pk=published.pk).title == "A small checklist"
    assert publishing.freeze(Checklist.objects.get(pk=draft.pk))["checklist"] == factories.small_content()[
        "checklist"
    ] | {"title": "Better", "advice_words": 30}


def test_a_draft_can_be_deleted_and_a_published_version_not(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)
    browser = signed_in(editor)

    assert browser.post(address(Checklist, "delete", draft.pk), {"post": "yes"}).status_code == 302
    assert browser.post(address(Checklist, "delete", published.pk), {"post": "yes"}).status_code == 403
    assert list(Checklist.objects.all()) == [published]


# --- help services ---------------------------------------------------------------------------------------------------


def test_i_checked_these_today(help_editor, signed_in):
    load_help(help_content(help_service("One"), help_service("Two")))
    one, two = HelpService.objects.order_by("name")

    response = run_action(signed_in(help_editor), "checked_today", one)

    assert said(response) == ["Thank you: 1 checked by you today."]
    one.refresh_from_db()
    assert (one.verified_at, one.verified_by) == (timezone.localdate(), help_editor)
    assert list(HelpService.objects.unverified()) == [two]


@pytest.mark.parametrize(("field", "verified"), [("phone", False), ("order", True)])
def test_a_changed_number_must_be_checked_again(field, verified, help_editor, signed_in):
    load_help(help_content(help_service()))
    service = HelpService.objects.get()
    browser = signed_in(help_editor)
    run_action(browser, "checked_today", service)
    texts = {"name": "A line", "kind": "crisis", "url": "https://www.example.org/", "confidence": "check", "order": 1}

    browser.post(address(HelpService, "change", service.pk), {"country": "GB", **texts, field: "7"})

    service.refresh_from_db()
    assert str(getattr(service, field)) == "7"
    assert (service.verified_at is not None) is verified
