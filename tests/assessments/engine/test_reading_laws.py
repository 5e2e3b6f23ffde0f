"""Laws of reading, for any text at all."""

from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessments.engine.text import normal_form, read
from tests.examples import examples

_PIECES = """exercise cures #exercisecuresdepression #one#two > >so &gt;I - # 1. **bold** _em_ [a](b) [see](https://x.org)
    p r o a n a s*icide pr0-ana sui**cid**e kiII 🤦🏽\u200d♀️ 💊 ❤️ ½ \ufdfa ａｂ \u0435\u0445\u0440\u0435rt \u202e
    e\u0301 @me u/someone kill.me don't $uicide ... ? ! \u2028 \x1c \ud800 ☃""".split(" ")
_PIECED = st.lists(st.sampled_from([*_PIECES, "\n", " "]), max_size=60).map(" ".join)
_GLUED = st.lists(st.sampled_from([*_PIECES, "\n", " "]), max_size=30).map("".join)
ANYTHING = st.one_of(
    _PIECED, _GLUED, st.text(max_size=300), st.text(alphabet=">#*-_~[]() .a1\n\u0301\u200b", max_size=80)
)
MANY = settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(ANYTHING)
def test_words_stand_one_behind_the_other_inside_the_text(text):
    reading = read(text)
    places = list(zip(reading.starts, reading.ends, strict=True))

    assert len(places) == len(reading.forms) == len(reading.sentences)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert reading.sentences == sorted(reading.sentences)
    assert all(reading.forms)
    assert reading.counted[0] == 0
    assert len(reading.counted) == len(reading.forms) + 1


@MANY
@given(ANYTHING)
@example("0#¼")
def test_everything_else_that_is_known_of_a_text_is_about_words_that_are_there(text):
    reading = read(text)
    words = range(len(reading.forms))

    assert {*reading.alternatives, *reading.arcs, *reading.before, *reading.after} <= set(words)
    assert all(first <= last < len(words) for first, arcs in reading.arcs.items() for last, _ in arcs)
    assert all(form for forms in reading.alternatives.values() for form in forms)
    assert reading.quoted | reading.questions <= set(reading.sentences)


@MANY
@given(ANYTHING)
def test_what_is_read_grows_no_faster_than_the_text(text):
    reading = read(text)
    readings = sum(map(len, reading.alternatives.values())) + sum(map(len, reading.arcs.values()))

    assert len(reading.forms) <= len(text)
    assert readings <= 12 * len(text)


@MANY
@given(ANYTHING)
def test_reading_a_text_again_gives_the_same(text):
    one, other = read(text), read(text)

    assert (one.forms, one.starts, one.sentences, one.arcs, one.alternatives, one.quoted) == (
        other.forms,
        other.starts,
        other.sentences,
        other.arcs,
        other.alternatives,
        other.quoted,
    )


@MANY
@given(st.text(max_size=40))
def test_a_normal_form_is_its_own_normal_form(word):
    assert normal_form(normal_form(word)) == normal_form(word)
