"""A reader's light word about one question of a report. Written by `voting.py` only."""

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class VoteKind(models.TextChoices):
    HARD = "hard", _("Hard to understand")
    WRONG = "wrong", _("Wrong")


class VoteQuerySet(models.QuerySet):
    def by_question(self):
        """How often each question of the checklist was found hard and wrong: {"item", "hard", "wrong"}, by question."""
        counts = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in VoteKind}
        return self.order_by("item").values("item").annotate(**counts)


class Vote(models.Model):
    """A reader says that one answer of a report is hard to understand, or wrong. It is counted, and opens no case."""

    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.CASCADE, related_name="votes")
    item = models.CharField(max_length=100, help_text="The key of the question.")
    kind = models.CharField(max_length=10, choices=VoteKind)
    submission = models.CharField(max_length=64, editable=False, help_text="The form it came from.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("item", "kind"), name="vote_by_question"),)
        constraints = (
            models.UniqueConstraint(fields=("assessment", "item", "kind", "submission"), name="vote_once_per_form"),
            models.CheckConstraint(condition=Q(kind__in=VoteKind.values), name="vote_kind_known"),
        )

    def __str__(self):
        return f"{self.item} is {self.kind}"
