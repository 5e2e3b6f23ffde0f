"""Going back to an earlier version: a new version with its content, at once, and nothing that was is touched."""

import json
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from assessments import publishing
from assessments.models import Checklist, Item
from tests import factories
from tests.assessments.staff_pages import address, said

pytestmark = pytest.mark.django_db


def second_content():
    content = factories.small_content()
    content["claims"][0]["verdict"] = "misleading"
    content["claims"][0]["what_is_known"] = "It helps many people."
    return content


@pytest.fixture
def first(published):
    return published


@pytest.fixture
def second(first):
    """The version in use; the first one is retired."""
    version = factories.a_published_checklist(second_content(), note="Better known.")
    first.refresh_from_db()
    return version


def frozen(*versions):
    """Everything about these versions and their rows that could have been changed, as the database has it."""
    versions = Checklist.objects.filter(pk__in=[version.pk for version in versions]).order_by("pk")
    return [
        (row["version"], row["snapshot"], row["digest"], row["note"], row["published_by_name"])
        for row in versions.values()
    ] + [publishing.freeze(version) for version in versions]


def test_the_content_of_the_earlier_version_is_published_under_a_new_number(first, second, editor):
    third = publishing.roll_back(first, by=editor, note=" It found too much. ", instead_of=second)

    assert (third.status, third.version, third.brings_back) == ("published", 3, 1)
    assert third.note == "Back to version 1: It found too much."
    assert json.loads(third.snapshot) == json.loads(first.snapshot) | {"version": "3"}
    assert publishing.freeze(third) == json.loads(third.snapshot)
    assert (third.published_by, third.published_by_name, third.created_by_name) == (editor, "ed", "ed")
    second.refresh_from_db()
    assert (second.status, second.retired_by_name) == ("retired", "ed")


def test_what_was_published_before_stays_as_it_was(first, second, editor):
    before = frozen(first, second)

    third = publishing.roll_back(first, by=editor, note="Back.", instead_of=second)

    assert frozen(first, second) == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(checklist=third).update(question="Changed?")
    with pytest.raises(IntegrityError), transaction.atomic():
        Checklist.objects.filter(pk=third.pk).update(brings_back=2)


def test_a_report_says_what_it_said_and_a_new_one_follows_the_earlier_version(first, second, editor):
    old = factories.an_assessment()
    result = old.result

    third = publishing.roll_back(first, by=editor, note="Back.", instead_of=second)

    old.refresh_from_db()
    assert (old.result, old.digest) == (result, second.digest)
    assert factories.an_assessment().digest == third.digest


def test_a_draft_stays_as_it_is(first, second, editor):
    draft = publishing.start_draft(by=editor)
    Item.objects.filter(checklist=draft, key="B1-everyone").update(question="Half done?")
    before = publishing.freeze(draft)

    publishing.roll_back(first, by=editor, note="Back.", instead_of=second)

    draft.refresh_from_db()
    assert (draft.is_draft, publishing.freeze(draft)) == (True, before)
    assert Checklist.objects.drafts().get() == draft


def test_it_works_where_nothing_is_published(first, second, editor):
    publishing.retire(second, by=editor)

    third = publishing.roll_back(first, by=editor, note="Back.", instead_of=None)

    assert list(Checklist.objects.published()) == [third]


@pytest.mark.parametrize("which", ["published", "draft"])
def test_only_an_earlier_version_can_come_back(which, first, second, editor):
    version = second if which == "published" else publishing.start_draft(by=editor)

    with pytest.raises(publishing.NotRetired):
        publishing.roll_back(version, by=editor, note="Back.", instead_of=second)
    assert list(Checklist.objects.published()) == [second]


def test_it_needs_a_note(first, second, editor):
    with pytest.raises(publishing.NoteMissing):
        publishing.roll_back(first, by=editor, note=" ", instead_of=second)


def test_nothing_happens_when_another_version_was_published_meanwhile(first, second, editor):
    third = factories.a_published_checklist()

    with pytest.raises(publishing.MovedOn):
        publishing.roll_back(first, by=editor, note="Back.", instead_of=second)
    assert Checklist.objects.count() == 3
    assert list(Checklist.objects.published()) == [third]


