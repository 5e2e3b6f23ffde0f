"""The draft is published, or a row deleted, while an editor has a form open: nothing that was typed is lost."""

import pytest

from assessments import publishing
from assessments.models import Answer, Checklist, Claim, Item, Level
from tests.assessments.staff_pages import address, fields_of

pytestmark = pytest.mark.django_db

TYPED = "Typed for ten minutes & more."


@pytest.fixture
def draft(published):
    return publishing.start_draft(by=None)


def publish(draft):
    publishing.publish(draft, by=None, note="Meanwhile.")


def typed_on(page):
    return dict(page.context["typed"])


def test_of_a_draft_that_was_published_meanwhile_what_was_typed_is_shown(draft, editor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    browser, place = signed_in(editor), address(Claim, "change", claim.pk)
    loaded = fields_of(browser.get(place))
    publish(draft)

    page = browser.post(place, loaded | {"why": TYPED, "order": "seven"})

    assert page.status_code == 409
    assert "Somebody published this draft while you were working on it" in page.text
    assert typed_on(page) == {"Why": TYPED, "Order": "seven"}
    assert "Typed for ten minutes &amp; more.</textarea>" in page.text
    assert page.context["now"] == address(Checklist)
    claim.refresh_from_db()
    assert claim.why == "It does not cure everyone."


def test_the_way_to_the_same_row_of_the_next_draft_is_shown(draft, editor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    browser, place = signed_in(editor), address(Claim, "change", claim.pk)
    loaded = fields_of(browser.get(place))
    publish(draft)
    again = publishing.start_draft(by=None)

    page = browser.post(place, loaded | {"why": TYPED})

    assert typed_on(page) == {"Why": TYPED}
    assert page.context["now"] == address(Claim, "change", Claim.objects.get(checklist=again, key=claim.key).pk)
    assert not Claim.objects.filter(why=TYPED).exists()


def test_rows_under_a_row_are_shown_too(draft, editor, signed_in):
    item = Item.objects.get(checklist=draft, key="A2-credential")
    browser, place = signed_in(editor), address(Item, "change", item.pk)
    loaded = fields_of(browser.get(place))
    publish(draft)

    page = browser.post(place, loaded | {"question": "Who?", "answers-1-guidance": TYPED, "answers-1-effect": "red"})

    assert typed_on(page) == {
        "Question": "Who?",
        "Answer 2: Guidance": TYPED,
        "Answer 2: Effect": "Red: a strong reason not to rely on the post",
    }


@pytest.mark.parametrize("delete", ["row", "draft"])
def test_of_a_row_that_is_gone_what_was_typed_is_shown(delete, draft, editor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    browser, place = signed_in(editor), address(Claim, "change", claim.pk)
    loaded = fields_of(browser.get(place))
    if delete == "row":
        claim.delete()
    else:
        publishing.delete_draft(draft, by=None)

    page = browser.post(place, loaded | {"why": TYPED})

    assert page.status_code == 409
    assert "Somebody deleted this row, or the draft that it stood in" in page.text
    assert typed_on(page) == {"Why": TYPED}


def test_the_texts_of_the_draft_and_the_rule_of_a_level_are_shown(draft, editor, signed_in):
    level = Level.objects.get(checklist=draft, key="check-first")
    browser = signed_in(editor)
    texts, rule = address(Checklist, "change", draft.pk), address(Level, "change", level.pk)
    loaded, loaded_rule = fields_of(browser.get(texts)), fields_of(browser.get(rule))
    loaded_rule.pop("when")
    boxes = {"what": "effect:amber", "bound": "at_least", "number": "2", "unit": "items", "among": "", "items": ""}
    publish(draft)

    typed = typed_on(browser.post(texts, loaded | {"always_shown": TYPED, "advice_words": "30"}))
    typed_rule = typed_on(browser.post(rule, loaded_rule | {f"when-0-{part}": value for part, value in boxes.items()}))

    assert typed == {"Shown under every report": TYPED, "Words from which advice can lack something": "30"}
    assert typed_rule == {"Rule": "at least 2 questions have amber"}


def test_a_new_row_without_a_draft_is_shown_again(draft, editor, signed_in):
    browser, place = signed_in(editor), address(Level, "add")
    assert browser.get(place).status_code == 200
    publish(draft)

    page = browser.post(place, {"key": "new", "plain": TYPED})

    assert page.status_code == 409
    assert "Somebody published or deleted the draft while you were writing" in page.text
    assert TYPED in typed_on(page).values()


def test_who_only_looked_is_told_that_nothing_is_lost(draft, editor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    browser, place = signed_in(editor), address(Claim, "change", claim.pk)
    loaded = fields_of(browser.get(place))
    publish(draft)

    assert "You had changed nothing" in browser.post(place, loaded).text


def test_a_row_under_a_row_that_somebody_deleted_keeps_what_was_typed(draft, admin, editor, signed_in):
    item = Item.objects.get(checklist=draft, key="A2-credential")
    browser, place = signed_in(editor), address(Item, "change", item.pk)
    loaded = fields_of(browser.get(place))
    Answer.objects.get(item=item, key="lay").delete()

    page = browser.post(place, loaded | {"answers-2-guidance": TYPED})

    assert page.status_code == 200
    assert "Somebody else deleted this row while you were working on it." in page.text
    assert fields_of(page)["answers-2-guidance"] == TYPED
    again = fields_of(page) | {"answers-2-DELETE": "on", "answers-0-label": "Saved"}
    assert browser.post(place, again).status_code == 302
    assert list(Answer.objects.filter(item=item).values_list("key", flat=True)) == ["checkable", "claimed", "none"]
    assert Answer.objects.get(item=item, key="checkable").label == "Saved"


def test_who_may_change_nothing_is_refused_as_ever(draft, auditor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    publish(draft)

    assert (
        signed_in(auditor).post(address(Claim, "change", claim.pk), {"as_loaded": "{}", "why": "X"}).status_code == 403
    )
