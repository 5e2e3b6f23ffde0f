"""What one person decided about one case. Written by `deciding.py` only; an undone ruling stays and says so.

A ruling is one person's answer; once the answers that a case needs are in, the last of them becomes a Review on every
post of the case, which is what readers see.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.models import Decision
from assessments.moderation.models.case import Case


class Round(models.TextChoices):
    FIRST = "first", "First reading"
    SECOND = "second", "Second reading, blind"
    THIRD = "third", "Third reading, settles it"
    GOLDEN = "golden", "Practice case with a known answer"


class RulingReason(models.Model):
    """A reason that a moderator may give, with the rule behind it. Loaded once from the content, then edited."""

    key = models.SlugField(max_length=60, unique=True, help_text="A short name that never changes.")
    label = models.CharField(max_length=200, help_text="As moderators see it. Example: The words were a quotation.")
    policy = models.TextField(help_text="The rule that stands behind it, in plain words. Readers may see it.")
    note_template = models.TextField(blank=True, help_text="A note to begin with. Moderators change it.")
    decisions = models.JSONField(default=list, help_text='Which decisions it fits. Example: ["stands"].')
    is_active = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order", "key")

    def __str__(self):
        return self.label


class RulingQuerySet(models.QuerySet):
    def standing(self):
        """Rulings that were not undone."""
        return self.filter(undone_at__isnull=True)

    def final(self):
        """Rulings that settled a case and stand: what readers were told."""
        return self.standing().filter(is_final=True)


class Ruling(models.Model):
    """One person's answer to one case.

    `verdicts` are about findings one by one: [{"order", "item", "signal", "agrees", "reason"}]. `missed` are findings
    that the checklist did not make: [{"item", "answer", "spans", "why"}]. `title_checks` are look-ups in registers:
    [{"title", "register", "on", "found"}]. `counted` is what counted in the report that was read, [[item, signal], …]:
    it outlives the post, so that figures about questions reach further back. None of them holds words of the post.
    `is_open`: it belongs to the case's present round of readings; an appeal begins a new one.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rulings")
    round = models.CharField(max_length=10, choices=Round)
    decision = models.CharField(max_length=10, choices=Decision)
    level_before = models.CharField(max_length=100)
    level_after = models.CharField(max_length=100, blank=True)
    overturned = models.JSONField(default=list)
    verdicts = models.JSONField(default=list)
    missed = models.JSONField(default=list)
    title_checks = models.JSONField(default=list)
    counted = models.JSONField(default=list)
    checklist_version = models.PositiveIntegerField(null=True, help_text="The version that made the report.")
    reason = models.ForeignKey(RulingReason, on_delete=models.PROTECT, related_name="+")
    policy = models.TextField(help_text="The rule as it was worded on that day.")
    note = models.TextField(help_text="For the reader, in plain words.")
    reviews = models.ManyToManyField("assessments.Review", related_name="+", help_text="What readers were told.")
    is_final = models.BooleanField(default=False, help_text="It settled the case and is what readers see.")
    is_open = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = models.TextField(blank=True)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("by", "created_at"), name="ruling_by_person"),
            models.Index(fields=("created_at",), condition=Q(is_final=True), name="ruling_final"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(round__in=Round.values), name="ruling_round_known"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="ruling_decision_known"),
            models.CheckConstraint(condition=~Q(note="") & ~Q(policy=""), name="ruling_says_why"),
            # The database itself keeps two people from giving the same answer of a case.
            models.UniqueConstraint(
                fields=("case", "round"),
                condition=Q(undone_at=None, is_open=True) & ~Q(round="golden"),
                name="ruling_once_per_round",
            ),
            models.UniqueConstraint(
                fields=("case", "by"), condition=Q(undone_at=None, is_open=True), name="ruling_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason="")),
                name="ruling_undone_together",
            ),
        )

    def __str__(self):
        return f"Ruling {self.pk}: {self.decision}"

    @property
    def answer(self):
        """What two readers must agree in, to agree: what happens to the report."""
        return self.decision, self.level_after, tuple(sorted(self.overturned))
