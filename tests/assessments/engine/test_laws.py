"""What holds for any text: never raises, spans inside the original, stable order, same input and same bytes."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import engine
from assessments.engine.patterns import PatternError, parse
from assessments.engine.text import read
from tests.examples import examples

WORDS = st.sampled_from(
    """depression anxiety adhd cure cures cured exercise gym meds stop taking your not never myth: fact: therapist
    doctor 5 signs you have kys unalive want to die i cut proana th1nspo #recovery link in bio my dad said 🙄 . , ? ! \n
    always everyone talk to your gp first s*icide p r o a n a s\u200buicide \u202e ٣ é""".split(" ")
)
SENTENCES = st.lists(WORDS, max_size=60).map(" ".join)
ANYTHING = st.one_of(SENTENCES, st.text(max_size=400), st.text(alphabet="aA*#-. '@\u0301\u200d😀1", max_size=80))
SLOWLY = settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOWLY
@given(text=ANYTHING)
def test_words_lie_in_order_inside_the_original(text):
    reading = read(text)

    assert all(0 <= start < end <= len(text) for start, end in zip(reading.starts, reading.ends, strict=True))
    assert reading.starts == sorted(reading.starts)
    assert reading.sentences == sorted(reading.sentences)
    assert all(reading.forms)


@SLOWLY
@given(text=ANYTHING, author_line=st.one_of(st.just(""), ANYTHING), country=st.sampled_from(["", "GB", "US", "ZZ"]))
def test_any_text_gives_a_result_with_spans_inside_it(compiled, text, author_line, country):
    result = engine.assess(text, compiled, author_line=author_line, country=country)

    for finding in result.findings:
        inside = author_line if finding.place == "author_line" else text
        assert all(0 <= start < end <= len(inside) for start, end in finding.spans)
        assert list(finding.spans) == sorted(finding.spans)
    assert result.level in {level.key for level in compiled.levels}
    assert [item.item for item in result.items] == [rule.key for rule in compiled.items]
    assert [flag for flag, _ in result.flags] == list(engine.FLAGS)


@pytest.fixture(scope="module")
def compiled_again(content):
    """A second compilation of the same content: nothing may depend on what one of them has seen before."""
    return engine.compile(json.loads(json.dumps(content)))


@SLOWLY
@given(text=ANYTHING, author_line=st.text(max_size=60))
def test_the_same_input_gives_the_same_bytes(compiled, compiled_again, text, author_line):
    first = json.dumps(engine.assess(text, compiled, author_line=author_line).to_dict())
    second = json.dumps(engine.assess(text, compiled_again, author_line=author_line).to_dict())

    assert first == second


@SLOWLY
@given(text=SENTENCES)
def test_findings_come_in_the_order_of_the_text(compiled, text):
    findings = engine.assess(text, compiled).findings

    assert [f.spans for f in findings] == sorted(f.spans for f in findings)


@SLOWLY
@given(written=st.text(alphabet="abc {}()[]|&!.+*#0129=\u00e9", max_size=60))
def test_any_pattern_is_read_or_refused_with_a_place(written):
    assert read_or_refused(written) == "fine"


def read_or_refused(written):
    try:
        read_back = parse(written, {}).written
    except PatternError as mistake:
        return "fine" if 1 <= mistake.column <= len(written) + 1 else f"no such place: {mistake}"
    return "fine" if read_back == written else f"changed to {read_back}"
