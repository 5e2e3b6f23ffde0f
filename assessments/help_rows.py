"""The help services as they stand in the database: read once, and kept until somebody changed them. Reads only.

They are on every page and change once a week, so a page asks only whether they are still the same, and that not more
than once a second: a change is on every page of every process a second later. The question is about the rows
themselves, so it hears of every change, by whatever way it came.
"""

from dataclasses import dataclass, field
from math import inf
from time import monotonic

from django.db import DatabaseError, connection

from assessments import out_of_reach
from assessments.models import HelpCountry, HelpGuidance, HelpService

SECONDS_BETWEEN_LOOKS = 1.0

# A row that is written again is a new version of it, which stands elsewhere and names who wrote it.
MARK = " UNION ALL ".join(
    f"SELECT '{model._meta.db_table}' || xmin::text || ctid::text AS mark FROM {model._meta.db_table}"  # nosec B608
    for model in (HelpCountry, HelpService, HelpGuidance)
)
STAMP = f"SELECT coalesce(sum(hashtextextended(mark, 0)), 0)::text FROM ({MARK}) AS marks"  # nosec B608: no input


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRows:
    """All of it at one moment. Read it, never change it; `drawn` is for what is made of it, by whatever it is for."""

    stamp: str
    countries: dict[str, HelpCountry]
    services: dict[str, list[HelpService]]
    guidance: dict | None
    drawn: dict = field(default_factory=dict)


_kept: tuple[float, HelpRows] | None = None


def current():
    """The HelpRows. One small query at most once a second; three more after a change.

    While the database does not answer, those from before. Raises DatabaseError when there are none.
    """
    global _kept
    kept, now = _kept, monotonic()
    if kept and now - kept[0] < SECONDS_BETWEEN_LOOKS:
        return kept[1]
    try:
        stamp = _stamp()
        rows = kept[1] if kept and kept[1].stamp == stamp else _read(stamp)
    except DatabaseError as error:
        out_of_reach.note(error)
        if not kept:
            raise
        rows = kept[1]
    _kept = (now, rows)
    return rows


def look_again(stamp):
    """Whoever has asked for the STAMP anyway says what it was: after a change nobody waits until the second is over."""
    global _kept
    if _kept and _kept[1].stamp != stamp:
        _kept = (-inf, _kept[1])


def _stamp():
    out_of_reach.not_again()
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return cursor.fetchone()[0]


def _read(stamp):
    """The rows. `stamp` is older than they are, so that a change in between is found the next time."""
    countries = {country.code: country for country in HelpCountry.objects.all()}
    services = {code: [] for code in countries}
    for service in HelpService.objects.order_by("order", "id"):
        services.setdefault(service.country_id, []).append(service)
    guidance = HelpGuidance.objects.values_list("texts", flat=True).first()
    return HelpRows(stamp=stamp, countries=countries, services=services, guidance=guidance)
