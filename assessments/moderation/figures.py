"""How moderation goes, in numbers: what waits, how long it takes, how often people overturn, how alike they judge.

Pure queries, and the same number of them however much there is. Nobody is ranked: answers are counted for everybody
together, and practice cases are not among them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, F, Min, OuterRef, Q, Subquery
from django.utils import timezone

from assessments.evaluating import Share
from assessments.models import Decision
from assessments.moderation.agreement import cohens_kappa
from assessments.moderation.models import (
    Band,
    Case,
    CaseState,
    Flag,
    Kind,
    Referral,
    ReferralSource,
    Round,
    Ruling,
    Skip,
    SkipReason,
)


class Median(Aggregate):
    """The middle value; between two, half-way."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True, kw_only=True)
class BandFigures:
    """One band: what waits now, and what was decided in the period. `late` waits longer than its clock allows."""

    label: str
    waiting: int
    oldest_at: object
    late: int
    decided: Share  # part: late
    median: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overturned:
    """How often people took one question or signal out of a report in which it counted."""

    key: str
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two people who read the same blind. `kappa` is of the three decisions, `same` of the decision alone."""

    same: Share
    kappa: float | None


def period(days):
    """The moment from which figures of the last `days` days count."""
    return timezone.now() - timedelta(days=days)


def by_band(*, since):
    """A BandFigures for every band, the most pressing first. Two queries."""
    now = timezone.now()
    waiting = {
        row["band"]: row
        for row in Case.objects.waiting()
        .order_by()
        .values("band")
        .annotate(number=Count("pk"), oldest=Min("opened_at"), late=Count("pk", filter=Q(due_at__lt=now)))
    }
    decided = {
        row["band"]: row
        for row in Case.objects.filter(state=CaseState.DECIDED, decided_at__gte=since)
        .order_by()
        .values("band")
        .annotate(
            number=Count("pk"),
            late=Count("pk", filter=Q(decided_at__gt=F("due_at"))),
            median=Median(F("decided_at") - F("opened_at")),
        )
    }
    return [_band(band, waiting.get(band, {}), decided.get(band, {})) for band in Band]


def _band(band, waiting, decided):
    return BandFigures(
        label=band.label,
        waiting=waiting.get("number", 0),
        oldest_at=waiting.get("oldest"),
        late=waiting.get("late", 0),
        decided=Share(part=decided.get("late", 0), whole=decided.get("number", 0)),
        median=decided.get("median"),
    )


def overturned(*, since, version=None):
    """(Overturned of every question, Overturned of every signal), the most doubtful first. One query.

    Counted are answers that settled a case, once for each case however many posts it has. A report that was taken back
    counts as overturned in all that counted in it. `version` narrows it to one version of the checklist.
    """
    rulings = Ruling.objects.final().filter(created_at__gte=since)
    if version is not None:
        rulings = rulings.filter(checklist_version=version)
    counted, against = {"item": Counter(), "signal": Counter()}, {"item": Counter(), "signal": Counter()}
    rows = rulings.order_by().values_list("counted", "decision", "overturned")
    for pairs, decision, items in rows.iterator(chunk_size=5_000):
        taken_out = {item for item, _ in pairs} if decision == Decision.WITHDRAWN else set(items)
        counted["item"].update({item for item, _ in pairs})
        counted["signal"].update({signal for _, signal in pairs})
        against["item"].update({item for item, _ in pairs if item in taken_out})
        against["signal"].update({signal for item, signal in pairs if item in taken_out})
    return tuple(_most_doubtful_first(counted[kind], against[kind]) for kind in ("item", "signal"))


def _most_doubtful_first(counted, against):
    rows = [Overturned(key=key, share=Share(part=against[key], whole=whole)) for key, whole in counted.items()]
    return sorted(rows, key=lambda row: (-row.share.low, -row.share.part, row.key))


def blind_agreement(*, since):
    """The Agreement of first and second readings. One query."""
    first = Ruling.objects.standing().filter(
        case=OuterRef("case"), round=Round.FIRST, created_at__lt=OuterRef("created_at")
    )
    pairs = (
        Ruling.objects.standing()
        .filter(round=Round.SECOND, created_at__gte=since)
        .annotate(first=Subquery(first.order_by("-created_at").values("decision")[:1]))
        .exclude(first=None)
        .order_by()
        .values_list("first", "decision")
        .annotate(number=Count("pk"))
    )
    return _agreement({(one, other): number for one, other, number in pairs})


def golden_agreement(*, since, person=None):
    """The Agreement of answers to practice cases with what was expected: of one person, or of all. One query."""
    rulings = Ruling.objects.filter(round=Round.GOLDEN, created_at__gte=since)
    if person is not None:
        rulings = rulings.filter(by=person)
    pairs = rulings.order_by().values_list("case__golden__decision", "decision").annotate(number=Count("pk"))
    return _agreement({(one, other): number for one, other, number in pairs})


def _agreement(pairs):
    same = sum(number for (one, other), number in pairs.items() if one == other)
    return Agreement(same=Share(part=same, whole=sum(pairs.values())), kappa=cohens_kappa(pairs))


def skips(*, since):
    """({section: how often skipped}, {label of the reason: how often}), the most first. One query.

    Of the readings that are open now: a new round of a case begins without those who skipped it before.
    """
    by_topic, by_reason = Counter(), Counter()
    rows = Skip.objects.filter(created_at__gte=since).order_by().values_list("case__sections", "reason")
    for sections, reason, number in rows.annotate(number=Count("pk")):
        by_reason[SkipReason(reason).label] += number
        for section in sections:
            by_topic[section] += number
    return dict(by_topic.most_common()), dict(by_reason.most_common())


def referrals(*, since):
    """{label of who asked: how often}, and {label of what readers said: how often}. Two queries."""
    asked = _numbers(Referral.objects.real().filter(created_at__gte=since), "source")
    said = _numbers(Flag.objects.filter(created_at__gte=since), "kind")
    return (
        {source.label: asked.get(source.value, 0) for source in ReferralSource},
        {str(kind.label): said.get(kind.value, 0) for kind in Kind},
    )


def decisions(*, since):
    """{label of a decision: how many cases ended with it}. One query."""
    made = _numbers(Ruling.objects.final().filter(created_at__gte=since), "decision")
    return {str(decision.label): made.get(decision.value, 0) for decision in Decision}


def _numbers(rows, name):
    return dict(rows.order_by().values_list(name).annotate(number=Count("pk")))
