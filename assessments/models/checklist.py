"""The checklist: its versions, and the questions of one version. What the engine looks for is in `evidence.py`.

Only `assessments.publishing` moves a version on; the admin edits the rows of a draft; the database refuses the rest.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.rows import ChecklistRow, GuidanceField, KeyedRow, one_of

NOBODY = "Loaded with the software"  # stands where a name would, when no person pressed a button


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class AnswerType(models.TextChoices):
    AUTO = "auto", "Worked out from the words"
    READER = "reader", "Only the reader can answer"
    BOTH = "both", "Suggested from the words, the reader can change it"


class ItemWeight(models.TextChoices):
    MINOR = "minor", "Minor"
    MODERATE = "moderate", "Moderate"
    MAJOR = "major", "Major"
    CRITICAL = "critical", "Critical"


class AnswerEffect(models.TextChoices):
    STOP = "stop", "Stop: a serious problem on its own"
    STOP_HELP = "stop+help", "Stop, and crisis help first"
    RED = "red", "Red: a strong reason not to rely on the post"
    AMBER = "amber", "Amber: a reason to be careful"
    GREEN = "green", "Green: a good sign"
    NONE = "none", "No effect"
    UNKNOWN = "unknown", "Could not tell"
    HELP = "help", "Crisis help first, judges nothing"
    PERSONAL = "personal", "About the reader, not about the post"
    PERSONAL_HELP = "personal+help", "About the reader, and crisis help first"


class ChecklistQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=Status.DRAFT)

    def published(self):
        return self.filter(status=Status.PUBLISHED)

    def retired(self):
        return self.filter(status=Status.RETIRED)

    def ever_published(self):
        """Every version: what was published once has a number, for ever."""
        return self.exclude(version=None)

    def between(self, before, after):
        """The versions that came after version `before`, up to version `after`: their numbers and notes, in order."""
        return self.filter(version__gt=before, version__lte=after).order_by("version").values("version", "note")

    def without_snapshots(self):
        """For lists: a snapshot is about half a megabyte of text that no list shows."""
        return self.defer("snapshot", "texts")


class Checklist(models.Model):
    """One version of the checklist.

    `snapshot` is TEXT and not jsonb on purpose: jsonb keeps the meaning but not the bytes, and the digest is the
    SHA-256 of the bytes. As text, `sha256(snapshot) = digest` can be checked by anyone with `psql`, and the trigger
    does check it at the moment of publishing.

    The people: `published_by` is empty when no person did it (the first content, loaded with the software);
    `published_by_name` always says who it was, and goes on saying so. The same for `created_` and `retired_`.

    `brings_back` is the number of the earlier version that this one was copied from, when somebody rolled back.
    """

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(null=True, unique=True, editable=False)
    key = models.SlugField(max_length=100, help_text="The name of the checklist in exports. Example: second-look.")
    title = models.CharField(max_length=200, help_text="Shown on the page 'How this works'.")
    texts = models.JSONField(
        default=dict,
        help_text=(
            "Everything that belongs to the checklist as a whole: always_shown, short_text, crisis, effects, "
            'not_checked… Written as JSON. Example: {"advice_words": 25}.'
        ),
    )
    snapshot = models.TextField(null=True, editable=False)  # noqa: DJ001 - absent and empty are not the same here
    digest = models.CharField(max_length=64, blank=True, editable=False)
    brings_back = models.PositiveIntegerField(
        null=True, editable=False, help_text="The earlier version whose content this one was published with again."
    )
    note = models.TextField(blank=True, help_text="What changed in this version and why. Shown to everybody.")

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    created_by_name = models.CharField(max_length=200, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    published_by_name = models.CharField(max_length=200, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    retired_by_name = models.CharField(max_length=200, blank=True, editable=False)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        permissions = (
            ("start_checklist_draft", "Can start a draft of the checklist"),
            ("publish_checklist", "Can publish and retire a version of the checklist"),
            ("roll_back_checklist", "Can go back to an earlier version of the checklist"),
            ("import_checklist", "Can make a draft out of files"),
        )
        constraints = (
            one_of("status", Status, "checklist_status_known"),
            # A version that brings an earlier one back is born and published in one transaction, beside any draft.
            models.UniqueConstraint(
                fields=("status",), condition=Q(status="draft", brings_back__isnull=True), name="checklist_one_draft"
            ),
            models.UniqueConstraint(
                fields=("status",), condition=Q(status="published"), name="checklist_one_published"
            ),
            models.CheckConstraint(condition=~Q(created_by_name=""), name="checklist_created_by_somebody"),
            models.CheckConstraint(
                condition=Q(
                    status="draft",
                    version__isnull=True,
                    snapshot__isnull=True,
                    digest="",
                    published_at__isnull=True,
                    published_by__isnull=True,
                    published_by_name="",
                )
                | (
                    Q(
                        status__in=("published", "retired"),
                        version__isnull=False,
                        snapshot__isnull=False,
                        published_at__isnull=False,
                    )
                    & ~Q(digest="")
                    & ~Q(published_by_name="")
                    & ~Q(note="")
                ),
                name="checklist_published_together",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        status__in=("draft", "published"),
                        retired_at__isnull=True,
                        retired_by__isnull=True,
                        retired_by_name="",
                    )
                )
                | (Q(status="retired", retired_at__isnull=False) & ~Q(retired_by_name="")),
                name="checklist_retired_together",
            ),
        )

    def __str__(self):
        if self.version is None:
            return "Draft"
        return f"Version {self.version} ({self.get_status_display().lower()})"

    @property
    def is_draft(self):
        return self.status == Status.DRAFT


class Section(KeyedRow):
    """A chapter of the checklist: "Who wrote it?"."""

    title = models.CharField(max_length=200, help_text="A question in plain words. Example: Who wrote it?")
    intro = models.TextField(blank=True, help_text="One or two sentences that say what this part is about.")


class Item(KeyedRow):
    """One question that a post is asked."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    question = models.CharField(max_length=300, help_text="Example: Does it promise a cure or a quick fix?")
    why = models.TextField(blank=True, help_text="Why it matters, in one or two plain sentences.")
    answer_type = models.CharField(max_length=10, choices=AnswerType, help_text="Who can answer this question.")
    weight = models.CharField(max_length=10, choices=ItemWeight, help_text="How much it matters when we explain.")
    # A note among editors and moderators: it says nothing to the engine, so it is not part of a snapshot.
    confirm = models.TextField(
        "how would a second person confirm this?",
        blank=True,
        help_text=(
            "For moderators and editors, never shown to readers: what another person would look at to come to the same "
            "answer. Example: Read the author line aloud. Is a title named, and a register that has it?"
        ),
    )

    class Meta(KeyedRow.Meta):
        constraints = (
            *KeyedRow.Meta.constraints,
            one_of("answer_type", AnswerType, "item_answer_type_known"),
            one_of("weight", ItemWeight, "item_weight_known"),
        )

    def save(self, *args, **kwargs):
        self.checklist_id = self.section.checklist_id
        super().save(*args, **kwargs)


