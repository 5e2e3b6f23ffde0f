"""Somebody asks for another person to look again. Written by `appealing.py` only."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.moderation.models.case import Case, CaseState
from assessments.moderation.models.ruling import Ruling
from posts.encryption import EncryptedTextField


class Appellant(models.TextChoices):
    READER = "reader", _("I read the post or the report")
    AUTHOR = "author", _("I wrote the post")
    IN_POST = "in_post", _("The post is about me")


class AppealState(models.TextChoices):
    WAITING = "waiting", "Waits for an answer"
    ANSWERED = "answered", "Answered"


class AppealQuerySet(models.QuerySet):
    def waiting(self):
        """Appeals that nobody has answered yet."""
        return self.filter(state=AppealState.WAITING)

    def about(self, post):
        """Appeals about the words of this post: those of everybody whose post has them."""
        return self.filter(case__members__post=post)


class Appeal(models.Model):
    """Somebody asks us to look again, and says what is wrong. It goes when the post goes. Nobody is asked for a name.

    `reply` is for whoever asked, and stands on the report. `ruling` is the decision that it came with; when that is
    undone the appeal waits again and keeps the words of the reply for the next reader.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appeals")
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.CASCADE, related_name="appeals")
    who = models.CharField(max_length=10, choices=Appellant)
    words = EncryptedTextField(help_text="What is wrong, in their words, encrypted at rest.")
    submission = models.CharField(max_length=64, editable=False, help_text="The form it came from.")
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.WAITING)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    reply = models.TextField(blank=True, help_text="For whoever asked, in plain words.")
    answered_at = models.DateTimeField(null=True, editable=False)
    ruling = models.ForeignKey(Ruling, null=True, editable=False, on_delete=models.PROTECT, related_name="appeals")

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("case",), condition=Q(state="waiting"), name="appeal_waiting"),)
        constraints = (
            models.UniqueConstraint(fields=("case", "submission"), name="appeal_once_per_form"),
            models.CheckConstraint(condition=Q(who__in=Appellant.values), name="appeal_who_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None, ruling=None)
                | (Q(state="answered", answered_at__isnull=False, ruling__isnull=False) & ~Q(reply="")),
                name="appeal_answered_together",
            ),
        )

    def __str__(self):
        return f"Appeal {self.pk}"

    @property
    def is_last_word(self):
        """Whether its answer is the decision that stands, so that nobody may appeal again."""
        return self.ruling is not None and self.ruling.is_open and self.case.state == CaseState.DECIDED
