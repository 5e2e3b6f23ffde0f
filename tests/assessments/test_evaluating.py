"""The arithmetic of `evaluate`, against numbers worked out by hand."""

import dataclasses

import pytest

from assessments import engine
from assessments.evaluating import (
    Counts,
    added,
    answers_for,
    claims_expected,
    claims_of,
    f1_interval,
    fold_of,
    names_not_scored,
    wilson,
)
from assessments.post_lines import BadLine, read_lines


def counts_of(hits, false_alarms, misses, silences):
    return Counts(hits=hits, false_alarms=false_alarms, misses=misses, silences=silences)


@pytest.fixture
def result():
    return engine.Result(
        level="check-first",
        crisis=False,
        language="en",
        words=20,
        author=engine.Author.LAY,
        flags=tuple((flag, flag == "selling") for flag in engine.FLAGS),
        items=(),
        findings=(),
        not_checked=(),
        trace=(),
        engine="1.0.0",
    )


# By hand: 8 of 10 has its middle at 0.7167 and a half width of 0.2265; 0 of 10 and 10 of 10 mirror each other.
@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_wilson_interval(successes, total, low, high):
    assert wilson(successes, total) == pytest.approx((low, high), abs=0.0001)


def test_wilson_of_nothing_is_nothing():
    assert wilson(0, 0) is None


# By hand: F1 = 2J / (1 + J) of the ends of Wilson's interval for J, which are those above for 8, 10 and 0 of 10.
@pytest.mark.parametrize(
    ("hits", "false_alarms", "misses", "low", "high"),
    [(8, 1, 1, 0.6579, 0.9708), (10, 0, 0, 0.8389, 1.0), (0, 4, 6, 0.0, 0.4344), (2, 1, 1, 0.2609, 0.9189)],
)
def test_f1_interval(hits, false_alarms, misses, low, high):
    assert f1_interval(hits, false_alarms, misses) == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize("counts", [(8, 1, 1), (3, 7, 0), (0, 1, 0), (50, 9, 30)])
def test_f1_lies_inside_its_interval(counts):
    low, high = f1_interval(*counts)

    assert low <= counts_of(*counts, silences=4).f1 <= high


def test_f1_interval_of_nothing_is_nothing():
    assert f1_interval(0, 0, 0) is None


def test_the_four_figures():
    counts = counts_of(hits=6, false_alarms=2, misses=4, silences=8)

    assert counts.posts == 20
    assert (counts.precision, counts.recall, counts.false_alarm_rate) == (0.75, 0.6, 0.2)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


@pytest.mark.parametrize(
    ("counts", "figures"),
    [
        (counts_of(0, 0, 0, 5), (None, None, None, 0.0)),  # nothing expected, nothing found
        (counts_of(0, 0, 3, 0), (None, 0.0, 0.0, None)),  # no post that should stay silent
        (counts_of(0, 2, 0, 0), (0.0, None, 0.0, 1.0)),
    ],
)
def test_a_figure_without_anything_to_divide_by_is_none(counts, figures):
    assert (counts.precision, counts.recall, counts.f1, counts.false_alarm_rate) == figures


def test_add_counts_a_post_in_its_quarter():
    counts = Counts()

    counts.add(expected=True, found=True)
    counts.add(expected=True, found=False)
    counts.add(expected=False, found=True)
    counts.add(expected=False, found=False)

    assert counts == counts_of(1, 1, 1, 1)


def test_added_is_the_sum():
    assert added([counts_of(1, 2, 3, 4), counts_of(10, 20, 30, 40)]) == counts_of(11, 22, 33, 44)


def test_answers_for_scores_only_what_is_known(result):
    expect = {"selling": True, "pressure": None, "too_general": False, "crisis": True, "claim_verdict": "supported"}

    assert sorted(answers_for(expect, result)) == [
        ("crisis", "", True, False),
        ("selling", "", True, True),
        ("too_general", "", False, False),
    ]
    assert names_not_scored(expect, result) == ["claim_verdict"]


