"""Marks of Markdown are no words, and never move the words' places."""

import pytest

from assessments.engine.text import read


def words_and_places(text):
    reading = read(text)
    return [(form, text[a:b]) for form, a, b in zip(reading.forms, reading.starts, reading.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold** and _so_", [("bold", "Bold"), ("and", "and"), ("so", "so")]),
        ("# Heading", [("heading", "Heading")]),
        ("- one\n* two\n1. three\n2) four", [("one", "one"), ("two", "two"), ("three", "three"), ("four", "four")]),
        ("[see this](https://example.org/a)", [("see", "see"), ("this", "this"), ("<link>", "https://example.org/a")]),
        (">so\n&gt;I", [("so", "so"), ("i", "I")]),
        ("> 50 % agree", [(">", ">"), ("50", "50"), ("%", "%"), ("agree", "agree")]),
        ("gym > meds", [("gym", "gym"), (">", ">"), ("meds", "meds")]),
        ("#", []),
        ("5 signs", [("5", "5"), ("signs", "signs")]),
    ],
)
def test_marks_are_no_words(text, expected):
    assert words_and_places(text) == expected


def test_lines_that_quote_are_known():
    reading = read("Look:\n> One. Two?\n>> three\nNo!")

    assert [reading.forms[at] for at, number in enumerate(reading.sentences) if number in reading.quoted] == [
        "one",
        "two",
        "three",
    ]
    assert reading.questions == {2}


@pytest.mark.parametrize("text", ["a > b", "no quotes", "<3", "->"])
def test_other_signs_quote_nothing(text):
    assert read(text).quoted == set()
