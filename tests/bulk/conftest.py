"""Posts in files, made of the words of the factories."""

import json

import pytest

from assessments.snapshots import canonical_bytes
from tests import factories

TEXTS = (
    factories.CLAIM_TEXT,
    factories.HARM_TEXT,
    "We walked along the river and counted boats, and then it rained.",
    "It is my birthday.",
    "",
)


def post(number):
    """The so-manyth post, as a dictionary."""
    return {
        "id": f"p{number}",
        "text": f"{TEXTS[number % len(TEXTS)]} {number}",
        "place": ("here", "there")[number % 2],
    }


def post_lines(how_many):
    """JSON Lines of so many posts; every hundredth is none."""
    lines = (b"{no" if number % 100 == 99 else json.dumps(post(number)).encode() for number in range(how_many))
    return b"\n".join(lines) + b"\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with the small checklist in snapshot.json; the test is in it."""
    (tmp_path / "snapshot.json").write_bytes(canonical_bytes(factories.small_content() | {"version": "7"}))
    monkeypatch.chdir(tmp_path)
    return tmp_path
