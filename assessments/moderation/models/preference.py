"""How one moderator wants to work. Written by `preferring.py` only."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Nudge(models.IntegerChoices):
    """After how many minutes of reading a break is suggested."""

    NEVER = 0, "Never"
    HALF_HOUR = 30, "After 30 minutes"
    FIFTY = 50, "After 50 minutes"
    HOUR_AND_A_HALF = 90, "After 90 minutes"


class ModeratorPreference(models.Model):
    """What one person chose. Whoever chose nothing has no row, and reads as these defaults say."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderator_preference"
    )
    display_name = models.CharField(
        "Name that others see",
        max_length=40,
        blank=True,
        help_text="A made-up name is fine. With one, nobody sees the name that you sign in with.",
    )
    blur = models.BooleanField("Blur the post until I point at it", default=False)
    grey = models.BooleanField("Show the post without colours", default=False)
    fold_always = models.BooleanField("Fold the post again whenever a page is loaded", default=False)
    topics_not_read = ArrayField(
        models.CharField(max_length=100), default=list, blank=True, help_text="Keys of sections of the checklist."
    )
    shortcuts_off = models.BooleanField("No keyboard shortcuts of one letter", default=False)
    nudge_minutes = models.PositiveSmallIntegerField("Suggest a break", choices=Nudge, default=Nudge.FIFTY)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(nudge_minutes__in=Nudge.values), name="preference_nudge_known"),
        )

    def __str__(self):
        return f"What person {self.person_id} prefers"
