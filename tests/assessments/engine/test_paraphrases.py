"""Claims in words that nobody wrote a pattern for: `examples/paraphrases_*.jsonl`, with the real content.

Floors, not targets: a little below what was measured, so that a change that loses paraphrases is seen. They go up with
the measure. The kept files are never read while patterns are written (examples/README.md).
"""

import json
from pathlib import Path

import pytest

from assessments import engine
from assessments.evaluating import answers_for

EXAMPLES = Path(__file__).parent.parent / "examples"


def share_found(name, compiled, *, expected):
    """Of the posts that should (or should not) have their claim, the share in which it was found and counted."""
    answers = []
    for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        for _, _, wanted, found in answers_for(post["expect"], engine.assess(post["text"], compiled)):
            answers += [found] if wanted == expected else []
    assert len(answers) > 100
    return sum(answers) / len(answers)


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("paraphrases_natural.jsonl", 0.77),
        ("paraphrases_hard_worked.jsonl", 0.80),
        ("paraphrases_hard_kept.jsonl", 0.20),
    ],
)
def test_paraphrases_of_known_claims_are_found(name, floor, compiled):
    assert share_found(name, compiled, expected=True) >= floor


@pytest.mark.parametrize(
    ("name", "ceiling"), [("paraphrases_hard_worked.jsonl", 0.03), ("paraphrases_hard_kept.jsonl", 0.08)]
)
def test_lookalikes_seldom_count(name, ceiling, compiled):
    assert share_found(name, compiled, expected=False) <= ceiling
