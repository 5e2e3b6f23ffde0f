"""Visits to one site on the internet of the tests."""

import pytest

from posts.links import door
from tests.posts.links.visits import HOSTS, NAME, PAGE, refusal


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
