"""Work over all stored posts, in the background, batch by batch. Written by `previewing` and `reassessing`."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.models.rows import one_of

# A batch takes a second or two, and a job whose worker died is taken up again within two minutes.
LONG_FOR_A_BATCH = timedelta(minutes=3)


class RunState(models.TextChoices):
    RUNNING = "running", "Running"
    STOPPED = "stopped", "Stopped"
    FINISHED = "finished", "Finished"


class RunQuerySet(models.QuerySet):
    def running(self):
        return self.filter(state=RunState.RUNNING)

    def newest_first(self):
        return self.order_by("-id")


class PostsRun(models.Model):
    """How far a run has come. Every batch moves it on in the same transaction in which it does its work.

    `batch` is the number of the batch that comes next: a job says which batch it is for, so that the same job can come
    twice and do its work once. `last_post` is the cursor, `final_post` the newest post there was at the start.
    """

    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    batch = models.PositiveIntegerField(default=0)
    last_post = models.BigIntegerField(default=0)
    final_post = models.BigIntegerField()
    posts_total = models.PositiveIntegerField()
    posts_done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_by_name = models.CharField(max_length=200)
    moved_at = models.DateTimeField(default=timezone.now, help_text="When the last batch was done.")
    ended_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-id",)

    @property
    def is_running(self):
        return self.state == RunState.RUNNING

    @property
    def stands_still(self):
        """Whether a run that should go on has done nothing for a while: no worker runs, or its job was lost."""
        return self.is_running and timezone.now() - self.moved_at > LONG_FOR_A_BATCH

    @property
    def is_stopped(self):
        return self.state == RunState.STOPPED

    @property
    def is_finished(self):
        return self.state == RunState.FINISHED

    @property
    def steps_total(self):
        """What the progress bar counts."""
        return self.posts_total

    @property
    def steps_done(self):
        """Posts can be deleted meanwhile: what is finished is done, however few there were."""
        return self.steps_total if self.is_finished else self.posts_done


class PreviewRun(PostsRun):
    """What a draft would change: its examples tried, and every stored post read with it and with what is published.

    Counts alone, and numbers of posts so that a page can link to their reports while they are kept; no words of them.
    `content` is the draft as it was at the start (an edit afterwards makes the preview out of date), until it is done.
    """

    draft = models.ForeignKey("assessments.Checklist", on_delete=models.CASCADE, related_name="previews")
    digest = models.CharField(max_length=64, help_text="Of the draft's content.")
    content = models.TextField(blank=True)
    compared_version = models.PositiveIntegerField()
    compared_digest = models.CharField(max_length=64)
    entries_total = models.PositiveIntegerField(help_text="Claims and signals whose examples are tried.")
    entries_done = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict, help_text="See assessments/impact.py.")

    class Meta(PostsRun.Meta):
        verbose_name = "preview of a draft"
        verbose_name_plural = "previews of drafts"
        constraints = (
            one_of("state", RunState, "preview_state_known"),
            models.UniqueConstraint(fields=("draft",), condition=Q(state="running"), name="preview_one_running"),
        )

    def __str__(self):
        return f"Preview of {self.started_at:%-d %B %Y, %H:%M}"

    @property
    def steps_total(self):
        return self.entries_total + self.posts_total

    @property
    def steps_done(self):
        return self.steps_total if self.is_finished else self.entries_done + self.posts_done

    @property
    def level_changes(self):
        """How many of the posts read would get another level."""
        levels = self.figures["levels"][""]
        return sum(cell[0] for before, row in levels.items() for after, cell in row.items() if before != after)


class ReassessRun(PostsRun):
    """The stored posts read again with a version that was published. The reports made before stay as they are."""

    checklist = models.ForeignKey("assessments.Checklist", on_delete=models.PROTECT, related_name="+")
    posts_reassessed = models.PositiveIntegerField(default=0)
    levels_changed = models.PositiveIntegerField(default=0)

    class Meta(PostsRun.Meta):
        verbose_name = "re-assessment of all posts"
        verbose_name_plural = "re-assessments of all posts"
        constraints = (
            one_of("state", RunState, "reassess_state_known"),
            models.UniqueConstraint(fields=("state",), condition=Q(state="running"), name="reassess_one_running"),
        )

    def __str__(self):
        return f"Re-assessment of {self.started_at:%-d %B %Y, %H:%M}"
