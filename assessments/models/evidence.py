"""What the engine looks for, and what we know about it: claims, signals, titles, word classes and their sources."""

from django.db import models
from django.db.models import Q

from assessments.models.checklist import Answer, AnswerEffect, Item
from assessments.models.rows import ChecklistRow, KeyedRow, lines_of, one_of

PATTERNS_HELP = (
    "One pattern on each line, in the pattern language. Words in {BRACES} are word classes. "
    "The page 'How this works' explains the signs."
)
EXAMPLES_HELP = "One on each line: posts in made-up words that MUST be found. Publishing tries every one."
NEAR_MISSES_HELP = (
    "One on each line: made-up posts that look similar but must NOT be found. Publishing tries every one."
)


class Confidence(models.TextChoices):
    SURE = "sure", "Sure"
    CHECK = "check", "To be checked"


class Verdict(models.TextChoices):
    FALSE = "false", "False"
    MISLEADING = "misleading", "Misleading"
    OVERSIMPLIFIED = "oversimplified", "Oversimplified"
    UNPROVEN = "unproven", "Unproven"
    PARTLY_TRUE = "partly-true", "Partly true"


class Degree(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Family(models.TextChoices):
    HARM = "harm", "Harm"
    GENERALITY = "generality", "Too general, or well balanced"
    AUTHOR = "author", "Who wrote it"
    PRACTICE = "practice", "Good and bad practice"


class Severity(models.TextChoices):
    NOT_SET = "", "Does not apply"
    NOTICE = "notice", "Notice"
    CONCERN = "concern", "Concern"
    SERIOUS = "serious", "Serious"
    URGENT = "urgent", "Urgent"


class SignalWeight(models.TextChoices):
    NOT_SET = "", "Does not apply"
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Direction(models.TextChoices):
    RISK = "risk", "A risk"
    POSITIVE = "positive", "A good sign"
    NEUTRAL = "neutral", "Neither"


class Match(models.TextChoices):
    TERM = "term", "The term itself"
    TERM_IN_CONTEXT = "term+context", "The term, with another sign of the same kind"
    PHRASE = "phrase", "The meaning of the sentence"


class Flag(models.TextChoices):
    NONE = "", "No flag"
    MISLEADING_CLAIM = "misleading_claim", "Misleading claim"
    HARMFUL_COMMUNITY = "harmful_community", "Harmful community"
    CRISIS_LANGUAGE = "crisis_language", "Crisis language"
    TOO_GENERAL = "too_general", "Too general"
    PRESSURE = "pressure", "Pressure"
    SELLING = "selling", "Selling"
    ENCOURAGES_HELP = "encourages_help", "Encourages getting help"
    PERSONAL_STORY = "personal_story", "Personal story"


class SetEffect(models.TextChoices):
    """What a signal's answer does when this signal gave it: the answer's own effect, or another one."""

    AS_ANSWER = "", "As the answer says"
    HINT = "hint", "Hint: two different hints make one amber"
    STOP = AnswerEffect.STOP.value, "Stop"
    STOP_HELP = AnswerEffect.STOP_HELP.value, "Stop, and crisis help first"
    RED = AnswerEffect.RED.value, "Red"
    AMBER = AnswerEffect.AMBER.value, "Amber"
    GREEN = AnswerEffect.GREEN.value, "Green"
    NONE = AnswerEffect.NONE.value, "No effect"
    UNKNOWN = AnswerEffect.UNKNOWN.value, "Could not tell"
    HELP = AnswerEffect.HELP.value, "Crisis help first"


class WordClass(KeyedRow):
    """A set of words that patterns can use by name: {DEPRESSION}."""

    description = models.CharField(max_length=300, blank=True, help_text="What belongs in it, and what does not.")
    words = models.TextField(help_text="One word or phrase on each line. Example: low mood")

    class Meta(KeyedRow.Meta):
        verbose_name_plural = "word classes"

    @property
    def word_list(self):
        return lines_of(self.words)


class Findable(KeyedRow):
    """What is found by patterns and tried on examples."""

    patterns = models.TextField(blank=True, help_text=PATTERNS_HELP)
    examples = models.TextField(blank=True, help_text=EXAMPLES_HELP)
    near_misses = models.TextField(blank=True, help_text=NEAR_MISSES_HELP)

    class Meta(KeyedRow.Meta):
        abstract = True

    @property
    def pattern_list(self):
        return lines_of(self.patterns)

    @property
    def example_list(self):
        return lines_of(self.examples)

    @property
    def near_miss_list(self):
        return lines_of(self.near_misses)


class Claim(Findable):
    """A statement that the evidence base knows, with what is wrong about it and what is known instead."""

    topic = models.CharField(max_length=100, help_text="Example: depression")
    claim = models.TextField(help_text="The statement in one neutral sentence.")
    verdict = models.CharField(max_length=20, choices=Verdict, help_text="What the evidence says about it.")
    risk = models.CharField(max_length=10, choices=Degree, help_text="What could happen to somebody who believes it.")
    why = models.TextField(help_text="Why it is wrong, in one or two kind sentences.")
    what_is_known = models.TextField(help_text="What is known, with the balance that a professional would give.")

    class Meta(Findable.Meta):
        constraints = (
            *KeyedRow.Meta.constraints,
            one_of("verdict", Verdict, "claim_verdict_known"),
            one_of("risk", Degree, "claim_risk_known"),
        )


class Signal(Findable):
    """A way of speaking that matters: a harm, a sweeping rule, a sign of who wrote it, good or bad practice."""

    family = models.CharField(max_length=20, choices=Family)
    kind = models.CharField(max_length=60, blank=True, help_text="Example: pro-eating-disorder")
    intent = models.CharField(max_length=30, blank=True, help_text="What the author wants. Example: encourage")
    severity = models.CharField(max_length=10, blank=True, choices=Severity, help_text="For harm signals.")
    weight = models.CharField(max_length=10, blank=True, choices=SignalWeight, help_text="For the other signals.")
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.RISK)
    match = models.CharField(max_length=20, choices=Match, default=Match.PHRASE)
    absence = models.BooleanField(default=False, help_text="It is a sign when this is NOT found in a post with advice.")
    crisis = models.BooleanField(default=False, help_text="Finding it shows crisis help first.")
    help_route = models.CharField(max_length=60, blank=True, help_text="Example: eating-disorder")
    flag = models.CharField(max_length=30, blank=True, choices=Flag)
    description = models.TextField(help_text="What it is, in neutral words that may always be shown.")
    report = models.TextField(blank=True, help_text="The kind sentence that the report gives to the reader.")

    class Meta(Findable.Meta):
        constraints = (
            *KeyedRow.Meta.constraints,
            one_of("family", Family, "signal_family_known"),
            one_of("severity", Severity, "signal_severity_known"),
            one_of("weight", SignalWeight, "signal_weight_known"),
            one_of("direction", Direction, "signal_direction_known"),
            one_of("match", Match, "signal_match_known"),
            one_of("flag", Flag, "signal_flag_known"),
        )


