"""Leaving a host alone that fails or asks us to: the only writer of a LinkHost. In PostgreSQL, so every worker knows.

After FAILURES failures in a row nobody asks the host for PAUSE; then one asks, and its luck decides for all. It is the
host and not the platform: somebody who pastes links to five dead servers must not close Mastodon for everybody.
"""

from datetime import timedelta

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from posts.links.not_readable import Reason
from posts.models import LinkHost
from posts.rate_limit import count_one

FAILURES = 5
PAUSE = timedelta(seconds=60)
LONGEST_PAUSE = timedelta(hours=1)
# Questions to one platform, from everybody.
A_MINUTE = 60
MOST_SHOWN = 50


def reason_to_wait(*, platform, host):
    """Why nobody should ask this host of a platform now: Reason.DOWN, Reason.BUSY, or None. Counts the question."""
    if reason := _pause(host):
        return reason
    count, _ = count_one(f"links:{platform}", 60)
    return Reason.BUSY if count > A_MINUTE else None


def _pause(host):
    """Why a host is left alone. After a pause for failures one is let through, and nobody else for another PAUSE."""
    now = timezone.now()
    row = LinkHost.objects.filter(host=host, paused_until__isnull=False).first()
    if row is None:
        return None
    is_failing = row.failures >= FAILURES
    if row.paused_until > now:
        return Reason.DOWN if is_failing else Reason.BUSY
    if not is_failing:
        return None
    # The one whose update still finds the old time is the one who tries.
    mine = LinkHost.objects.filter(pk=row.pk, paused_until=row.paused_until)
    return None if mine.update(paused_until=now + PAUSE, updated_at=now) else Reason.DOWN


def note_success(*, host):
    """The host answered: forget its failures. Where it asked us to wait, we still do."""
    LinkHost.objects.filter(host=host, failures__gt=0).update(failures=0, paused_until=None, updated_at=timezone.now())


def note_failure(*, host):
    """The host did not answer as it should. At FAILURES in a row it is left alone for PAUSE."""
    now = timezone.now()
    _row_of(host, now).update(
        failures=F("failures") + 1,
        paused_until=Case(When(failures__gte=FAILURES - 1, then=Value(now + PAUSE)), default=F("paused_until")),
        updated_at=now,
    )


def note_asked_to_wait(*, host, seconds):
    """The host says that we ask too much: leave it alone as long as it says (None: PAUSE), at most an hour."""
    now = timezone.now()
    pause = PAUSE if seconds is None else min(timedelta(seconds=max(seconds, 1)), LONGEST_PAUSE)
    _row_of(host, now).update(failures=0, paused_until=now + pause, updated_at=now)


def troubled_hosts():
    """The hosts that failed lately or are left alone now: the latest LinkHosts, because dead servers can be many."""
    troubled = LinkHost.objects.filter(Q(failures__gt=0) | Q(paused_until__gt=timezone.now()))
    return troubled.order_by("-updated_at")[:MOST_SHOWN]


def _row_of(host, now):
    LinkHost.objects.get_or_create(host=host, defaults={"updated_at": now})
    return LinkHost.objects.filter(host=host)
