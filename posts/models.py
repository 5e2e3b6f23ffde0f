"""What people bring us: posts, written only by `intake.py`; links to read, written only by `link_reading.py`.

Removed only by `retention.py`.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from posts.encryption import EncryptedTextField
from posts.links import only_link, recognise
from posts.links.platforms import NAMES
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


class KeptQuerySet(models.QuerySet):
    """Questions about what is kept for a time: posts, and links on their way to one."""

    def kept(self):
        """Those whose time has not run out. Everything the public sees is one of these."""
        return self.filter(expires_at__gt=timezone.now())

    def expired(self, *, now=None):
        """Those whose time has run out and that wait for the purge."""
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

    objects = KeptQuerySet.as_manager()

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


class ReadingState(models.TextChoices):
    """How far the reading of a link is."""

    WAITING = "waiting", "Nobody reads it yet"
    READING = "reading", "Somebody reads it now"
    DONE = "done", "It became a post"
    FAILED = "failed", "It could not be read"
    STOPPED = "stopped", "The reader would rather paste the words"


class LinkReading(models.Model):
    """A link that somebody pasted without words, on its way to a post. Kept for an hour; it goes with its post."""

    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    text = EncryptedTextField(help_text="What was in the box: the link, as it was pasted. Encrypted at rest.")
    author_line = EncryptedTextField(blank=True, default="", help_text="What the reader says about the author.")
    country = models.CharField(max_length=2, blank=True, help_text="Country for help services, two letters, or empty.")
    submission = models.CharField(max_length=64, unique=True, editable=False, help_text="The form it came from.")
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.WAITING)
    claimed_at = models.DateTimeField(null=True, editable=False, help_text="When somebody began to read it.")
    sentence = models.TextField(blank=True, default="", help_text="Why it could not be read, as the reader was told.")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="link_readings")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="reading_expires_after_created"),
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReadingState.DONE, post__isnull=False)
                | (~Q(state=ReadingState.DONE) & Q(post__isnull=True)),
                name="reading_done_has_its_post",
            ),
        ]

    def __str__(self):
        # Not the key: whoever has it can read.
        return f"Link reading {self.pk}"

    @property
    def link(self):
        """The Link that was pasted."""
        return only_link(self.text)


class RequestCount(models.Model):
    """How many forms one (hashed) address sent in one window. Written only by `rate_limit.py`."""

    who = models.CharField(max_length=64)
    window_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "window_at"], name="request_count_once_per_window")]

    def __str__(self):
        return f"{self.count} since {self.window_at:%H:%M}"


class LinkProvider(models.Model):
    """A platform whose switch somebody has used; without a row it is on. Written only by `links/switches.py`."""

    key = models.CharField(max_length=20, unique=True)
    is_on = models.BooleanField(default=True, help_text="Whether we read links to this platform.")
    switched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    switched_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        verbose_name = "platform whose links are read"
        verbose_name_plural = "platforms whose links are read"

    def __str__(self):
        return f"Links to {NAMES.get(self.key, self.key)}"


class LinkHost(models.Model):
    """A host that failed or asked us to wait. Written only by `links/pauses.py`, and purged."""

    host = models.CharField(max_length=253, unique=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    paused_until = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["host"]

    def __str__(self):
        return self.host

    @property
    def is_paused(self):
        """Whether it is left alone now."""
        return bool(self.paused_until and self.paused_until > timezone.now())


class LinkAnswer(models.Model):
    """What a link said, for a day, so that nobody is asked twice. Written only by `links/keeping.py`, and purged.

    The link is only a keyed hash, and the answer is encrypted: the table does not tell what people look at.
    """

    digest = models.CharField(max_length=64, unique=True)
    answer = EncryptedTextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["expires_at"]

    def __str__(self):
        return f"Answer until {self.expires_at:%H:%M}"
