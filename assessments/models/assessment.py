"""What was found about a post. Written by `assessments.assessing` and, once written, not changed by it."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property

from assessments.models.checklist import Checklist


class AssessmentQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-created_at", "-id")

    def needing_review(self):
        return self.filter(needs_review=True)

    def not_taken_up(self):
        """Assessments that a person should look at and that nobody has been asked to yet, oldest first."""
        return self.needing_review().filter(taken_up_at__isnull=True).order_by("created_at", "id")

    def not_joined(self):
        """Assessments that need no person, as long as nobody has asked whether a case has their words. The newest are
        first: their readers may be looking at them."""
        return self.filter(needs_review=False, taken_up_at__isnull=True).order_by("-created_at", "-id")

    def with_published_digest(self):
        """Each with `published_digest`: which version is published now; None when there is none."""
        return self.annotate(published_digest=Subquery(Checklist.objects.published().values("digest")[:1]))


class Assessment(models.Model):
    """One run of one version of the checklist over one post.

    `result` is the engine's canonical JSON as TEXT, so that the very bytes are kept and running it again can be
    compared with them. It holds spans and never the words of the post: those stand, encrypted, in the post alone, and
    go when the post goes.
    """

    post = models.ForeignKey("posts.Post", on_delete=models.CASCADE, related_name="assessments")
    checklist = models.ForeignKey("assessments.Checklist", on_delete=models.PROTECT, related_name="assessments")
    checklist_version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    level = models.CharField(max_length=100)
    crisis = models.BooleanField()
    language = models.CharField(max_length=10)
    words = models.PositiveIntegerField()
    result = models.TextField()
    needs_review = models.BooleanField(default=False)
    review_reasons = models.JSONField(default=list, help_text="Keys that say why a person should look at it.")
    taken_up_at = models.DateTimeField(
        null=True, editable=False, help_text="When it became work for moderators, or was found to be none."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(F("post"), F("created_at").desc(), F("id").desc(), name="assessment_newest_of_post"),
            models.Index(fields=("created_at", "id"), condition=Q(needs_review=True), name="assessment_needs_review"),
            models.Index(
                fields=("created_at", "id"),
                condition=Q(needs_review=True, taken_up_at__isnull=True),
                name="assessment_not_taken_up",
            ),
            models.Index(
                fields=("created_at", "id"),
                condition=Q(needs_review=False, taken_up_at__isnull=True),
                name="assessment_not_joined",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(needs_review=False, review_reasons=[]) | (Q(needs_review=True) & ~Q(review_reasons=[])),
                name="assessment_review_has_reasons",
            ),
        )

    def __str__(self):
        return f"Assessment {self.pk} by version {self.checklist_version}"

    def get_absolute_url(self):
        return reverse("assessments:report", args=(self.post.key,))

    @cached_property
    def report_record(self):
        """The stored result as a dictionary: the machine-readable contract without `id`. Read it, never change it."""
        return json.loads(self.result)


class Finding(models.Model):
    """One thing that was found, as a row, for counting and for people's decisions about it. `order` as in `result`."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    order = models.PositiveIntegerField()
    item = models.CharField(max_length=100)
    answer = models.CharField(max_length=50)
    effect = models.CharField(max_length=20)
    signal = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    context = models.CharField(max_length=20)
    counted = models.BooleanField()
    masked = models.BooleanField()
    spans = models.JSONField(help_text="Half-open code-point ranges into the post: [[start, end], …].")
    place = models.CharField(max_length=20, default="text")

    class Meta:
        ordering = ("assessment", "order")
        indexes = (models.Index(fields=("signal", "assessment"), name="finding_by_signal"),)
        constraints = (models.UniqueConstraint(fields=("assessment", "order"), name="finding_order_once"),)

    def __str__(self):
        return f"{self.item} = {self.answer}: {self.signal}"
