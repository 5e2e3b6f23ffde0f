"""A reader's word to the moderators. Written by `flagging.py` only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.encryption import EncryptedTextField


class Kind(models.TextChoices):
    WRONG_RESULT = "wrong_result", _("You got this wrong")
    DANGEROUS = "dangerous", _("This is dangerous")
    LOOK_AT_POST = "look_at_post", _("Please look at this post")


class State(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class FlagQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=State.OPEN)


class Flag(models.Model):
    """Somebody says that a report is wrong, or that a person should look at the post. It goes when the post goes."""

    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = EncryptedTextField(blank=True, default="", help_text="Their words, encrypted at rest.")
    submission = models.CharField(max_length=64, editable=False, help_text="The form it came from.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("created_at", "id"), condition=Q(state="open"), name="flag_open"),)
        constraints = (
            models.UniqueConstraint(fields=("assessment", "submission"), name="flag_once_per_form"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="flag_kind_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closed_by__isnull=True)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="flag_closed_together",
            ),
        )

    def __str__(self):
        return f"Flag {self.pk}"
