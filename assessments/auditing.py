"""The audit trail: the only writer of an AuditEntry.

`record` is called inside the transaction of the change itself: either both are there, or neither. It asks for no
request, so that commands and jobs leave the same trail as the staff pages.

What is never kept: the words of a post, what is encrypted at rest, passwords, and the frozen texts that have a digest.
Of these the trail only says that they changed.
"""

from django.db import router
from django.db.models.deletion import Collector

from assessments.models.audit import AuditEntry, Unsaid
from posts.encryption import EncryptedTextField

SOFTWARE = "The software itself"

UNSAID_KINDS = frozenset({"posts.post"})
UNSAID_FIELDS = frozenset(
    {
        "auth.user.password",
        "assessments.assessment.result",
        "assessments.checklist.snapshot",
        "mfa.authenticator.data",
    }
)
# What a deletion takes along and nobody needs to know of: Django's own notes about an account that is deleted.
UNREMARKED = frozenset({"admin"})


def record(*, by, verb, what, before=None, after=None):
    """Note that `by` (None for the software itself) did `verb` to `what`: a row, or a model when it is about many.

    `before` and `after` are dictionaries of the fields that changed (see `changed_fields`). Returns the AuditEntry.
    """
    return AuditEntry.objects.create(**_entry(by, verb, what, before, after))


def record_many(*, by, verb, changes):
    """The same for many rows at once. `changes` are triples (row, before, after)."""
    AuditEntry.objects.bulk_create([AuditEntry(**_entry(by, verb, *change)) for change in changes], batch_size=500)


def state_of(row):
    """The fields of a row by name, as they are in Python; with many-to-many fields as sorted names."""
    kind = row._meta.label_lower
    state = {}
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        state[field.name] = Unsaid(value) if value and _is_unsaid(kind, field) else value
    return state | {
        # select_related: the name of a permission has the name of its kind in it.
        field.name: sorted(str(other) for other in getattr(row, field.name).all().select_related())
        for field in row._meta.many_to_many
    }


def _is_unsaid(kind, field):
    named = kind in UNSAID_KINDS or f"{kind}.{field.name}" in UNSAID_FIELDS
    return named or isinstance(field, EncryptedTextField)


def states_of(model, keys):
    """{primary key: state} of the rows as the database has them now."""
    return {key: state_of(row) for key, row in model._base_manager.in_bulk(list(keys)).items()}


def changed_fields(before, after):
    """(before, after) with only the fields that differ; an absent side stays None. Both None when nothing differs."""
    if before is None or after is None:
        return before, after
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return None, None
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def record_difference(*, by, what, before, after):
    """Note an addition, a change or a deletion from two states (see `state_of`); nothing when they are the same."""
    before, after = changed_fields(before, after)
    if before is not None or after is not None:
        verb = "add" if before is None else "delete" if after is None else "change"
        record(by=by, verb=verb, what=what, before=before, after=after)


def record_deletion(*, by, rows):
    """Note that these rows, and all that goes with them, are about to be deleted. Raises ProtectedError."""
    rows = list(rows)
    if not rows:
        return
    collector = Collector(using=router.db_for_write(type(rows[0]), instance=rows[0]), origin=rows)
    collector.collect(rows)
    gone = [row for found in collector.data.values() for row in found]
    gone += [row for found in collector.fast_deletes for row in found]
    told = [row for row in gone if not row._meta.auto_created and row._meta.app_label not in UNREMARKED]
    record_many(by=by, verb="delete", changes=[(row, state_of(row), None) for row in told])


def _entry(by, verb, what, before=None, after=None):
    is_row = not isinstance(what, type)
    return {
        "user_id": by.pk if by else None,
        "user_name": by.get_username() if by else SOFTWARE,
        "verb": verb,
        "kind": what._meta.label_lower,
        "object_id": str(what.pk) if is_row else "",
        "label": str(what)[:300] if is_row else str(what._meta.verbose_name_plural),
        "before": before,
        "after": after,
    }
