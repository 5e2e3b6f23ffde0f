"""Labelled posts by how they say what they say: `tests/assessments/examples/contexts.yaml`, with the real content."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from assessments import engine
from assessments.engine import deciding

EXAMPLES = [
    dict(example, about=about)
    for about, examples in yaml.safe_load(
        (Path(__file__).parent.parent / "examples" / "contexts.yaml").read_text(encoding="utf-8")
    ).items()
    for example in examples
]
WORKED = [example for example in EXAMPLES if example["part"] == "worked"]
KEPT = [example for example in EXAMPLES if example["part"] == "kept"]
MISSED = [example for example in EXAMPLES if example["part"] == "missed"]

# The kept posts say how well posts are understood that no rule was written for, so they are held by share, not one by
# one. Measured when the rules were written: 196 of 224 (88%) counted rightly, where the old rules had 145 (65%).
# It is 92% of the posts written beside the worked ones and 70% of the `unseen` ones, which are harder on purpose. The
# floor leaves room for a few patterns to change their words; it is to go up with the measure, and never by working on
# the kept posts.
LEAST_KEPT = 0.85


def contexts_and_counting(example, compiled):
    """The contexts in which the example's claim or signal was found, and whether it counts in any of them."""
    owner = compiled.owners[example["key"]]
    result = engine.assess(example["text"], compiled)
    contexts = {finding.context for finding in result.findings if finding.signal == example["key"]}
    return {context.value for context in contexts}, any(deciding.counts(owner, context) for context in contexts)


def is_right(example, compiled):
    _, counts = contexts_and_counting(example, compiled)
    return counts == example["counts"]


@pytest.mark.parametrize("example", WORKED, ids=lambda example: f"{example['about']}: {example['text'][:50]}")
def test_a_worked_post_is_understood(example, compiled):
    contexts, counts = contexts_and_counting(example, compiled)

    assert counts == example["counts"], contexts
    # A pattern may also say itself what it must not be in: then nothing is found, and nothing counts.
    assert not contexts or contexts & set(example["context"]), contexts


def test_the_kept_posts_are_understood_as_a_whole(compiled):
    right = sum(is_right(example, compiled) for example in KEPT)

    assert right / len(KEPT) >= LEAST_KEPT


@pytest.mark.parametrize("example", MISSED, ids=lambda example: example["text"][:50])
def test_a_post_that_is_missed_is_known_to_be(example, compiled):
    assert not is_right(example, compiled), "this post is understood now: make it `worked`"


def test_no_post_stands_twice():
    assert [text for text, times in Counter(example["text"] for example in EXAMPLES).items() if times > 1] == []