class Answer(ChecklistRow):
    """One possible answer to an item, and what it does to the report."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=50, help_text="A short name that never changes. Example: yes.")
    label = models.CharField(max_length=300, help_text="The answer as the reader sees it.")
    effect = models.CharField(max_length=20, choices=AnswerEffect, help_text="What this answer does to the report.")
    guidance = GuidanceField(
        blank=True,
        help_text="What the reader can do about it. Plain sentences; <strong>, <em>, lists and links are kept.",
    )

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "key"),
                name="answer_key_once",
                violation_error_message="This question already has an answer with this key.",
            ),
            one_of("effect", AnswerEffect, "answer_effect_known"),
        )

    def __str__(self):
        return f"{self.item.key} = {self.key} ({self.effect})"

    def save(self, *args, **kwargs):
        self.checklist_id = self.item.checklist_id
        super().save(*args, **kwargs)


class Level(KeyedRow):
    """One of the levels that a report can give, and the rule that gives it. `order` is the order of asking."""

    seriousness = models.PositiveIntegerField(help_text="1 is the best news. Used to sort, never shown as a score.")
    label = models.CharField(max_length=100, help_text="Example: Check before you trust it")
    plain = models.TextField(help_text="What the level means, in plain words.")
    words = models.TextField(blank=True, help_text="The rule in words, for the page 'How this works'.")
    when = models.JSONField(
        default=list,
        help_text=(
            "The rule for the engine: a list of lists. Any of the lists gives the level; within a list every condition "
            'must hold. Example: [[{"effect": "stop", "at_least": 1}]]. The last level has [[]]: always.'
        ),
    )
