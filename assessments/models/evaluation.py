"""How right the checker was when it was measured on labelled posts. Written by `assessments.measuring` alone."""

from django.db import models
from django.db.models import Q


class EvaluationRunQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-ran_at", "-id")


class EvaluationRun(models.Model):
    """One run of `manage.py evaluate` that was kept, for everybody to read. It holds counts, and no word of a post.

    No foreign key to the checklist: figures can come with the software, measured before this database was made. The
    digest says which version it was, and whether this installation has it.
    """

    checklist_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    ran_at = models.DateTimeField()
    note = models.TextField(help_text="On which posts it was measured. Shown to everybody.")
    figures = models.JSONField(
        help_text="Counts by flag and source: [{label, source, hits, false_alarms, misses, silences}, …]."
    )

    objects = EvaluationRunQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(note="") & ~Q(figures=[]) & Q(digest__regex="^[0-9a-f]{64}$"),
                name="evaluation_run_is_whole",
            ),
        )

    def __str__(self):
        return f"Checklist {self.checklist_version}, engine {self.engine_version}, {self.ran_at:%-d %B %Y}"
