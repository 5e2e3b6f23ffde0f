"""Drafts, publishing, retiring: what may follow what, who said so, and two people at once."""

import json
import threading

import pytest
from django.db import connection, transaction

from assessments import publishing
from assessments.content_loading import read_content
from assessments.models import Checklist, Item, Signal
from assessments.models.checklist import NOBODY
from assessments.snapshots import canonical_bytes, digest_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_load_draft_and_freeze_give_the_same_content_back():
    content = factories.small_content()

    draft = publishing.load_draft(content, by=None)

    assert publishing.freeze(draft) == factories.small_content()


def test_the_first_content_comes_back_as_it_was_read(first_content):
    assert publishing.freeze(first_content) == read_content() | {"version": "1"}


def test_load_draft_makes_html_in_guidance_harmless():
    content = factories.small_content()
    content["sections"][0]["items"][0]["answers"][0]["guidance"] = 'Read <a href="javascript:alert(1)">this</a>.'

    draft = publishing.load_draft(content, by=None)

    answer = publishing.freeze(draft)["sections"][0]["items"][0]["answers"][0]
    assert "javascript" not in answer["guidance"]
    assert "this" in answer["guidance"]


def test_load_draft_refuses_content_with_mistakes():
    content = factories.small_content()
    content["claims"][0]["verdict"] = "wrong"
    del content["titles"][0]["register"]

    with pytest.raises(publishing.ContentMistakes) as refusal:
        publishing.load_draft(content, by=None)
    assert len(refusal.value.problems) == 2
    assert "verdict" in refusal.value.problems[0]
    assert not Checklist.objects.exists()


def test_load_draft_says_who_made_it(editor):
    draft = factories.a_draft(by=editor)

    assert (draft.created_by, draft.created_by_name) == (editor, "ed")


def test_load_draft_refuses_a_second_draft():
    factories.a_draft()

    with pytest.raises(publishing.AlreadyADraft):
        factories.a_draft()
    assert Checklist.objects.count() == 1


def test_publish_freezes_the_rows_under_the_next_number(editor):
    draft = factories.a_draft()

    published = publishing.publish(draft, by=editor, note="  The first one. ")

    snapshot = factories.small_content() | {"version": "1"}
    assert published.snapshot == canonical_bytes(snapshot).decode()
    assert published.digest == digest_of(snapshot)
    assert (published.status, published.version, published.note) == ("published", 1, "The first one.")
    assert (published.published_by, published.published_by_name) == (editor, "ed")
    assert published.published_at is not None


def test_publish_by_nobody_says_so():
    published = factories.a_published_checklist()

    assert (published.published_by, published.published_by_name) == (None, NOBODY)


def test_publish_retires_the_version_before(editor, published):
    draft = publishing.start_draft(by=editor)

    second = publishing.publish(draft, by=editor, note="Again.")

    published.refresh_from_db()
    assert (published.status, published.retired_by, published.retired_by_name) == ("retired", editor, "ed")
    assert (second.status, second.version) == ("published", 2)
    assert json.loads(second.snapshot)["version"] == "2"


def test_publish_puts_the_edits_of_the_draft_into_the_snapshot(editor, published):
    draft = publishing.start_draft(by=editor)
    Item.objects.filter(checklist=draft, key="B1-everyone").update(question="Is it for all?")

    second = publishing.publish(draft, by=editor, note="A better question.")

    questions = {
        item["key"]: item["question"]
        for section in json.loads(second.snapshot)["sections"]
        for item in section["items"]
    }
    assert questions["B1-everyone"] == "Is it for all?"


def test_publish_needs_a_note(editor):
    draft = factories.a_draft()

    with pytest.raises(publishing.NoteMissing):
        publishing.publish(draft, by=editor, note=" \n")
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_publish_refuses_a_published_version(editor, published):
    with pytest.raises(publishing.NotADraft):
        publishing.publish(published, by=editor, note="Again.")


