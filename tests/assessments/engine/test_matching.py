"""Finding patterns: what stands in one sentence, rows of words, groups, and posts that were written to be slow."""

import pytest

from assessments.engine.matching import MOST_MATCHES, Matcher
from assessments.engine.patterns import parse, read_classes
from assessments.engine.text import read
from assessments.engine.words import LONGEST, Words

CLASSES = read_classes({"EXERCISE": ("gym", "run+", "going outside"), "LOW": ("depress*", "low mood")})


def matcher_of(*written):
    return Matcher([parse(pattern, CLASSES) for pattern in written])


def words_found(text, *written):
    """The words of every match, in order, as they stand in the text."""
    reading = read(text)
    return [
        [text[reading.starts[word] : reading.ends[word]] for word in sorted(match.words)]
        for match in matcher_of(*written).run(reading)
    ]


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        (
            "{EXERCISE} ... cure+ ... {LOW}",
            "Going outside literally cures depression",
            "Going outside cures depression",
        ),
        ("{EXERCISE} & {LOW}", "Low mood? Depressed people love the gym", "Depressed gym"),
        ("link in bio", "the link is really in my bio", ""),
        ("link in bio", "link in the bio", "link in bio"),
        ("depress* mood", "my depressive mood", "depressive mood"),
        ("{NUMBER} pills", "take 20 pills", "20 pills"),
        ("{LOW} && {EXERCISE}", "Depression is a liar. So I run.", "Depression run"),
        ("[really] {LOW}", "really depressed", "really depressed"),
    ],
)
def test_patterns_are_found_where_they_stand(written, text, found):
    assert " ".join(word for words in words_found(text, written) for word in words) == found


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("{EXERCISE} ... {LOW}", "I went to the gym. Depression is hard."),
        ("{EXERCISE} ...2 {LOW}", "gym one two three depression"),
        ("{EXERCISE} & !{LOW}", "the gym and my depression"),
        ("{EXERCISE} && !{LOW}", "I went to the gym. Depression is hard."),
        ("going outside", "going far outside"),
    ],
)
def test_what_is_not_there_is_not_found(written, text):
    assert words_found(text, written) == []


def test_a_slip_is_read_inside_a_row_of_words_too():
    assert words_found("she made an atempt on friday", "attempt+ on friday") == [["atempt", "on", "friday"]]


def test_a_masked_word_fills_a_row():
    assert words_found("he is suic*dal again", "is suicidal again") == [["is", "suic*dal", "again"]]


def test_joined_words_fill_a_slot_and_their_span_is_whole():
    text = "so pro-ana today"
    reading = read(text)

    (match,) = matcher_of("proana").run(reading)
    assert text[reading.starts[match.first] : reading.ends[match.last]] == "pro-ana"


def test_at_most_so_many_matches_of_one_pattern():
    assert len(words_found("gym. " * 30, "{EXERCISE}")) == MOST_MATCHES
    assert len(matcher_of("{EXERCISE}").run(read("gym. " * 30), most=20)) == 20


def test_groups_are_asked_for_one_by_one_and_number_their_own_patterns():
    matcher = Matcher([parse("gym", CLASSES)], [parse("beach", CLASSES), parse("{LOW}", CLASSES)])
    search = matcher.search(read("gym for depression"))

    assert [match.pattern for match in search.matches(0)] == [0]
    assert [match.pattern for match in search.matches(1)] == [1]


def test_a_sentence_that_never_ends_is_cut_before_a_joining_word():
    text = " ".join(["word"] * 45 + ["because"] + ["word"] * 60)
    reading = read(text)

    firsts = [stretch.first for stretch in Words(reading, matcher_of("gym").lexicon).stretches]

    assert firsts == [0, 45, 45 + LONGEST]
    assert reading.forms[45] == "because"


def test_words_far_apart_in_an_endless_sentence_do_not_meet():
    far = "gym " + "word " * (2 * LONGEST) + "depression"

    assert words_found(far, "{EXERCISE} & {LOW}") == []
    assert words_found(far, "{EXERCISE} && {LOW}") == [["gym", "depression"]]


class Counting(dict):
    """A row of words that counts how often it is asked for its next word."""

    asked = 0

    def __contains__(self, key):
        Counting.asked += 1
        return super().__contains__(key)


@pytest.mark.parametrize("word", ["the", "a", "so"])
def test_a_post_of_fillers_is_looked_up_in_steps_that_grow_with_its_length(word):
    """Fillers may stand inside a row: without a bound each would look ahead over all the others."""

    def steps(length):
        matcher = matcher_of(f"({word} gym | beach)", f"({word} best gym | beach)")
        known = matcher.lexicon.look_up(word)
        counting = Counting(known.begins)
        object.__setattr__(known, "begins", counting)
        Counting.asked = 0
        matcher.run(read(f"{word} " * length))
        return Counting.asked

    short, long = steps(500), steps(1000)

    assert short > 0
    assert long <= 2.2 * short
