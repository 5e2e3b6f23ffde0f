"""Practice cases: made-up posts with a known answer, mixed in with the real ones. Written by `golden.py` only."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assessments.models import Assessment, Decision
from assessments.moderation.models.case import Case


class GoldenCaseQuerySet(models.QuerySet):
    def in_use(self):
        """Practice cases that are handed out: switched on, and their post is still read as on the day it was written.

        A newer report may need another answer, so somebody has to write the case anew.
        """
        newer = Assessment.objects.filter(post=OuterRef("assessment__post"), pk__gt=OuterRef("assessment"))
        return self.filter(is_on=True).exclude(Exists(newer))


class GoldenCase(models.Model):
    """The answer that a senior moderator expects to a made-up post, and why, for whoever answered otherwise."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="golden")
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision)
    level_after = models.CharField(max_length=100, blank=True)
    overturned = models.JSONField(default=list)
    why = models.TextField(help_text="Shown to moderators after they answered, in kind words.")
    is_on = models.BooleanField(default=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = GoldenCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="golden_decision_known"),
            models.CheckConstraint(condition=~Q(why=""), name="golden_says_why"),
        )

    def __str__(self):
        return f"Practice case {self.pk}"

    @property
    def answer(self):
        """Like Ruling.answer, to compare with."""
        return self.decision, self.level_after, tuple(sorted(self.overturned))
