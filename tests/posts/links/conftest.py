"""Visits to one site on the internet of the tests; the clock, and platforms that say what a test wants."""

import pytest
from django.utils import timezone

from posts.links import door
from tests.posts.links import samples
from tests.posts.links.visits import HOSTS, NAME, PAGE, refusal

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


@pytest.fixture
def answer_to(fake_internet):
    """A function that serves what it is given at NAME, and fetches it."""

    def fetched(said):
        fake_internet.serve(NAME, said)
        return door.get(PAGE, hosts=HOSTS)

    return fetched


@pytest.fixture
def refusal_of(fake_internet):
    """A function that serves what it is given at NAME, and says why there is no answer."""

    def refused(said):
        fake_internet.serve(NAME, said)
        return refusal()

    return refused


@pytest.fixture
def hurried(monkeypatch):
    """The door has less time than usual."""
    monkeypatch.setattr(door, "SECONDS", 0.3)
