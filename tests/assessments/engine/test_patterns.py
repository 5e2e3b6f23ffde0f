"""The pattern language: what editors may write, what it means, and what they are told when they slip."""

import pytest

from assessments.engine.inflection import family
from assessments.engine.matching import Matcher
from assessments.engine.patterns import PatternError, explain, parse, read_classes
from assessments.engine.text import read

CLASSES = read_classes(
    {
        "MOVING": ("gym", "run+", "lift+ weights"),
        "LOW": ("depress*", "low mood", "{SAD}"),
        "SAD": ("sad", "sadness"),
        "MIXED": ("{MOVING}", "{LOW} diary"),
    }
)


def found(written, text):
    matches = Matcher([parse(written, CLASSES)]).run(read(text))
    reading = read(text)
    return [text[reading.starts[match.first] : reading.ends[match.last]] for match in matches]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("snap out of it", "Just snap out of it!", ["snap out of it"]),
        ("snap out of it", "snap out", []),
        ("cure+", "it cured me", ["cured"]),
        ("depress*", "Depressing, depressives", ["Depressing", "depressives"]),
        ("{LOW}", "my low mood and sadness", ["low mood", "sadness"]),
        ("{MIXED}", "low mood diary", ["low mood diary"]),
        ("(gym | lift+ weights) cure+", "lifting weights cures", ["lifting weights cures"]),
        ("[no] meds", "no meds", ["no meds"]),
        ("[no] meds", "meds", ["meds"]),
        ("gym ... cure+", "the gym you go to every week cured", ["gym you go to every week cured"]),
        ("gym ...2 cure+", "gym one two three cured", []),
        ("gym ...2 cure+", "gym literally just really honestly one two cured", None),
        ("gym ... cure+", "gym. It cured", []),
        ("gym & cure+", "cured by the gym", ["cured by the gym"]),
        ("gym & !helped", "gym helped", []),
        ("gym & !helped", "gym cured. It helped", ["gym"]),
        ("gym && code", "gym. Use my code", ["gym"]),
        ("gym && !code", "gym. Use my code", []),
        ("!meds && gym", "gym. No meds", ["gym"]),
        ("!meds && gym", "gym not meds", []),
        ("{NUMBER} signs", "5 signs", ["5 signs"]),
        ("{NUMBER} signs", "five signs", ["five signs"]),
        ("see {LINK}", "see https://example.org", ["see https://example.org"]),
        ("#tag", "a #tag", ["tag"]),
        ("#tag", "a tag", []),
        ("self-harm", "self-harm or self harm", ["self-harm", "self harm"]),
        ("gym = cure", "gym = cure", ["gym = cure"]),
        ("suicide", "s*icide", ["s*icide"]),
        ("therapist", "therapsit", ["therapsit"]),
    ],
)
def test_a_pattern_finds_what_it_says(written, text, expected):
    assert found(written, text) == ([text] if expected is None else expected)


@pytest.mark.parametrize(
    ("written", "column", "message"),
    [
        ("", 1, "The pattern is empty."),
        ("gym ...99 cure", 5, "A gap may be 1 to 12 words."),
        ("gym {NOPE}", 5, "There is no word class called {NOPE}."),
        ("gym (a | b", 5, "This bracket is never closed with “)”."),
        ("a )", 3, "“)” does not belong here."),
        ("... a", 1, "A part cannot begin with “...”: leave it out."),
        ("a ...", 6, "Something to find is missing here."),
        ("!gym", 1, "A pattern needs something to find, not only something that must be missing."),
        ("[gym]", 6, "Everything in this part may be left out, so it would always match."),
        ("de*", 1, "Write at least 3 letters before “*”."),
        (".*", 1, "Write at least 3 letters before “*”."),
        ("a (b ... c)", 6, "“...” cannot stand inside brackets: only words, classes and “|”."),
        ("a ( | b)", 5, "An alternative is empty."),
        (" ".join("abcdefghijklmno"), 30, "A part may have at most 14 words in a row."),
        ("a & b & c & d & e & f & g", 1, "A pattern may join at most 6 parts with &."),
    ],
)
def test_a_mistake_is_named_with_its_place(written, column, message):
    with pytest.raises(PatternError) as caught:
        parse(written, CLASSES)

    assert (caught.value.column, str(caught.value)) == (column, f"{message} (at character {column})")


@pytest.mark.parametrize(
    ("classes", "message"),
    [
        ({"A": ("{B}",), "B": ("{A}",)}, "The word class {A} uses itself (A → B → A)."),
        ({"A": ("{NOPE}",)}, "There is no word class called {NOPE}."),
        ({"A": ()}, "The word class {A} has 0 entries; 1 to 4000 are allowed."),
        ({"A": ("a | b",)}, "“|” cannot stand in a word class: “a | b”."),
    ],
)
def test_word_classes_are_checked(classes, message):
    with pytest.raises(PatternError, match="at character") as caught:
        read_classes(classes)

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("cure", {"cure", "cures", "cured", "curing", "curer", "curers"}),
        (
            "stop",
            {"stop", "stops", "stoped", "stoping", "stoper", "stopers", "stopped", "stopping", "stopper", "stoppers"},
        ),
        ("worry", {"worry", "worries", "worried", "worrying", "worrier"}),
        ("take", {"take", "takes", "took", "taken", "taking"}),
    ],
)
def test_families_follow_the_usual_endings(word, forms):
    assert family(word) == forms


def test_a_pattern_is_explained_in_words():
    assert explain(parse("gym ...3 cure & !helped", CLASSES)) == (
        "“gym”, then, after up to 3 other words, “cure” (in the same sentence); and NOT “helped” (in the same sentence)"
    )
