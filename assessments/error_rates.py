"""How right the checker was when it was measured, as the method page says it: shares of a hundred, flag by flag."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from assessments.evaluating import added, wilson
from assessments.measuring import counts_of
from assessments.models import EvaluationRun

# What a flag says, in the order of the page. Flags that are not here go by their own name.
FLAGS = {
    "misleading_claim": _("A claim that misleads"),
    "harmful_community": _("Words that pull people into harm"),
    "crisis_language": _("Words of danger or of a very hard time"),
    "crisis": _("Crisis help shown first"),
    "too_general": _("Advice that is too general"),
    "pressure": _("Pressure"),
    "selling": _("Selling"),
    "encourages_help": _("Encouraging people to get help"),
    "personal_story": _("A personal story"),
    "author_is_verified_professional": _("An author line with a registered title"),
    "claim": _("The very claim, by name"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAHundred:
    """A share as people say it: 84 of 100, with the ends of its 95 % interval. From `total` cases."""

    number: str
    low: str
    high: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One row: how right a flag was on posts from one source. A share is None when the posts cannot tell it."""

    source: str
    posts: str
    right: OfAHundred | None  # of what was flagged, what was flagged rightly
    found: OfAHundred | None  # of what should be flagged, what was
    wrong: OfAHundred | None  # of what should not be flagged, what was


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRates:
    """All rows of one flag. `wrong` is over all of its sources."""

    name: str
    questions: tuple[str, ...]  # of the checklist, that the flag belongs to
    rates: tuple[Rate, ...]
    wrong: OfAHundred | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRates:
    """The newest kept run. `is_of_this_version` says whether it was made with the checklist that the page shows."""

    run: EvaluationRun
    flags: tuple[FlagRates, ...]
    is_of_this_version: bool


def newest(*, digest, reference):
    """The ErrorRates of the newest run, for a page about the version with `digest`; None when none is kept."""
    run = EvaluationRun.objects.newest_first().first()
    if run is None:
        return None
    by_label = {}
    for row in run.figures:
        by_label.setdefault(row["label"], []).append((row["source"], counts_of(row)))
    known = [label for label in FLAGS if label in by_label]
    ordered = [*known, *(label for label in by_label if label not in FLAGS)]
    return ErrorRates(
        run=run,
        flags=tuple(_flag_rates(label, by_label[label], reference) for label in ordered),
        is_of_this_version=run.digest == digest,
    )


def of_a_hundred(part, whole):
    """OfAHundred for part of whole; None when there is no whole. Small shares keep one decimal: 0.3 is not 0."""
    if not whole:
        return None
    low, high = wilson(part, whole)
    return OfAHundred(
        number=_per_hundred(part / whole), low=_per_hundred(low), high=_per_hundred(high), total=f"{whole:,}"
    )


def _flag_rates(label, rows, reference):
    together = added(counts for _, counts in rows)
    return FlagRates(
        name=FLAGS.get(label, label.replace("_", " ").replace("=", ": ")),
        questions=reference.questions_behind(label),
        rates=tuple(_rate(source, counts) for source, counts in rows),
        wrong=of_a_hundred(together.false_alarms, together.not_expected),
    )


def _rate(source, counts):
    # Where nothing should be flagged, "none of the flagged ones rightly" would follow from the posts, not from us; and
    # where everything should be, the opposite.
    both_ways = counts.expected and counts.not_expected
    return Rate(
        source=source,
        posts=f"{counts.posts:,}",
        right=of_a_hundred(counts.hits, counts.found) if both_ways else None,
        found=of_a_hundred(counts.hits, counts.expected),
        wrong=of_a_hundred(counts.false_alarms, counts.not_expected),
    )


def _per_hundred(share):
    hundred = 100 * share
    return f"{hundred:.1f}" if 0.05 <= hundred < 1 else f"{hundred:.0f}"
