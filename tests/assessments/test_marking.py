"""Laws of cutting a post into pieces, and examples a person can read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.marking import HIDDEN, Evidence, cut, harmless, quote
from assessments.templatetags.report_words import marked


def evidence(number, start, end, tone="careful"):
    return Evidence(number=number, tone=tone, start=start, end=end)


places = st.tuples(st.integers(-5, 60), st.integers(-5, 60))
pieces = st.builds(
    evidence, st.integers(1, 5), st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["careful", "good"])
)


@given(st.text(max_size=50), st.lists(pieces, max_size=8), st.lists(places, max_size=5))
def test_joining_the_pieces_gives_the_post_back(text, found, masked):
    assert "".join(segment.text for segment in cut(text, found, masked)) == text


@given(st.text(max_size=50), st.lists(pieces, max_size=8), st.lists(places, max_size=5))
def test_marks_never_nest_and_every_anchor_is_there_once(text, found, masked):
    html = marked(cut(text, found, masked))

    depth = 0
    for tag in re.findall(r"</?mark", html):
        depth += 1 if tag == "<mark" else -1
        assert depth in (0, 1)
    anchors = re.findall(r' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert len(anchors) == sum(max(0, one.start) < min(len(text), one.end) for one in found)


@given(st.text("abc ", max_size=50), st.lists(pieces, max_size=8), st.lists(places, max_size=5))
def test_masked_words_are_in_no_piece_that_is_shown(text, found, masked):
    segments = cut(text, found, masked)

    at = 0
    for segment in segments:
        inside = any(start < at + len(segment.text) and at < end for start, end in masked if start < end)
        assert segment.hidden is inside
        assert not segment.hidden or segment.shown == HIDDEN
        at += len(segment.text)


def test_overlapping_evidence_is_cut_at_every_border():
    segments = cut("one two three", [evidence(1, 0, 7), evidence(2, 4, 13, "good")])

    assert [(segment.text, segment.numbers, segment.tone) for segment in segments] == [
        ("one ", (1,), "careful"),
        ("two", (1, 2), "careful"),
        (" three", (2,), "good"),
    ]


def test_a_hidden_stretch_is_one_block_that_carries_its_numbers():
    segments = cut("say the bad words now", [evidence(1, 8, 11), evidence(2, 12, 17)], [(8, 13), (12, 17)])

    assert [(segment.shown, segment.numbers) for segment in segments] == [
        ("say the ", ()),
        (HIDDEN, (1, 2)),
        (" now", ()),
    ]


def test_the_second_place_of_a_number_has_its_own_anchor():
    html = marked(cut("aa bb", [evidence(1, 0, 2), evidence(1, 3, 5)]))

    assert re.findall(r'id="([^"]+)" href="([^"]+)"', html) == [("words-1", "#item-1"), ("words-1-2", "#item-1")]


def test_a_quote_hides_the_masked_part_of_its_words():
    assert quote("say the bad words now", 0, 13, [(8, 17)]) == f"say the {HIDDEN}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202egnp.exe\u202c b", "agnp.exe b"),
        ("a\u2067b\u2069", "ab"),
        ("tag\U000e0041 end", "tag end"),
        ("bell\x07 \x7f \x9b", "bell\u2407 \u2421 \ufffd"),
        ("line\none\ttwo", "line\none\ttwo"),
        ("mark\u200f stays", "mark\u200f stays"),
    ],
)
def test_signs_that_reorder_or_hide_text_are_harmless_on_the_page(text, shown):
    assert harmless(text) == shown


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% debug %}", "</mark></div>"]
)
def test_markup_in_a_post_is_text(attack):
    text = f"before {attack} after"

    html = marked(cut(text, [evidence(1, 0, len(text))]))

    assert re.findall(r"<(/?[a-z]+)", html) == ["mark", "a", "span", "/span", "/a", "/mark"]


def test_hidden_words_with_only_space_between_are_one_block():
    shown = [segment.shown for segment in cut("one two three four", masked=[(0, 3), (4, 7), (14, 18)])]

    assert shown == [HIDDEN, " three ", HIDDEN]
