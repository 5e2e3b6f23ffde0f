"""A view of the queue that somebody kept. Written by `saved_filters.py` only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from posts.models import new_key


class SavedFilterQuerySet(models.QuerySet):
    def seen_by(self, person):
        """One's own filters and the shared ones, by name."""
        return (
            self.filter(Q(owner=person) | Q(is_shared=True))
            .select_related("owner__moderator_preference")
            .order_by("name", "id")
        )


class SavedFilter(models.Model):
    """A name for a set of choices on the queue page. `choices` holds what the form sent, field by field."""

    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=60)
    choices = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="saved_filter_name_once"),)

    def __str__(self):
        return self.name
