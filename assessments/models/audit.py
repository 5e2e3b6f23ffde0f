"""Who changed what, and when. Written by `assessments.auditing` only, and by nobody again (migration 0006)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now

# Every different value of an indexed column, found by jumping from one to the next: the same few steps in a table of
# a thousand rows and of a hundred million, where SELECT DISTINCT would read them all.
JUMP = """
WITH RECURSIVE jump AS (
    (SELECT {field} AS value FROM {table} ORDER BY {field} LIMIT 1)
    UNION ALL
    SELECT (SELECT {field} FROM {table} WHERE {field} > jump.value ORDER BY {field} LIMIT 1) FROM jump
    WHERE jump.value IS NOT NULL
)
SELECT value FROM jump WHERE value IS NOT NULL LIMIT 500
"""


class Unsaid:
    """A value that the trail never tells: it knows only whether it became another one."""

    WORDS = "(not kept here)"

    def __init__(self, value):
        self._value = value

    def __eq__(self, other):
        return isinstance(other, Unsaid) and self._value == other._value

    def __hash__(self):
        return hash(self._value)


class FieldsEncoder(DjangoJSONEncoder):
    """JSON of the fields of a row."""

    def default(self, o):
        return Unsaid.WORDS if isinstance(o, Unsaid) else super().default(o)


class AuditEntryQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-id")

    def values_of(self, field):
        """Every different value of `field` (user_name, verb or kind), in order, for a filter."""
        if field not in {"user_name", "verb", "kind"}:
            raise ValueError(f"{field} has no index to jump along.")
        with connection.cursor() as cursor:
            cursor.execute(JUMP.format(field=field, table=self.model._meta.db_table))
            return [value for (value,) in cursor.fetchall()]


class AuditEntry(models.Model):
    """One thing that one person, or the software itself, did.

    It points to nothing: the person and the row are kept as numbers and words, and so outlive both. `before` and
    `after` hold the fields that changed; an addition has no `before`, a deletion no `after`.
    """

    recorded_at = models.DateTimeField("when", db_default=Now(), editable=False)
    user_id = models.BigIntegerField(null=True, editable=False, help_text="Empty when the software did it.")
    user_name = models.CharField("who", max_length=200, editable=False)
    verb = models.CharField("did what", max_length=60, editable=False)
    kind = models.CharField("to what kind", max_length=120, editable=False, help_text="Example: assessments.claim")
    object_id = models.CharField("its number", max_length=100, blank=True, editable=False)
    label = models.CharField("its name", max_length=300, blank=True, editable=False)
    before = models.JSONField(null=True, editable=False, encoder=FieldsEncoder)
    after = models.JSONField(null=True, editable=False, encoder=FieldsEncoder)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = "entry of the audit trail"
        verbose_name_plural = "audit trail"
        indexes = (
            models.Index(fields=("user_name", "-id"), name="audit_by_user"),
            models.Index(fields=("verb", "-id"), name="audit_by_verb"),
            models.Index(fields=("kind", "-id"), name="audit_by_kind"),
            models.Index(fields=("object_id", "-id"), name="audit_by_number"),
            models.Index(fields=("recorded_at",), name="audit_by_time"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(user_name="") & ~Q(verb="") & ~Q(kind=""), name="audit_entry_says_who_and_what"
            ),
        )

    def __str__(self):
        return f"{self.user_name}: {self.verb} {self.label or self.kind}"
