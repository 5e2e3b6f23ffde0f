"""docs/security.md and docs/data-protection.md name tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("document", ["docs/security.md", "docs/data-protection.md"])
def test_every_test_that_is_named_is_there(document):
    named = set(NAMED.findall((ROOT / document).read_text()))

    assert named
    missing = [
        f"{path}::{name}"
        for path, name in sorted(named)
        if not (ROOT / path).exists() or (name and f"def {name}(" not in (ROOT / path).read_text())
    ]
    assert missing == []


def test_both_ask_to_be_reviewed_by_people():
    for name in ("docs/security.md", "docs/data-protection.md", "templates/assessments/privacy.html"):
        assert "HUMAN REVIEW NEEDED" in (ROOT / name).read_text()
