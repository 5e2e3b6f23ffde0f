"""The ten worked examples of the checklist: what its authors say the rules must come to."""

from pathlib import Path

import pytest
import yaml

from assessments import engine

EXAMPLES = yaml.safe_load((Path(__file__).parent.parent / "worked_examples.yaml").read_text())["worked_examples"]


def assess(example, compiled):
    return engine.assess(example["text"], compiled, author_line=example["author_line"], country=example["country"])


def test_there_are_ten():
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["key"])
def test_level_and_crisis_are_as_the_checklist_says(example, compiled):
    result = assess(example, compiled)

    assert (result.level, result.crisis) == (example["level"], example["crisis"]), result.trace


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["key"])
def test_the_effects_it_is_about_are_there(example, compiled):
    """Each effect named by the example is found; a reader's own answer ("personal") is not the engine's to give."""
    effects = [item.effect for item in assess(example, compiled).items]

    for effect in set(example["effects"]) - {"personal"}:
        assert effect in effects
    for effect in {"stop", "red", "stop+help"} - set(example["effects"]):
        assert effect not in effects
