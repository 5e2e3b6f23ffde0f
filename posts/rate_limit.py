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
    _count(hashed_address(request), ADDRESS_WINDOW_SECONDS, settings.RATE_LIMIT_PER_ADDRESS)
    _count("everybody", GLOBAL_WINDOW_SECONDS, settings.RATE_LIMIT_GLOBAL)


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


def _count(who, seconds, limit):
    """Add one to the window that is open now. Raises TooManyRequests over `limit`."""
    count, left = count_one(who, seconds)
    if count > limit:
        happened("submission", outcome=TooManyRequests.__name__)
        raise TooManyRequests(retry_after=left)


def count_one(who, seconds):
    """Add one to the window of so many seconds that is open now: its count, and the seconds until it closes."""
    now = timezone.now().timestamp()
    window = now // seconds * seconds
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE.format(table=RequestCount._meta.db_table), [who, window])
        (count,) = cursor.fetchone()
    return count, math.ceil(window + seconds - now)
