"""A published version stays as it is, whichever way somebody tries to change it."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from assessments import publishing
from assessments.models import Answer, Checklist, Citation, Claim, Item, Section, Signal, SignalEffect, Source
from assessments.models.rows import ChecklistRow
from tests import factories

pytestmark = pytest.mark.django_db

ROW_MODELS = [model for model in apps.get_app_config("assessments").get_models() if issubclass(model, ChecklistRow)]


@contextmanager
def refused():
    """The trigger says no, and the transaction of the test stays usable."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.sqlstate == "23001"


def test_every_kind_of_row_is_tried_here():
    assert len(ROW_MODELS) == 11


@pytest.mark.parametrize("model", ROW_MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("version", ["published", "retired"])
def test_rows_refuse_every_change(model, version, published):
    if version == "retired":
        publishing.retire(published, by=None)
    row = model.objects.filter(checklist=published).first()
    row.order = 77

    with refused():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():  # Django itself refuses where others point to the row
        row.delete()
    with refused():
        model.objects.filter(pk=row.pk).update(order=77)
    with refused():
        model.objects.bulk_update([row], ["order"])
    with refused(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE {model._meta.db_table} SET "order" = 77 WHERE id = %s', [row.pk])
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [row.pk])
    row.pk = None
    with refused():
        model.objects.bulk_create([row])
    assert not model.objects.filter(order=77).exists()


@pytest.mark.parametrize("model", ROW_MODELS, ids=lambda model: model.__name__)
def test_rows_cannot_move_between_a_draft_and_a_published_version(model, published):
    draft = publishing.start_draft(by=None)

    with refused():
        model.objects.filter(checklist=published).update(checklist=draft)
    with refused():
        model.objects.filter(checklist=draft).update(checklist=published)


@pytest.mark.parametrize("model", ROW_MODELS, ids=lambda model: model.__name__)
def test_rows_of_a_draft_can_change(model):
    draft = factories.a_draft()

    assert model.objects.filter(checklist=draft).update(order=77) > 0


@pytest.mark.parametrize(
    ("child", "parent_name", "parent", "also"),
    [
        (Item, "section", Section, {}),
        (Answer, "item", Item, {"key": "moved"}),
        (SignalEffect, "signal", Signal, {}),
        (SignalEffect, "answer", Answer, {}),
        (Citation, "source", Source, {}),
        (Citation, "item", Item, {}),
        (Citation, "claim", Claim, {}),
        (Citation, "signal", Signal, {}),
    ],
)
def test_a_row_of_a_draft_cannot_hang_under_a_published_one(child, parent_name, parent, also, published):
    draft = publishing.start_draft(by=None)
    row = child.objects.filter(checklist=draft).exclude(**{parent_name: None}).first()
    foreign_parent = parent.objects.filter(checklist=published).first()

    with pytest.raises(IntegrityError, match=f"{parent_name}_id_same_version"):
        update_at_once(row, **{parent_name: foreign_parent}, **also)


@transaction.atomic
def update_at_once(row, **changes):
    """Change a row, and check what the database would otherwise check at the end of the transaction."""
    type(row).objects.filter(pk=row.pk).update(**changes)
    connection.check_constraints()


def test_a_published_checklist_refuses_every_change(published):
    published.title = "Changed"

    with refused():
        published.save()
    with refused():
        Checklist.objects.update(title="Changed")
    with refused():
        Checklist.objects.update(status="draft")
    with refused():
        Checklist.objects.update(snapshot="{}")
    with refused(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_checklist")
    with refused():
        published.delete()
    assert Checklist.objects.get().title == "A small checklist"


def test_retiring_changes_nothing_else(published):
    with refused():
        Checklist.objects.update(status="retired", retired_at=published.published_at, retired_by_name="x", title="y")


def test_a_retired_checklist_never_comes_back(published):
    publishing.retire(published, by=None)

    with refused():
        Checklist.objects.update(status="published", retired_at=None, retired_by_name="")
    with refused():
        Checklist.objects.update(retired_by_name="Somebody else")


def test_a_checklist_cannot_be_born_published(published):
    publishing.retire(published, by=None)
    published.pk, published.version, published.status = None, 2, "published"

    with refused():
        published.save(force_insert=True)


def test_the_digest_must_be_the_one_of_the_snapshot(published):
    draft = publishing.start_draft(by=None)
    publishing.retire(published, by=None)
    frozen = {"status": "published", "version": 2, "note": "x", "published_by_name": "x"}

    with refused():
        Checklist.objects.filter(pk=draft.pk).update(
            **frozen, published_at=published.published_at, snapshot='{"version":"2"}', digest=published.digest
        )


@pytest.mark.parametrize("status", ["draft", "published"])
def test_there_is_never_a_second_draft_or_published_version(status, published):
    publishing.start_draft(by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Checklist.objects.create(key="x", title="x", created_by_name="x", status=status)


def test_a_checklist_that_assessed_something_cannot_be_deleted(published):
    factories.an_assessment()

    with pytest.raises(ProtectedError):
        published.delete()


@pytest.mark.parametrize("model", [Checklist, *ROW_MODELS], ids=lambda model: model.__name__)
def test_truncate_is_refused(model):
    table = model._meta.db_table

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER never_truncated")
        with refused():
            cursor.execute(f"TRUNCATE {table} CASCADE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER never_truncated")