def test_content_that_would_not_be_published_today_does_not_come_back(first, second, editor, monkeypatch):
    # A rule that came after the first version was published.
    monkeypatch.setattr(publishing.content_loading, "FORMAT", 2)

    with pytest.raises(publishing.ContentMistakes):
        publishing.roll_back(first, by=editor, note="Back.", instead_of=second)
    assert list(Checklist.objects.order_by("pk")) == [first, second]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_use", [True, False])
def test_of_two_who_go_back_at_once_exactly_one_does(in_use):
    first = factories.a_published_checklist()
    second = factories.a_published_checklist(second_content())
    if not in_use:
        publishing.retire(second, by=None)
    start, outcomes = threading.Barrier(2), []

    def go_back():
        start.wait(timeout=10)
        try:
            publishing.roll_back(first, by=None, note="Back.", instead_of=second if in_use else None)
            outcomes.append("done")
        except publishing.PublishingError as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=go_back) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["MovedOn", "done"]
    assert list(Checklist.objects.values_list("status", "version")) == [
        ("published", 3),
        ("retired", 2),
        ("retired", 1),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_one_who_publishes_and_one_who_goes_back_one_is_told():
    first = factories.a_published_checklist()
    second = factories.a_published_checklist(second_content())
    draft = publishing.start_draft(by=None)
    start, outcomes = threading.Barrier(2), []

    def attempt(name, action):
        start.wait(timeout=10)
        try:
            action()
            outcomes.append(name)
        except publishing.MovedOn:
            outcomes.append("told")
        finally:
            connection.close()

    actions = {
        "back": lambda: publishing.roll_back(first, by=None, note="Back.", instead_of=second),
        "published": lambda: publishing.publish(Checklist.objects.get(pk=draft.pk), by=None, note="On."),
    }
    threads = [threading.Thread(target=attempt, args=pair) for pair in actions.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    # Whoever goes back second has not seen what is in use; whoever publishes second publishes what is in the draft.
    assert sorted(outcomes) in (["published", "told"], ["back", "published"])
    assert Checklist.objects.published().get().note == "On."


# --- the staff page --------------------------------------------------------------------------------------------------


def test_the_page_shows_the_differences_and_goes_back(first, second, admin, signed_in):
    browser = signed_in(admin)

    link = address(Checklist, "roll_back", first.pk)
    assert link in browser.get(address(Checklist, "change", first.pk)).content.decode()
    page = browser.get(link)
    words = page.content.decode()
    assert "Changed: Running cures depression. (what is known)" in words
    form = {"note": "Too much.", "instead_of": page.context["form"]["instead_of"].value()}
    response = browser.post(link, form)

    assert response.status_code == 302
    assert "Version 1 is in use again" in said(response)[0]
    assert Checklist.objects.published().get().note == "Back to version 1: Too much."


def test_the_page_says_when_another_version_came_meanwhile_and_keeps_the_note(first, second, admin, signed_in):
    third = factories.a_published_checklist()

    page = signed_in(admin).post(
        address(Checklist, "roll_back", first.pk), {"note": "Too much.", "instead_of": second.pk}
    )

    assert publishing.MovedOn.sentence in page.content.decode()
    assert "Too much." in page.content.decode()
    assert page.context["form"]["instead_of"].value() == third.pk
    assert list(Checklist.objects.published()) == [third]


def test_the_page_asks_for_a_note(first, second, admin, signed_in):
    page = signed_in(admin).post(address(Checklist, "roll_back", first.pk), {"note": "", "instead_of": second.pk})

    assert page.context["form"].errors == {"note": ["This field is required."]}
    assert Checklist.objects.count() == 2


def test_only_who_may_go_back_can(first, second, moderator, signed_in):
    link = address(Checklist, "roll_back", first.pk)

    assert signed_in(moderator).get(link).status_code == 403
    assert signed_in(moderator).post(link, {"note": "No.", "instead_of": second.pk}).status_code == 403
    assert Checklist.objects.count() == 2


def test_a_version_in_use_has_no_such_page(first, second, admin, signed_in):
    assert signed_in(admin).get(address(Checklist, "roll_back", second.pk)).status_code == 404


def test_the_public_history_marks_it(first, second, client):
    publishing.roll_back(first, by=None, note="Too much.", instead_of=second)

    page = client.get("/how-it-works/versions/").content.decode()
    difference = client.get("/how-it-works/versions/3/?with=1").content.decode()

    assert "It brings back version 1." in page
    assert "Back to version 1: Too much." in page
    assert "It brings back version 1." in difference
    assert "Nothing but the number." in difference
