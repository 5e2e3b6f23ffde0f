"""Who may ask by program, how much each did today, and what was asked twice. Nothing here holds words of a post."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Scope(models.TextChoices):
    ASSESS = "assess", "Assess texts and links. Nothing is stored"
    REPORT = "report", "Make reports that are stored and have an address"
    READ = "read", "Fetch a report by its key"
    FLAG = "flag", "Tell the moderators about a report"


class ApiKeyQuerySet(models.QuerySet):
    def working(self):
        """Keys that nobody has stopped."""
        return self.filter(stopped_at__isnull=True)


class ApiKey(models.Model):
    """A key for one organisation. Its secret was shown once; only its hash is here. Written only by `keys.py`.

    The secret has 256 random bits, so a plain SHA-256 of it cannot be guessed back, and needs no salt.
    """

    name = models.CharField(max_length=100, help_text="Whose key it is. Example: Youth portal of Leeds.")
    contact = models.CharField(max_length=200, help_text="Whom to write to when something is wrong with it.")
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), help_text="What may be done with it.")
    per_minute = models.PositiveIntegerField(default=300, help_text="So many posts or other calls in one minute.")
    per_day = models.PositiveIntegerField(default=10_000, help_text="So many in one day (UTC).")
    prefix = models.CharField(max_length=12, unique=True, editable=False, help_text="How the key begins.")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    stopped_at = models.DateTimeField(null=True, editable=False)
    last_used_on = models.DateField(null=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = "API key"
        constraints = (
            models.CheckConstraint(condition=Q(scopes__contained_by=Scope.values), name="api_key_scopes_known"),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="api_key_may_something"),
            models.CheckConstraint(condition=Q(per_minute__gt=0, per_day__gt=0), name="api_key_has_quotas"),
        )

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"


class KeyUse(models.Model):
    """What one key did on one day (UTC), and in the newest minute of it. Written only by `quotas.py`."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField(db_index=True)
    day_count = models.PositiveIntegerField()
    minute = models.DateTimeField()
    minute_count = models.PositiveIntegerField()

    class Meta:
        ordering = ("-day",)
        constraints = (models.UniqueConstraint(fields=("key", "day"), name="key_use_once_per_day"),)

    def __str__(self):
        return f"{self.day_count} on {self.day:%Y-%m-%d}"


class Repeat(models.Model):
    """A call that may come again with the same Idempotency-Key: hashes only. Written only by `repeats.py`."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="repeats")
    mark = models.CharField(max_length=64, help_text="A keyed hash of the operation and the Idempotency-Key.")
    body_mark = models.CharField(max_length=64, help_text="A keyed hash of what was sent.")
    submission = models.CharField(max_length=64, help_text="Under which number the action runs: once for all repeats.")
    is_done = models.BooleanField(default=False, help_text="Whether it went well once.")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (models.UniqueConstraint(fields=("key", "mark"), name="repeat_once_per_mark"),)

    def __str__(self):
        return f"Repeat {self.pk}"
