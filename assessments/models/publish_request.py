"""What one person wants to publish and another one has to approve, where two people are needed."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class PublishRequest(models.Model):
    """“Ready to publish”: who said it of which draft, and of exactly which content.

    `digest` is the SHA-256 of the draft's content when its asker looked at it: after an edit it is another, and the
    request no longer counts. Asking again replaces the request. It stays when the draft was published, and then says
    who asked.
    """

    checklist = models.OneToOneField(
        "assessments.Checklist", on_delete=models.CASCADE, editable=False, related_name="publish_request"
    )
    digest = models.CharField(max_length=64, editable=False)
    note = models.TextField(editable=False)
    asked_at = models.DateTimeField(editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200, editable=False)

    class Meta:
        default_permissions = ()  # nobody edits one: asking and approving are actions
        constraints = (
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$") & ~Q(note="") & ~Q(asked_by_name=""),
                name="publish_request_is_whole",
            ),
        )

    def __str__(self):
        return f"{self.asked_by_name} asks to publish"
