"""Disguised words: look-alike letters, signs for letters, spaces and marks inside. Each keeps its exact place."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.engine.characters import as_latin, plain
from assessments.engine.confusables import LOOKALIKES
from assessments.engine.text import read


def readings(text):
    """Every form that some words of a text may be read as, with what is written there."""
    reading = read(text)
    places = [(place, place, form) for place, form in enumerate(reading.forms)]
    places += [(place, place, form) for place, forms in reading.alternatives.items() for form in forms]
    places += [(first, last, form) for first, arcs in reading.arcs.items() for last, form in arcs]
    return {(form, text[reading.starts[first] : reading.ends[last]]) for first, last, form in places}


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("pr0-ana", "proana"),
        ("s*icide", "s?icide"),
        ("p r o a n a", "proana"),
        ("p.r.o.a.n.a", "proana"),
        ("$uicide", "suicide"),
        ("p@nic", "panic"),
        ("se1f", "self"),
        ("kiII", "kill"),
        ("sui**cid**e", "suicide"),
        ("sui🍎cide", "suicide"),
        ("deeeeep", "deep"),
        # fullwidth, zero-width, bidi and combining marks, alone and together
        ("ｐｒ０－ａｎａ", "proana"),
        ("p\u200br\u20600-a\u202en\u202ca", "proana"),
        ("ｓ*ｉ\u200bｃｉｄｅ", "s?icide"),
        ("\uff50\u200b r o\u202e a n a", "proana"),
        ("p\u0337 r\u0336 o\u0338 a\u0335 n\u0334 a\u0337", "proana"),
        ("s\u0337u\u0336i\u0338c\u0335i\u0334d\u0337e\u0337", "suicide"),
        # other alphabets and drawn letters
        ("\u0435\u0445\u0440\u0435rt", "expert"),
        ("\u0440\u0441us\u04bbol\u043egist", "pcushologist"),
        ("𝓭𝓮𝓹𝓻𝓮𝓼𝓼𝓮𝓭", "depressed"),
        ("🅳🅴🅿🆁🅴🆂🆂🅴🅳", "depressed"),
        ("ᴅᴇᴘʀᴇssᴇᴅ", "depressed"),
        ("ⓓⓔⓟⓡⓔⓢⓢⓔⓓ", "depressed"),
    ],
)
def test_disguised_words_are_read_where_they_stand(written, form):
    assert (form, written) in readings(f"so {written} yes")


def test_a_row_of_letters_is_cut_into_words_too():
    assert {("kill", "k i l l"), ("myself", "m y s e l f")} <= readings("k i l l m y s e l f")


def test_wider_spaces_part_a_row_of_letters():
    assert {("xyzz", "x y z z"), ("qqxj", "q q x j")} <= readings("x y z z   q q x j")


def test_an_accent_belongs_to_the_last_letter():
    text = "cafe\u0301!"

    assert text[read(text).starts[0] : read(text).ends[0]] == "cafe\u0301"


@pytest.mark.parametrize("word", ["рак", "помощь", "θλίψη", "β", "שלום", "ภาษาไทย"])
def test_words_of_other_languages_stay_as_they_are(word):
    assert read(word).forms == [plain_word(word)]


def plain_word(word):
    return "".join(map(plain, word))


def test_a_word_of_look_alikes_alone_is_english_when_it_spells_an_english_word():
    assert read("\u0421\u041e\u0420\u0415 \u0441\u043e\u0440\u0435").forms == ["cope", "cope"]


def test_every_look_alike_is_read_in_a_disguised_word():
    wrong = {
        character
        for latin, characters in LOOKALIKES.items()
        for character in characters
        if not "".join(as_latin(["a", *plain(character)])).isascii()
    }

    assert len(LOOKALIKES) > 40
    assert wrong == set()


@given(st.characters())
@example("Ɖ")
def test_plain_characters_are_small_and_have_no_accents(character):
    once = plain(character)

    assert "".join(map(plain, once)) == once
    assert not any(unicodedata.combining(part) for part in once)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("kill.me now", ["kill", "me", "now"]),
        ("see m.youtube.com/x, ok", ["see", "<link>", "ok"]),
        ("u/some_body said", ["<mention>", "said"]),
        ("🤦🏽\u200d♀️ ok", ["🤦", "ok"]),
        ("so \U0001fa77 \U0001faff", ["so", "\U0001fa77", "\U0001faff"]),  # newer than some Pythons, or than all
    ],
)
def test_links_mentions_and_emoji_are_single_words(text, forms):
    assert read(text).forms == forms


def test_a_link_ends_before_its_punctuation():
    text = "(https://example.org/a_b). Then"
    reading = read(text)

    assert text[reading.starts[0] : reading.ends[0]] == "https://example.org/a_b"
    assert reading.sentences == [0, 1]


def test_an_emoji_may_stand_for_a_word_and_stays_itself():
    assert {("🧠", "🧠"), ("brain", "🧠")} <= readings("my 🧠 hurts")
