"""A way to show a report to somebody without giving its own address away. Written by `assessments.sharing`."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from posts.models import new_key


class ShareLinkQuerySet(models.QuerySet):
    def working(self):
        """Links that open a page now: not stopped, not run out, and the post is still kept."""
        now = timezone.now()
        return self.filter(revoked_at__isnull=True, expires_at__gt=now, post__expires_at__gt=now)


class ShareLink(models.Model):
    """A second key to one report. It opens a page to read and nothing else, until it runs out or is stopped."""

    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    post = models.ForeignKey("posts.Post", on_delete=models.CASCADE, related_name="share_links")
    shows_post = models.BooleanField(help_text="Whether the page shows the words of the post too.")
    submission = models.CharField(max_length=64, editable=False, help_text="The form it came from.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("post", "submission"), name="share_link_once_per_form"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="share_link_expires_after_created"
            ),
        )

    def __str__(self):
        # Not the key: whoever has it can read.
        return f"Share link {self.pk}"
