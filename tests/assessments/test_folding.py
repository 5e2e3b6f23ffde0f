"""Laws of folding a long post around its evidence, and examples a person can read."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.folding import CONTEXT, LONG, OPENING, WORTH, fold
from assessments.marking import Evidence, cut
from assessments.templatetags.report_words import marked

SENTENCE = "The weather was fine and we went for a walk. "


def evidence(number, start, end):
    return Evidence(number=number, tone="careful", start=start, end=end)


# Long enough to fold, of words, sentences, one endless word, and signs that belong together.
long_texts = st.lists(
    st.sampled_from(
        [SENTENCE * 8, "word " * 60, "x" * 500, "e\u0301" * 200, "👩\u200d🔬" * 120, "\n\n", "短い。" * 90]
    ),
    max_size=9,
).map("".join)
places = st.tuples(st.integers(0, 4000), st.integers(1, 300)).map(lambda pair: (pair[0], sum(pair)))


@st.composite
def posts(draw):
    found = [evidence(number, *place) for number, place in enumerate(draw(st.lists(places, max_size=4)), start=1)]
    return draw(long_texts), found, draw(st.lists(places, max_size=3))


@given(posts())
def test_joining_the_pieces_gives_the_post_back(post):
    text, found, masked = post

    assert "".join(segment.text for segment in fold(cut(text, found, masked))) == text


@given(posts())
def test_nothing_but_plain_words_is_folded_and_every_mark_stays_as_it_was(post):
    text, found, masked = post
    before = cut(text, found, masked)

    after = fold(before)

    folded = [segment for segment in after if segment.folded]
    assert all(segment.numbers == segment.openings == () and not segment.hidden for segment in folded)
    assert [one for one in after if one.numbers or one.hidden] == [one for one in before if one.numbers or one.hidden]


@given(posts())
def test_evidence_keeps_the_words_around_it_and_each_fold_is_worth_opening(post):
    text, found, masked = post
    segments = fold(cut(text, found, masked))

    at = 0
    for place, segment in enumerate(segments):
        end = at + len(segment.text)
        if segment.folded:
            assert len(segment.text) >= WORTH
            inside = [(one.start, min(one.end, len(text))) for one in found if one.start < len(text)]
            # A sign that was kept whole may take a few characters of the context.
            assert all(last + CONTEXT <= at or first >= end + CONTEXT - 8 for first, last in inside)
            assert place > 0, "the beginning of a post is always in sight"
        at = end


@given(posts())
def test_no_accent_or_joined_sign_is_cut_off(post):
    segments = fold(cut(post[0]))

    for before, after in pairwise(segments):
        assert not after.text.startswith(("\u0301", "\u200d"))
        assert not before.text.endswith("\u200d")


@pytest.mark.parametrize("found", [[], [evidence(1, 20, 30)]], ids=["nothing found", "found"])
def test_a_post_that_is_not_long_is_shown_whole(found):
    segments = fold(cut("a" * LONG, found))

    assert not any(segment.folded for segment in segments)


def test_without_evidence_the_beginning_is_shown_and_the_rest_is_folded():
    text = SENTENCE * 40

    shown, folded = fold(cut(text))

    assert (shown.folded, folded.folded) == (False, True)
    assert OPENING <= len(shown.text) <= OPENING + len(SENTENCE)
    assert shown.text.endswith("walk. ")


def test_what_is_far_from_evidence_is_folded_between_sentences():
    text = SENTENCE * 20 + "LOOK HERE. " + SENTENCE * 20 + "AND HERE. " + SENTENCE * 4
    places = [text.index("LOOK HERE"), text.index("AND HERE")]

    segments = fold(cut(text, [evidence(number, at, at + 9) for number, at in enumerate(places, start=1)]))

    shape = [("fold" if one.folded else "mark" if one.numbers else "words") for one in segments]
    assert shape == ["words", "fold", "words", "mark", "words", "fold", "words", "mark", "words"]
    assert all(one.text.startswith("The weather") and one.text.endswith("walk. ") for one in segments if one.folded)


def test_evidence_side_by_side_shares_its_context():
    gap = SENTENCE * 8
    text = "HERE. " + gap + "HERE. " + SENTENCE * 30

    segments = fold(cut(text, [evidence(1, 0, 4), evidence(2, 6 + len(gap), 10 + len(gap))]))

    assert [one.folded for one in segments] == [False, False, False, False, True]


def test_a_fold_says_how_much_it_holds_and_escapes_it():
    html = marked(fold(cut("<b>" * 800)))

    number = int(re.search(r"Show ([\d,]+) more characters</summary>", html)[1].replace(",", ""))
    folded = re.search(r"</summary>(.*)</details>", html, re.DOTALL)[1]
    assert len(unescape(folded)) == number
    assert "<b>" not in html
