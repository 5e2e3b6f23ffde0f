"""A case: one text that people should look at, however often it was brought to us and whoever asked for it.

Written by `cases.py` (opening, adding to), `assigning.py` (who reads it now) and `deciding.py` (what came of it).
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from assessments.moderation.models.topic_access import TopicAccess
from posts.models import new_key


class Band(models.IntegerChoices):
    """How pressing a case is, the most pressing first. A band and never a score: it orders work, it judges nobody."""

    CRISIS = 1, "Crisis"
    SERIOUS = 2, "Serious harm"
    APPEAL = 3, "Appeal"
    WORRY = 4, "A reader is worried"
    DOUBT = 5, "A reader disagrees"


# How long a case of each band may wait before it is late.
CLOCKS = {
    Band.CRISIS: timedelta(hours=2),
    Band.SERIOUS: timedelta(hours=24),
    Band.APPEAL: timedelta(days=3),
    Band.WORRY: timedelta(days=2),
    Band.DOUBT: timedelta(days=3),
}


class CaseState(models.TextChoices):
    OPEN = "open", "Waits for a first reading"
    SECOND = "second", "Waits for a second reading"
    THIRD = "third", "Two readers disagree, waits for a third"
    # Called like a first reading, so that nobody can tell it from one.
    GOLDEN = "golden", "Waits for a first reading"
    DECIDED = "decided", "Decided"
    GONE = "gone", "The post was deleted"


WAITING = (CaseState.OPEN, CaseState.SECOND, CaseState.THIRD)
# What a person can read and answer: what waits, and practice cases, which are in no list and wait for nobody.
READABLE = (*WAITING, CaseState.GOLDEN)
# The condition of the indexes behind the queue.
WAITS = Q(state__in=("open", "second", "third"))


class ReferralSource(models.TextChoices):
    MACHINE = "machine", "The checklist"
    RECHECK = "recheck", "A new check of an old post"
    READER = "reader", "A reader"
    APPEAL = "appeal", "An appeal"


class SkipReason(models.TextChoices):
    TOPIC = "topic", "I do not read this topic"
    TOO_CLOSE = "too_close", "It is too close to me"
    KNOWN = "known", "I know the people in it"
    LANGUAGE = "language", "I do not read this language well"
    UNSURE = "unsure", "I am not sure, somebody else should read it"


# Nobody reads it.
FREE = {"assigned_to": None, "assigned_at": None, "assigned_until": None}


class CaseQuerySet(models.QuerySet):
    def waiting(self):
        """Cases that somebody still has to read."""
        return self.filter(state__in=WAITING)

    def practice(self):
        """Practice cases that are handed out."""
        golden = Case.golden.related.related_model
        return self.filter(state=CaseState.GOLDEN, golden__in=golden.objects.in_use())

    def in_order(self):
        """The order of the queue: the most pressing band first, then the oldest. The index follows it."""
        return self.order_by("band", "opened_at", "id")

    def free_for(self, person, *, now=None):
        """Cases that nobody reads now, or that this person reads already."""
        now = now or timezone.now()
        return self.filter(Q(assigned_to__isnull=True) | Q(assigned_until__lte=now) | Q(assigned_to=person))

    def without_topics(self, topics, *, but_of):
        """Cases without anything in these sections, and what the person `but_of` holds already whatever it is about."""
        return self.filter(~Q(sections__overlap=topics) | Q(assigned_to=but_of)) if topics else self

    def open_to(self, person):
        """Cases whose topics this person reads (see TopicAccess). One query for the rules, now."""
        never, only = TopicAccess.objects.topics_of(person)
        cases = self.exclude(sections__overlap=sorted(never)) if never else self
        # Every topic of a case must be one that the person reads, not just one of them.
        return cases.filter(sections__contained_by=sorted(only)) if only else cases

    def readable_by(self, person):
        """Waiting cases that this person may decide: of a topic they read, neither skipped nor decided by them.

        Under appeal no earlier reader may judge, otherwise none of the present round. A case is under appeal as long as
        one waits, even if something more pressing has given it another band since. Practice cases are among them;
        `waiting()` leaves them out.
        """
        standing = Case.rulings.rel.related_model.objects.standing().filter(case=OuterRef("pk"), by=person)
        appeals = Case.appeals.rel.related_model.objects.waiting().filter(case=OuterRef("pk"))
        return (
            self.filter(state__in=READABLE)
            .open_to(person)
            .exclude(Exists(standing.filter(is_open=True)))
            .exclude((Q(band=Band.APPEAL) | Exists(appeals)) & Exists(standing))
            .exclude(Exists(Skip.objects.filter(case=OuterRef("pk"), by=person)))
        )


class Case(models.Model):
    """One text for people to look at.

    `fingerprint` and `near_marks` are keyed hashes of the words: they tell the same and nearly the same text apart
    from others, and say nothing to somebody without our key. They go when the last post goes. `version` counts every
    change that a reader of the case should know of: whoever decides says which version was read.
    """

    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    band = models.PositiveSmallIntegerField(choices=Band)
    sources = ArrayField(models.CharField(max_length=10, choices=ReferralSource), default=list)
    sections = ArrayField(models.CharField(max_length=100), default=list, help_text="Sections with something found.")
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=10, blank=True)
    referrals_count = models.PositiveIntegerField(default=0, help_text="How often somebody or something asked.")
    posts_count = models.PositiveIntegerField(default=0, help_text="How many posts have these words.")
    needs_second = models.BooleanField(
        default=False, help_text="Read by two people who do not see each other's answer."
    )

    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    near_marks = ArrayField(models.BigIntegerField(), default=list, editable=False)

    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    assigned_until = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("band", "opened_at", "id")
        permissions = (
            ("decide_case", "Can read and decide cases"),
            ("undo_any_ruling", "Can undo and take over the decisions of others"),
            ("export_cases", "Can export figures and cases"),
        )
        indexes = (
            models.Index(
                fields=("band", "opened_at", "id"),
                condition=WAITS,
                name="case_queue",
            ),
            models.Index(F("decided_at").desc(), F("id").desc(), condition=Q(state="decided"), name="case_decided"),
            # Of waiting cases alone, for only those take words that are nearly the same.
            GinIndex(fields=("near_marks",), condition=WAITS, name="case_waiting_near_marks"),
            # For the choices above the queue that few cases answer: walking the queue until they come would be slow.
            GinIndex(fields=("sections", "sources"), condition=WAITS, name="case_waiting_about"),
            models.Index(fields=("country", "band", "opened_at", "id"), condition=WAITS, name="case_waiting_country"),
            models.Index(fields=("language", "band", "opened_at", "id"), condition=WAITS, name="case_waiting_language"),
            models.Index(fields=("state", "band", "opened_at", "id"), condition=WAITS, name="case_waiting_state"),
            models.Index(fields=("opened_at",), condition=WAITS, name="case_waiting_opened"),
            models.Index(fields=("due_at",), condition=WAITS, name="case_waiting_due"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.CheckConstraint(condition=Q(band__in=Band.values), name="case_band_known"),
            models.CheckConstraint(
                condition=Q(state="decided", decided_at__isnull=False) | (~Q(state="decided") & Q(decided_at=None)),
                name="case_decided_together",
            ),
            models.CheckConstraint(
                condition=Q(assigned_to=None, assigned_at=None, assigned_until=None)
                | Q(assigned_at__isnull=False, assigned_until__isnull=False),
                name="case_assigned_together",
            ),
        )

    def __str__(self):
        return f"Case {self.key}"

    @property
    def is_waiting(self):
        """Whether somebody can still read and answer it."""
        return self.state in READABLE

    def free(self):
        """Nobody reads it any more. The caller saves it."""
        for name, value in FREE.items():
            setattr(self, name, value)

    def reader_now(self, *, now=None):
        """The person who reads it now, or None: nobody does, or their time has run out."""
        if self.assigned_to_id is None or self.assigned_until <= (now or timezone.now()):
            return None
        return self.assigned_to


class CasePost(models.Model):
    """A post that belongs to a case. A post belongs to one case only; it leaves when it is deleted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    post = models.OneToOneField("posts.Post", on_delete=models.CASCADE, related_name="case_membership")
    is_exact = models.BooleanField(help_text="The very same words; otherwise nearly the same.")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("added_at", "id")

    def __str__(self):
        return f"Post in case {self.case_id}"


