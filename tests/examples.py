"""How long the laws look for a counter-example: `EXAMPLES=10000 pytest …` looks longer, wherever hypothesis is used."""

import os

from hypothesis import HealthCheck, settings


def examples(usual):
    """How many examples a law tries: as many as whoever runs it wishes, or the number that is usual for it."""
    return int(os.environ.get("EXAMPLES") or usual)


# For laws that name no number. A busy machine is no counter-example, so nothing here is about time.
settings.register_profile(
    "laws", max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")
