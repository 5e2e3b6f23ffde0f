"""Slips of spelling: put right when they can only mean one word, and real words never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.slips import EVERYDAY_SLIPS, NOT_SLIPS, SLIPS
from assessments.engine.spelling import Speller
from assessments.engine.text import read

WORDS = """depression anxiety psychologist antidepressants medication attitude isolated drowning connection mistakes
    hopelessness experted meanspo medicine suicide therapist schizophrenia""".split()
SPELLER = Speller(WORDS)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("depresion", "depression"),  # a letter dropped
        ("depresssion", "depression"),  # one too many
        ("deprission", "depression"),  # one for another
        ("edpression", "depression"),  # the first two swapped
        ("medicatoin", "medication"),
        ("medicayion", "medication"),  # the key beside the right one
        ("antidepresents", "antidepressants"),  # two slips in a long word
        ("psycologyst", "psychologist"),
        ("skitzophrenia", "schizophrenia"),  # known
        ("phycologist", "psychologist"),
        ("theripist", "therapist"),
        ("suicde", "suicide"),
        ("anxeity", "anxiety"),
        ("medecine", "medicine"),
        ("mealspo", "meanspo"),  # jargon has no neighbours
    ],
)
def test_slips_are_put_right(slip, meant):
    assert SPELLER.correct(slip) == meant


@pytest.mark.parametrize(
    "word",
    [
        "altitude",
        "exporting",
        "homelessness",
        "collection",
        "repression",
        "confection",
        "meditation",
        "bees",
        "zzzzzzz",
    ],
)
def test_real_words_and_noise_are_left_alone(word):
    assert SPELLER.correct(word) == ""


@pytest.mark.parametrize(("form", "known"), [("isolate", "isolated"), ("connections", "connection")])
def test_a_real_word_may_be_read_as_another_form_of_itself(form, known):
    assert SPELLER.correct(form) == known


@pytest.mark.parametrize("word", WORDS)
def test_known_words_are_never_corrected(word):
    assert SPELLER.correct(word) == ""


def test_a_known_misspelling_of_a_word_that_no_pattern_looks_for_stays():
    assert Speller(["anxiety"]).correct("phycologist") == ""


def test_everyday_slips_are_read_as_they_are_meant():
    assert read("becuase freinds").forms == ["because", "friends"]


def test_the_tables_do_not_contradict_each_other():
    assert SLIPS.keys().isdisjoint(SLIPS.values())
    assert EVERYDAY_SLIPS.keys().isdisjoint(EVERYDAY_SLIPS.values())
    assert NOT_SLIPS.isdisjoint(SLIPS)
    assert NOT_SLIPS.isdisjoint(EVERYDAY_SLIPS)


@given(st.text(alphabet="adeinoprst", max_size=30))
def test_any_form_gives_one_known_word_or_none(form):
    assert SPELLER.correct(form) in {"", *WORDS}
