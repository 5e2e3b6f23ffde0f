"""Reading: normal words, and always the right place in the original text."""

import pytest

from assessments.engine.language import language_of
from assessments.engine.text import normal_form, read


def words_and_places(text):
    reading = read(text)
    return [(form, text[a:b]) for form, a, b in zip(reading.forms, reading.starts, reading.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Depression is a CHOICE!!", [("depression", "Depression"), ("is", "is"), ("a", "a"), ("choice", "CHOICE")]),
        ("u don't need it", [("you", "u"), ("dont", "don't"), ("need", "need"), ("it", "it")]),
        ("I'll stay ill", [("i'll", "I'll"), ("stay", "stay"), ("ill", "ill")]),
        ("dep\u200bress\u00adion", [("depression", "dep\u200bress\u00adion")]),
        ("d\u0435pr\u0435ssi\u043en", [("depression", "d\u0435pr\u0435ssi\u043en")]),
        ("\uff44\uff45\uff50ress", [("depress", "\uff44\uff45\uff50ress")]),
        ("nai\u0308ve café", [("naive", "nai\u0308ve"), ("cafe", "café")]),
        ("#ExerciseCures", [("exercise", "Exercise"), ("cures", "Cures")]),
        ("see https://example.org/a now", [("see", "see"), ("<link>", "https://example.org/a"), ("now", "now")]),
        ("@some.one hi", [("<mention>", "@some.one"), ("hi", "hi")]),
        ("low=bad 🙄", [("low", "low"), ("=", "="), ("bad", "bad"), ("🙄", "🙄")]),
        ("(quoted), 'words'", [("quoted", "quoted"), ("words", "words")]),
        ("", []),
        ("\u200b\u200b \u202e", []),
    ],
)
def test_words_are_normal_and_keep_their_place(text, expected):
    assert words_and_places(text) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("s*icide", "s?icide"),
        ("pr0-ana", "proana"),
        ("th1nspo", "thinspo"),
        ("sooooo", "so"),
        ("p r o a n a", "proana"),
        ("#joinedup", "#joinedup"),
        ("self-harm", "selfharm"),
    ],
)
def test_other_readings_stand_beside_the_first(text, form):
    reading = read(text)

    others = [other for forms in reading.alternatives.values() for other in forms]
    others += [joined for arcs in reading.arcs.values() for _, joined in arcs]

    assert form in others


def test_an_arc_covers_exactly_the_letters_it_joins():
    text = "so p r o a n a yes"

    (last, form), *_ = read(text).arcs[1]

    assert (form, text[read(text).starts[1] : read(text).ends[last]]) == ("proana", "p r o a n a")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("one two. three", [0, 0, 1]),
        ("one\ntwo", [0, 1]),
        ("Dr. Bob here", [0, 0, 0]),
        ("really? yes! ok", [0, 1, 2]),
        ("wait... what", [0, 1]),
    ],
)
def test_sentences_end_where_people_end_them(text, sentences):
    assert read(text).sentences == sentences


def test_questions_are_known_by_their_mark():
    assert read("Is it true? It is.").questions == {0}


def test_fillers_are_not_counted():
    assert read("exercise literally just cures depression").counted == [0, 1, 1, 1, 2, 3]


def test_patterns_and_posts_share_one_spelling():
    assert [normal_form(word) for word in ("Don’t", "UR", "you're", "Café")] == ["dont", "your", "your", "cafe"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I feel so low today and I do not know what to do", "en"),
        ("depression is real", "en"),
        ("no quiero vivir más y no sé que hacer con mi vida, es muy difícil para mí", "es"),
        ("ich weiß nicht was ich noch machen soll und es ist alles so schwer für mich", "de"),
        ("мне очень плохо и я не знаю что делать", "ru"),
        ("死にたい、もう疲れた", "ja"),
        ("🙄🙄 123", "und"),
    ],
)
def test_language_is_a_hint(text, language):
    assert language_of(read(text), text) == language