class ReferralQuerySet(models.QuerySet):
    def real(self):
        """Without those of practice cases, which nobody asked about."""
        golden = Case.golden.related.related_model
        return self.filter(~Exists(golden.objects.filter(case=OuterRef("case"))))


class Referral(models.Model):
    """One reason why a case is in the queue."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    source = models.CharField(max_length=10, choices=ReferralSource)
    assessment = models.ForeignKey(
        "assessments.Assessment", null=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    flag = models.OneToOneField("moderation.Flag", null=True, on_delete=models.SET_NULL, related_name="referral")
    reasons = models.JSONField(default=list, help_text="Keys that say why: of signals, or of what a reader chose.")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(source__in=ReferralSource.values), name="referral_source_known"),
            models.UniqueConstraint(
                fields=("assessment",),
                condition=Q(source__in=("machine", "recheck")),
                name="referral_once_per_assessment",
            ),
        )

    def __str__(self):
        return f"Referral {self.pk} by {self.source}"


class Skip(models.Model):
    """Somebody leaves a case to others, and why. Nobody is asked to explain more than that."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="skips")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=SkipReason)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(reason__in=SkipReason.values), name="skip_reason_known"),
            models.UniqueConstraint(fields=("case", "by"), name="skip_once"),
        )

    def __str__(self):
        return f"Skip {self.pk}: {self.reason}"
