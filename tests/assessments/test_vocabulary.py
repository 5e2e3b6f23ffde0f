"""The rows of the checklist and the engine must speak the same words."""

from assessments import engine
from assessments.models.checklist import AnswerEffect
from assessments.models.evidence import Flag, SetEffect


def test_flags_are_those_of_the_engine():
    assert [flag for flag in Flag.values if flag] == list(engine.FLAGS)


def test_the_engine_knows_every_effect_and_the_rows_have_every_one():
    in_rows = {part for effect in (*AnswerEffect.values, *SetEffect.values) for part in effect.split("+") if part}

    assert in_rows == {effect.value for effect in engine.Effect}