def test_a_flag_that_is_no_boolean_is_not_scored(result):
    assert answers_for({"selling": "yes", "pressure": 1}, result) == []
    assert names_not_scored({"selling": "yes", "pressure": 1}, result) == ["pressure", "selling"]


@pytest.mark.parametrize(("author", "found"), [("lay", True), ("registered_title", False)])
def test_the_kind_of_author_is_scored_by_name(author, found, result):
    assert answers_for({"author": author}, result) == [(f"author={author}", "", True, found)]
    assert names_not_scored({"author": author}, result) == []


def test_a_verified_professional_is_found_by_a_registered_title(result):
    professional = dataclasses.replace(result, author=engine.Author.REGISTERED_TITLE)
    expect = {"author_is_verified_professional": True}

    assert answers_for(expect, professional) == [("author_is_verified_professional", "", True, True)]
    assert answers_for(expect, result) == [("author_is_verified_professional", "", True, False)]


# --- claims ----------------------------------------------------------------------------------------------------------


def finding(signal, *, counted=True, context=engine.Context.ASSERTED):
    return engine.Finding(
        item="C1-known-claims",
        answer="high",
        effect="red",
        signal=signal,
        kind="claim",
        spans=((0, 4),),
        context=context,
        counted=counted,
        masked=False,
    )


@pytest.fixture
def claiming(result):
    """One claim made (and once only asked about), one that does not count, one put right."""
    return dataclasses.replace(
        result,
        findings=(
            finding("made", counted=False, context=engine.Context.ASKED),
            finding("made"),
            finding("asked", counted=False, context=engine.Context.ASKED),
            finding("put-right", context=engine.Context.CORRECTED),
        ),
    )


def test_a_claim_is_found_when_it_counts_and_is_not_put_right(claiming):
    assert claims_of(claiming) == {"made"}


def test_every_claim_is_an_answer_to_the_one_label(claiming):
    expect = {"claims": {"put-right": False, "made": True, "asked": True, "unknown": None}}

    assert answers_for(expect, claiming) == [
        ("claim", "asked", True, False),
        ("claim", "made", True, True),
        ("claim", "put-right", False, False),
    ]
    assert names_not_scored(expect, claiming) == []


def test_the_short_form_expects_one_claim(claiming):
    assert answers_for({"claim": "made"}, claiming) == [("claim", "made", True, True)]
    assert claims_expected({"claim": "made", "claims": {"other": False}}) == {"made": True, "other": False}


@pytest.mark.parametrize(
    ("expect", "names"),
    [
        ({"claim": True}, ["claim"]),
        ({"claims": ["made"]}, ["claims"]),
        ({"claims": {"made": "yes", "asked": False}}, ["claims.made"]),
        ({"claim": None, "claims": None}, []),
    ],
)
def test_a_claim_without_key_or_boolean_is_not_scored(expect, names, claiming):
    assert names_not_scored(expect, claiming) == names


# --- folds and kept fields -------------------------------------------------------------------------------------------


def test_all_posts_of_an_author_are_in_one_fold():
    assert len({fold_of("ann", number, "x", 5) for number in range(50)}) == 1
    assert {fold_of("", number, "x", 5) for number in range(50)} == set(range(5))
    assert {fold_of("", None, f"text {number}", 5) for number in range(50)} == set(range(5))


def test_a_fold_is_the_same_on_every_machine():
    assert [fold_of(author, 1, "x", 10) for author in ("ann", "bo", "cy")] == [9, 2, 8]


def test_fields_are_kept_as_strings_when_asked_for():
    line = b'{"id": 1, "text": "x", "source": " Forum ", "author": 7, "empty": "", "other": "y"}'

    (post,) = read_lines([line], keep=("source", "author", "empty", "missing"))

    assert post.kept == {"source": "Forum", "author": "7"}
    assert next(read_lines([line])).kept == {}


def test_a_kept_field_that_is_no_word_makes_a_bad_line():
    (bad,) = read_lines([b'{"id": 1, "text": "x", "source": ["Forum"]}'], keep=("source",))

    assert isinstance(bad, BadLine)
    assert (str(bad), bad.id) == ("source is not a string or a number", 1)
