"""What a person decided about a report. Written by `assessments.assessing` only: recorded, and at most undone once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.models.rows import one_of


class Decision(models.TextChoices):
    STANDS = "stands", "The report stands as it is"
    CORRECTED = "corrected", "The report is corrected"
    WITHDRAWN = "withdrawn", "The report is taken back"


class ReviewQuerySet(models.QuerySet):
    def standing(self):
        """Decisions that were not undone: only these are shown."""
        return self.filter(undone_at__isnull=True)

    def newest_first(self):
        return self.order_by("-reviewed_at", "-id")


class Review(models.Model):
    """One decision about one assessment. The assessment stays as the engine made it; the newest decision is shown."""

    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.CASCADE, related_name="reviews")
    decision = models.CharField(max_length=10, choices=Decision)
    note = models.TextField(help_text="Why, in plain words. The reader sees it on the report.")
    policy = models.TextField(blank=True, default="", help_text="The rule behind it, as it was worded on that day.")
    overturned = models.JSONField(default=list, blank=True, help_text="Keys of the questions that no longer count.")
    level_after = models.CharField(  # noqa: DJ001 - no other level is not a level without a name
        max_length=100, null=True, blank=True, help_text="The level from now on; empty when it stays."
    )
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False, help_text="When its maker took it back.")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("-reviewed_at", "-id")
        constraints = (
            one_of("decision", Decision, "review_decision_known"),
            models.CheckConstraint(condition=~Q(note=""), name="review_says_why"),
            models.CheckConstraint(
                condition=Q(decision=Decision.CORRECTED) | Q(overturned=[], level_after__isnull=True),
                name="review_only_a_correction_changes",
            ),
        )

    def __str__(self):
        return f"Review {self.pk}: {self.decision}"
