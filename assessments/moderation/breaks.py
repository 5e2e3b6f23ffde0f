"""When a moderator has read long enough to deserve a break, told from what they decided: no cookie, no timer."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from assessments.moderation.models import Ruling

# So long without a decision is a break.
BREAK = timedelta(minutes=20)
# A stretch is not followed back further than this.
LONGEST = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """How much somebody read without a break."""

    cases: int
    minutes: int


def stretch_to_break(person, *, after_minutes, now=None):
    """The Stretch after which a break is due, or None. One query; none when `after_minutes` is 0: never."""
    if not after_minutes:
        return None
    now = now or timezone.now()
    times = Ruling.objects.filter(by=person, created_at__gt=now - LONGEST).order_by("-created_at")
    began, cases = now, 0
    for at in times.values_list("created_at", flat=True):
        if began - at > BREAK:
            break
        began, cases = at, cases + 1
    minutes = round((now - began).total_seconds() / 60)
    return Stretch(cases=cases, minutes=minutes) if minutes >= after_minutes else None
