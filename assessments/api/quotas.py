"""How much a key may do in a minute and in a day, counted in PostgreSQL so that every process sees it.

One statement finds the key and counts the call: whoever asks the engine for half a millisecond must not wait for five
questions to the database. A call that is refused uses nothing up.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from assessments.api.models import ApiKey, KeyUse, Repeat

DAYS_KEPT = 31
HOURS_REPEATED = 24

USE = """
WITH asked AS (
    SELECT id, scopes, per_minute, per_day FROM {keys} WHERE secret_hash = %(hash)s AND stopped_at IS NULL
), counted AS (
    INSERT INTO {uses} AS used (key_id, day, day_count, minute, minute_count)
    SELECT id, %(day)s, %(weight)s, %(minute)s, %(weight)s FROM asked
    WHERE %(weight)s <= per_minute AND %(weight)s <= per_day
    ON CONFLICT (key_id, day) DO UPDATE SET
        day_count = used.day_count + %(weight)s,
        minute = GREATEST(used.minute, EXCLUDED.minute),
        minute_count = %(weight)s + CASE WHEN used.minute >= EXCLUDED.minute THEN used.minute_count ELSE 0 END
    WHERE used.day_count + %(weight)s <= (SELECT per_day FROM asked)
      AND %(weight)s + CASE WHEN used.minute >= EXCLUDED.minute THEN used.minute_count ELSE 0 END
          <= (SELECT per_minute FROM asked)
    RETURNING day_count, minute_count
), dated AS (
    UPDATE {keys} SET last_used_on = %(day)s FROM asked
    WHERE {keys}.id = asked.id AND last_used_on IS DISTINCT FROM %(day)s
)
SELECT asked.*, counted.day_count, counted.minute_count FROM asked LEFT JOIN counted ON true
"""


@dataclass(slots=True, kw_only=True)
class Use:
    """What a key may do, and how much of that is left. `is_refused`: this call was too much, and counts nothing."""

    key: int
    scopes: tuple[str, ...]
    per_minute: int
    per_day: int
    left_this_minute: int
    left_today: int
    minute_ends_in: int
    day_ends_in: int
    is_refused: bool

    @property
    def retry_after(self):
        """Seconds until one more call is taken."""
        return self.day_ends_in if self.left_today <= 0 else self.minute_ends_in

    @property
    def headers(self):
        """The fields of the RateLimit draft (draft-ietf-httpapi-ratelimit-headers)."""
        policy = f'"minute";q={self.per_minute};w=60, "day";q={self.per_day};w=86400'
        left = f'"minute";r={self.left_this_minute};t={self.minute_ends_in}'
        return {"RateLimit-Policy": policy, "RateLimit": f'{left}, "day";r={self.left_today};t={self.day_ends_in}'}


def use(*, secret_hash, weight=1):
    """Count `weight` calls of the key with this hash: a Use, or None when there is no such key or it was stopped."""
    now = timezone.now()
    minute, day = now.replace(second=0, microsecond=0), now.date()
    given = {"hash": secret_hash, "weight": weight, "minute": minute, "day": day}
    with connection.cursor() as cursor:
        cursor.execute(USE.format(keys=ApiKey._meta.db_table, uses=KeyUse._meta.db_table), given)
        row = cursor.fetchone()
    if row is None:
        return None
    key, scopes, per_minute, per_day, day_count, minute_count = row
    if is_refused := day_count is None:
        day_count, minute_count = _counts(key, day, minute)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return Use(
        key=key,
        scopes=tuple(scopes),
        per_minute=per_minute,
        per_day=per_day,
        left_this_minute=max(0, per_minute - minute_count),
        left_today=max(0, per_day - day_count),
        minute_ends_in=60 - now.second,
        day_ends_in=int((midnight - now).total_seconds()) + 1,
        is_refused=is_refused,
    )


def _counts(key, day, minute):
    """(of the day, of the minute) as they stand."""
    used = KeyUse.objects.filter(key=key, day=day).first()
    if used is None:
        return 0, 0
    return used.day_count, used.minute_count if used.minute >= minute else 0


def forget(*, now=None):
    """Delete counts of days long past, and what may no longer be repeated."""
    now = now or timezone.now()
    KeyUse.objects.filter(day__lt=now.date() - timedelta(days=DAYS_KEPT)).delete()
    Repeat.objects.filter(created_at__lt=now - timedelta(hours=HOURS_REPEATED)).delete()