class SignalEffect(ChecklistRow):
    """Finding this signal gives this answer to an item (content calls these `sets`)."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="sets")
    # RESTRICT: an answer that a signal gives cannot be deleted alone, but goes with its draft.
    answer = models.ForeignKey(Answer, on_delete=models.RESTRICT, related_name="given_by")
    effect = models.CharField(
        max_length=20, blank=True, choices=SetEffect, help_text="Leave empty to use the effect of the answer."
    )

    class Meta:
        ordering = ("order", "id")
        constraints = (one_of("effect", SetEffect, "signal_effect_known"),)

    def __str__(self):
        return f"{self.signal.key} gives {self.answer}"

    def save(self, *args, **kwargs):
        self.checklist_id = self.signal.checklist_id
        super().save(*args, **kwargs)


class Title(KeyedRow):
    """A professional title, who may use it, and where a reader can look it up."""

    country = models.CharField(max_length=3, blank=True, help_text="Two capital letters, or empty for every country.")
    title = models.CharField(max_length=200)
    aliases = models.TextField(blank=True, help_text="Other ways of writing it, one on each line.")
    post_nominals = models.TextField(blank=True, help_text="Letters after a name, one on each line. Example: MRCPsych")
    protected = models.CharField(max_length=20, blank=True, help_text="Does law protect it? yes, partly or no")
    register = models.CharField(max_length=300, blank=True)
    register_url = models.CharField(max_length=500, blank=True)
    meaning = models.TextField(blank=True, help_text="What the title tells a reader, and what it does not.")
    can_diagnose = models.CharField(max_length=200, blank=True)
    can_prescribe = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    family = models.CharField(max_length=40, blank=True, help_text="registered, voluntary, coach…")

    class Meta(KeyedRow.Meta):
        constraints = (*KeyedRow.Meta.constraints, one_of("confidence", Confidence, "title_confidence_known"))


class Source(KeyedRow):
    """Where something that we say comes from."""

    org = models.CharField(max_length=200, help_text="Who published it. Example: NICE")
    title = models.CharField(max_length=400)
    year = models.CharField(max_length=60, blank=True, help_text="Year, or 'live page'.")
    url = models.CharField(max_length=500, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)

    class Meta(KeyedRow.Meta):
        constraints = (*KeyedRow.Meta.constraints, one_of("confidence", Confidence, "source_confidence_known"))


class Citation(ChecklistRow):
    """A source, and the place in it, for one item, claim or signal."""

    # RESTRICT: a source that is cited cannot be deleted alone, but goes with its draft.
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="citations")
    locator = models.CharField(max_length=300, blank=True, help_text="Chapter, section or page. Example: section 1.3")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")
    signal = models.ForeignKey(Signal, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(item__isnull=False, claim__isnull=True, signal__isnull=True)
                | Q(item__isnull=True, claim__isnull=False, signal__isnull=True)
                | Q(item__isnull=True, claim__isnull=True, signal__isnull=False),
                name="citation_of_exactly_one",
                violation_error_message="Choose one: an item, a claim or a signal.",
            ),
        )

    def __str__(self):
        return f"{self.source.key} {self.locator}".strip()

    @property
    def of(self):
        """The item, claim or signal that this is a citation for."""
        return self.item or self.claim or self.signal

    def save(self, *args, **kwargs):
        self.checklist_id = self.of.checklist_id
        super().save(*args, **kwargs)
