"""Hashtags: joined words are read one by one, and the tag stays whole beside them."""

import pytest

from assessments.engine.hashtags import words_in_tag
from assessments.engine.text import read


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("exercisecuresdepression", ["exercise", "cures", "depression"]),
        ("ExerciseCuresdepression", ["Exercise", "Cures", "depression"]),
        ("whatIeat", ["what", "I", "eat"]),
        ("nomoremeds", ["no", "more", "meds"]),
        ("depressionisachoice", ["depression", "is", "a", "choice"]),
        ("ADHDisnotreal", ["ADHD", "is", "not", "real"]),
        ("recovery", []),
        ("thinspo", []),
        ("LoveXyzzq", ["Love", "Xyzzq"]),
        ("proanatips", ["pro", "ana", "tips"]),
        ("edtwt", []),
        ("a" * 61, []),
    ],
)
def test_tags_are_cut_into_words(tag, words):
    assert [tag[start:end] for start, end in words_in_tag(tag)] == words


def test_the_whole_tag_stays_beside_its_words():
    reading = read("see #exercisecuresdepression!")

    assert reading.forms == ["see", "exercise", "cures", "depression"]
    assert (3, "#exercisecuresdepression") in reading.arcs[1]


def test_in_a_row_of_tags_those_that_say_something_stand_far_from_others():
    assert read("so #exercisecuresdepression #love #gym").sentences == [0, 2, 2, 2, 4, 4]


def test_two_words_are_a_label_in_a_row_and_two_words_in_a_sentence():
    assert read("#badmood #love").forms == ["badmood", "love"]
    assert read("the #badmood day").forms == ["the", "bad", "mood", "day"]


def test_glued_tags_are_tags_too():
    reading = read("#fit#gym")

    assert reading.forms == ["fit", "gym"]
    assert "#gym" in reading.alternatives[1]
