"""How many posts may be sent, from one address and by everybody. Counts in PostgreSQL, so every worker sees them.

An address is never stored: only an HMAC of it that changes every day. It is the address of the connection
(REMOTE_ADDR); X-Forwarded-For is never read, because anyone can write it. A proxy in front has to hand the real
address over as REMOTE_ADDR.
"""

import ipaddress
import math

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from posts.happenings import happened
from posts.intake import PostError
from posts.models import RequestCount

ADDRESS_WINDOW_SECONDS = 600
GLOBAL_WINDOW_SECONDS = 60

# Both in one question, and the second only where the first is within its limit. Nobody is told that a count is kept, so
# nobody waits for the disk: a crash may forget the counts of its last moment.
COUNT_BOTH = """
    WITH mine AS (
        INSERT INTO {table} AS counts (who, window_at, count)
        SELECT %(address)s, to_timestamp(%(address_window)s), 1
        FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quickly
        ON CONFLICT (who, window_at) DO UPDATE SET count = counts.count + 1
        RETURNING count
    ), everybodys AS (
        INSERT INTO {table} AS counts (who, window_at, count)
        SELECT 'everybody', to_timestamp(%(global_window)s), 1 FROM mine WHERE mine.count <= %(limit)s
        ON CONFLICT (who, window_at) DO UPDATE SET count = counts.count + 1
        RETURNING count
    )
    SELECT mine.count, coalesce((SELECT count FROM everybodys), 0) FROM mine
"""
COUNT_ONE = """
    INSERT INTO {table} AS counts (who, window_at, count) VALUES (%s, to_timestamp(%s), 1)
    ON CONFLICT (who, window_at) DO UPDATE SET count = counts.count + 1
    RETURNING count
"""


class TooManyRequests(PostError):
    """One address, or everybody together, sent too much. `retry_after` is in seconds."""

    field = None
    status = 429

    def __init__(self, retry_after):
        self.retry_after = retry_after
        minutes = math.ceil(retry_after / 60)
        sentence = ngettext(
            "We are getting too many posts at once. Your words are still here: wait a minute, then try again.",
            "We are getting too many posts at once. Your words are still here: "
            "wait %(minutes)s minutes, then try again.",
            minutes,
        )
        super().__init__(sentence % {"minutes": minutes})


def count_submission(request):
    """Count one submission. Raises TooManyRequests; a refused address does not use up everybody's allowance."""
    address_window, address_left = _window(ADDRESS_WINDOW_SECONDS)
    global_window, global_left = _window(GLOBAL_WINDOW_SECONDS)
    given = {"address": hashed_address(request), "address_window": address_window, "global_window": global_window}
    with connection.cursor() as cursor:
        table = RequestCount._meta.db_table
        cursor.execute(COUNT_BOTH.format(table=table), {**given, "limit": settings.RATE_LIMIT_PER_ADDRESS})
        mine, everybodys = cursor.fetchone()
    if mine <= settings.RATE_LIMIT_PER_ADDRESS and everybodys <= settings.RATE_LIMIT_GLOBAL:
        return
    happened("submission", outcome=TooManyRequests.__name__)
    is_about_one = mine > settings.RATE_LIMIT_PER_ADDRESS
    raise TooManyRequests(retry_after=address_left if is_about_one else global_left)


def hashed_address(request):
    """An HMAC of today's date and the address; of an IPv6 address only its /64, which is one household."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        pass
    else:
        if parsed.version == 6:
            mapped = parsed.ipv4_mapped
            address = str(mapped or ipaddress.ip_network((int(parsed), 64), strict=False))
    salt = f"posts.rate_limit.{timezone.now():%Y-%m-%d}"
    return salted_hmac(salt, address, algorithm="sha256").hexdigest()


def count_one(who, seconds):
    """Add one to the window of so many seconds that is open now: its count, and the seconds until it closes."""
    window, left = _window(seconds)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE.format(table=RequestCount._meta.db_table), [who, window])
        (count,) = cursor.fetchone()
    return count, left


def _window(seconds):
    """When the window of so many seconds began that is open now, and how many seconds are left of it."""
    now = timezone.now().timestamp()
    begun = now // seconds * seconds
    return begun, math.ceil(begun + seconds - now)
