"""How long ago a help service was checked, and what follows from it. Pure: `today` is given.

The rule, for one country at a time:

- Nobody has checked it yet: shown, with the mark “Not verified yet”.
- Checked in the last 12 months: shown without a mark. Editors are reminded after six months.
- Checked more than 12 months ago: shown, with the mark “Not checked since …”.
- Checked more than 24 months ago: hidden, as long as another service of the same kind is shown.
- Reported closed: hidden, as long as any other service of the country is shown.

So the last service of a country, and the last of its kind, always stay: an old number with a mark is better than none.
Emergency numbers belong to the country, not to a service, and are never hidden.
"""

from datetime import date
from enum import StrEnum

REMIND_AFTER = 6  # months
MARK_AFTER = 12
HIDE_AFTER = 24


class Standing(StrEnum):
    """Where a service stands, from best to worst."""

    FRESH = "fresh"
    DUE = "due"
    NEVER = "never"
    STALE = "stale"
    VERY_STALE = "very-stale"
    CLOSED = "closed"


WORDS = {
    Standing.FRESH: "Checked lately",
    Standing.DUE: "Over 6 months ago",
    Standing.NEVER: "Never checked",
    Standing.STALE: "Over 12 months ago",
    Standing.VERY_STALE: "Over 24 months ago",
    Standing.CLOSED: "Reported closed",
}
NEEDS_A_CHECK = tuple(one for one in Standing if one is not Standing.FRESH)


def months_before(today, months):
    """The same day so many months ago; the last of the month where it has no such day."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    for day in (today.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def standing(verified_at, closed_reported_at, *, today):
    """The Standing of a service, by the days on which it was checked and reported closed (None: never)."""
    if closed_reported_at:
        return Standing.CLOSED
    if verified_at is None:
        return Standing.NEVER
    if verified_at < months_before(today, HIDE_AFTER):
        return Standing.VERY_STALE
    if verified_at < months_before(today, MARK_AFTER):
        return Standing.STALE
    return Standing.DUE if verified_at < months_before(today, REMIND_AFTER) else Standing.FRESH


def shown(services, *, today):
    """The services of one country that the public sees, in the order given: the rule above.

    Each has `kind`, `verified_at` and `closed_reported_at`.
    """
    by_standing = [(one, standing(one.verified_at, one.closed_reported_at, today=today)) for one in services]
    kept = [one for one, its in by_standing if its not in (Standing.VERY_STALE, Standing.CLOSED)]
    old = [one for one, its in by_standing if its is Standing.VERY_STALE]
    kept += _newest_of_each_kind(old, without={one.kind for one in kept})
    if not kept:
        kept = sorted(services, key=_checked, reverse=True)[:1]
    return [one for one in services if one in kept]


def _newest_of_each_kind(services, *, without):
    newest = {}
    for one in sorted(services, key=_checked):
        if one.kind not in without:
            newest[one.kind] = one
    return list(newest.values())


def _checked(service):
    return service.verified_at or date.min
