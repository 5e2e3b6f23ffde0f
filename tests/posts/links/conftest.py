"""The clock, and platforms that say what a test wants, for the reading of links."""

import pytest
from django.utils import timezone

from tests.posts.links import samples

START = timezone.datetime(2026, 1, 1, 12, 0, 0, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture
def at(monkeypatch):
    """A function that sets the clock to so many seconds after START."""

    def set_clock(seconds):
        now = START + timezone.timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda: now)

    set_clock(0)
    return set_clock


@pytest.fixture
def serve(fake_internet):
    """A function that makes a platform say something, and gives its Site."""
    return lambda platform, said: fake_internet.serve(samples.HOSTS[platform], said)
