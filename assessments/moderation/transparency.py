"""A year of moderation as facts that anybody may read: what was asked of us, what we decided, on which grounds, and
what was put right afterwards. No person is in it, and small numbers are only said to be small.

The questions are those of a transparency report under the European Digital Services Act, as far as they make sense
here: our decisions change our own reports and never anybody's post.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from assessments.evaluating import Share
from assessments.models import Decision
from assessments.moderation.figures import Median
from assessments.moderation.models import Band, Case, CaseState, Referral, ReferralSource, Ruling

# Below this a number could point at somebody.
SMALLEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line: `value` is a number, or words."""

    what: str
    value: object

    @property
    def shown(self):
        """The value as it may be published."""
        return small(self.value) if isinstance(self.value, int) else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    title: str
    facts: tuple[Fact, ...]
    says: str = ""


def small(number):
    """The number, or "<5" for what is small; nothing is nothing."""
    return f"<{SMALLEST}" if 0 < number < SMALLEST else f"{number:,}"


def year_in_facts(year):
    """The Chapters of one calendar year. A constant number of queries."""
    asked = _numbers(Referral.objects.real().filter(created_at__year=year), "source")
    rulings = Ruling.objects.final().filter(created_at__year=year)
    made = _numbers(rulings, "decision")
    return (
        _asked(asked),
        _decided(rulings, made, year),
        _grounds(rulings),
        _automation(rulings, asked),
        _appeals(rulings),
    )


def years():
    """The years in which something was decided, the newest first."""
    return [date.year for date in Ruling.objects.dates("created_at", "year", order="DESC")]


def _asked(asked):
    facts = tuple(Fact(what=source.label, value=asked.get(source.value, 0)) for source in ReferralSource)
    # A sum beside one small number would tell it.
    if not any(0 < fact.value < SMALLEST for fact in facts):
        facts += (Fact(what="Altogether", value=sum(asked.values())),)
    return Chapter(
        title="Who asked a person to look",
        facts=facts,
        says="How often, not how many posts: the same words asked about twice are one case.",
    )


def _decided(rulings, made, year):
    undone = Ruling.objects.filter(undone_at__year=year).count()
    medians = dict(
        Case.objects.filter(state=CaseState.DECIDED, decided_at__year=year)
        .order_by()
        .values_list("band")
        .annotate(median=Median(F("decided_at") - F("opened_at")))
    )
    return Chapter(
        title="What people decided",
        facts=(
            *(Fact(what=str(decision.label), value=made.get(decision.value, 0)) for decision in Decision),
            Fact(what="Decisions that were taken back", value=undone),
            Fact(what="People who decided", value=rulings.aggregate(number=Count("by", distinct=True))["number"]),
            *(
                Fact(what=f"Median time, {band.label.lower()}", value=in_hours(medians[band]))
                for band in Band
                if medians.get(band) is not None
            ),
        ),
        says="Every decision was made by a person. It changes a report of ours, never a post.",
    )


def _grounds(rulings):
    rows = (
        rulings.order_by()
        .values_list("reason__label")
        .annotate(number=Count("pk"))
        .order_by("-number", "reason__label")
    )
    return Chapter(title="Grounds", facts=tuple(Fact(what=label, value=number) for label, number in rows))


def _automation(rulings, asked):
    """What the program did: it asked, and people said how often it was wrong."""
    by_program = asked.get(ReferralSource.MACHINE, 0) + asked.get(ReferralSource.RECHECK, 0)
    machine = Referral.objects.filter(
        case=OuterRef("case"), source__in=(ReferralSource.MACHINE, ReferralSource.RECHECK)
    )
    counts = rulings.filter(Exists(machine)).aggregate(
        all=Count("pk"), changed=Count("pk", filter=~Q(decision=Decision.STANDS))
    )
    return Chapter(
        title="Automation",
        facts=(
            Fact(what="Share of questions to us that a program asked", value=_percent(by_program, sum(asked.values()))),
            Fact(what="Decisions made by a program alone", value=0),
            Fact(what="Cases that a program brought, decided by people", value=counts["all"]),
            Fact(
                what="Of these, reports that people changed or took back",
                value=_percent(counts["changed"], counts["all"]),
            ),
        ),
        says="A report is written by a program, at once. When people look at it, this is how often they change it.",
    )


def _appeals(rulings):
    """Decisions that answer an appeal, and how many of them say something else than the decision before."""
    before = (
        Ruling.objects.final()
        .filter(case=OuterRef("case"), created_at__lt=OuterRef("created_at"))
        .order_by("-created_at")
    )
    appeal = Referral.objects.filter(
        case=OuterRef("case"), source=ReferralSource.APPEAL, created_at__lte=OuterRef("created_at")
    )
    since = appeal.filter(Q(created_at__gt=OuterRef("earlier_at")))
    answered = rulings.annotate(
        earlier_at=Subquery(before.values("created_at")[:1]),
        earlier=Subquery(before.values("decision")[:1]),
        earlier_level=Subquery(before.values("level_after")[:1]),
    ).filter(Q(Exists(since)) | Q(Exists(appeal), earlier_at=None))
    other = ~Q(decision=F("earlier")) | ~Q(level_after=F("earlier_level"))
    counts = answered.aggregate(all=Count("pk"), reversed=Count("pk", filter=Q(earlier_at__isnull=False) & other))
    return Chapter(
        title="Appeals",
        facts=(
            Fact(what="Appeals that were answered", value=counts["all"]),
            Fact(what="Decisions that changed after an appeal", value=counts["reversed"]),
        ),
        says="An appeal is read by somebody who had not read the case before.",
    )


def _percent(part, whole):
    if not whole:
        return "none"
    if whole < SMALLEST or 0 < part < SMALLEST or 0 < whole - part < SMALLEST:
        return "too few to say"
    share = Share(part=part, whole=whole)
    return f"{share.share:.0%} (95 % interval {share.low:.0%} to {share.high:.0%})"


def in_hours(duration):
    """A duration in words: hours, or days from two of them on."""
    hours = duration.total_seconds() / 3600
    if hours < 1:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def _numbers(rows, name):
    return dict(rows.order_by().values_list(name).annotate(number=Count("pk")))
