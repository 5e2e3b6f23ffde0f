"""What people bring us. Written only by `intake.py`, removed only by `retention.py`."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from posts.encryption import EncryptedTextField
from posts.links import recognise
from posts.source_marks import source_marks


def new_key():
    """22 unguessable URL-safe characters (128 bits): whoever has the key may read the report."""
    return secrets.token_urlsafe(16)


class ReadAs(models.TextChoices):
    """How the words of a post came to us: what else there was to read, and was not, depends on it."""

    TYPED = "typed", "Typed or pasted by the reader"
    FULL_TEXT = "full_text", "The whole text, read from the link"
    CAPTION = "caption", "The caption of a video or picture, read from the link"
    TITLE = "title", "Only the title, read from the link"
    SCREENSHOT = "screenshot", "Read from a picture and checked by the reader"


class PostQuerySet(models.QuerySet):
    """Questions about posts."""

    def kept(self):
        """Posts whose time has not run out. Everything the public sees is one of these."""
        return self.filter(expires_at__gt=timezone.now())

    def expired(self, *, now=None):
        """Posts whose time has run out and that wait for the purge."""
        return self.filter(expires_at__lte=now or timezone.now())

    def seen_at(self, canonical):
        """Posts that came from this canonical link."""
        return self.filter(source_mark__in=source_marks(canonical))


class Post(models.Model):
    """One post that somebody pasted. The words are kept exactly as given, because every span counts from them."""

    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    text = EncryptedTextField(help_text="The words of the post, encrypted at rest.")
    author_line = EncryptedTextField(
        blank=True, default="", help_text="What the post or profile says about its author."
    )
    source_link = EncryptedTextField(blank=True, default="", help_text="Where the post was seen, without tracking.")
    source_mark = models.CharField(
        max_length=64, blank=True, default="", editable=False, help_text="A keyed hash of that, to find it by."
    )
    read_as = models.CharField(
        max_length=20,
        choices=ReadAs,
        default=ReadAs.TYPED,
        db_default=ReadAs.TYPED,
        help_text="How its words came to us.",
    )
    country = models.CharField(max_length=2, blank=True, help_text="Country for help services, two letters, or empty.")
    submission = models.CharField(max_length=64, unique=True, editable=False, help_text="The form it came from.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["source_mark"], condition=~Q(source_mark=""), name="post_source_mark")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="post_expires_after_created"),
            models.CheckConstraint(condition=Q(read_as__in=ReadAs.values), name="post_read_as_known"),
            models.CheckConstraint(condition=Q(country__regex=r"^([A-Z]{2})?$"), name="post_country_two_letters"),
        ]

    def __str__(self):
        return f"Post {self.key}"

    @property
    def source(self):
        """The Link to where the post was seen, or None."""
        return recognise(self.source_link)


class RequestCount(models.Model):
    """How many forms one (hashed) address sent in one window. Written only by `rate_limit.py`."""

    who = models.CharField(max_length=64)
    window_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "window_at"], name="request_count_once_per_window")]

    def __str__(self):
        return f"{self.count} since {self.window_at:%H:%M}"