def test_publish_refuses_a_draft_that_was_published_meanwhile(editor):
    draft = factories.a_draft()
    same_draft_in_another_window = Checklist.objects.get(pk=draft.pk)
    publishing.publish(draft, by=editor, note="First.")

    with pytest.raises(publishing.PublishedMeanwhile):
        publishing.publish(same_draft_in_another_window, by=editor, note="Second.")
    assert Checklist.objects.get().note == "First."


def test_publish_refuses_a_draft_that_was_deleted_meanwhile(editor, published):
    draft = publishing.start_draft(by=editor)
    publishing.delete_draft(Checklist.objects.get(pk=draft.pk), by=None)

    with pytest.raises(publishing.PublishedMeanwhile):
        publishing.publish(draft, by=editor, note="Gone.")
    assert list(Checklist.objects.published()) == [published]


def test_publish_refuses_a_pattern_that_cannot_be_read(editor, published):
    draft = publishing.start_draft(by=editor)
    Signal.objects.filter(checklist=draft, key="works-for-all").update(patterns="works for {NOBODY_KNOWS_THIS}")

    with pytest.raises(publishing.ContentMistakes, match="NOBODY_KNOWS_THIS"):
        publishing.publish(draft, by=editor, note="Broken.")
    draft.refresh_from_db()
    published.refresh_from_db()
    assert (draft.status, published.status) == ("draft", "published")


def test_start_draft_copies_the_published_rows(editor, published):
    draft = publishing.start_draft(by=editor)

    assert publishing.freeze(draft) == factories.small_content()
    assert (draft.status, draft.version, draft.created_by) == ("draft", None, editor)


def test_start_draft_refuses_a_second_draft(editor, published):
    publishing.start_draft(by=editor)

    with pytest.raises(publishing.AlreadyADraft):
        publishing.start_draft(by=editor)


def test_start_draft_needs_something_published(editor):
    with pytest.raises(publishing.NothingPublished):
        publishing.start_draft(by=editor)


def test_retire_leaves_nothing_published(editor, published):
    publishing.retire(published, by=editor)

    assert (published.status, published.retired_by_name) == ("retired", "ed")
    assert not Checklist.objects.published().exists()


def test_retire_refuses_what_is_not_published(editor):
    draft = factories.a_draft()

    with pytest.raises(publishing.NotPublished):
        publishing.retire(draft, by=editor)


def test_delete_draft_takes_its_rows_along(editor, published):
    draft = publishing.start_draft(by=editor)

    publishing.delete_draft(draft, by=editor)

    assert Checklist.objects.get() == published
    assert Item.objects.count() == 4


def test_delete_draft_refuses_a_published_version(published):
    with pytest.raises(publishing.NotADraft):
        publishing.delete_draft(published, by=None)


def test_a_snapshot_can_be_loaded_as_a_draft_again(editor, published):
    snapshot = json.loads(published.snapshot)

    draft = publishing.load_draft(snapshot, by=editor)

    assert publishing.freeze(draft) == factories.small_content()


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_at_once_exactly_one_wins():
    draft = factories.a_draft()
    start = threading.Barrier(2)
    outcomes = []

    def publish():
        mine = Checklist.objects.get(pk=draft.pk)
        start.wait(timeout=10)
        try:
            publishing.publish(mine, by=None, note="Mine.")
            outcomes.append("published")
        except publishing.PublishingError as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["PublishedMeanwhile", "published"]
    assert list(Checklist.objects.values_list("status", "version")) == [("published", 1)]


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_an_edit_that_is_under_way():
    draft = factories.a_draft()
    edited, done = threading.Event(), threading.Event()

    def edit():
        with transaction.atomic():
            Item.objects.filter(checklist=draft, key="B1-everyone").update(question="Edited in time?")
            edited.set()
            done.wait(timeout=0.5)  # the publisher comes while this transaction is open
        connection.close()

    editing = threading.Thread(target=edit)
    editing.start()
    edited.wait(timeout=10)
    published = publishing.publish(draft, by=None, note="With the edit.")
    done.set()
    editing.join(timeout=10)

    assert "Edited in time?" in published.snapshot
    assert publishing.freeze(published) == json.loads(published.snapshot)
