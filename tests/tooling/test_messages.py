"""The catalogues: every string translated, nothing left over, compiled as they are written, and marked for review."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from assessments import crisis_help, shipped_words
from assessments.content_loading import read_content, read_help
from config import messages
from tests.factories import small_content

NUMBER = re.compile(r"\d+")
REVIEW = "HUMAN REVIEW NEEDED"
LANGUAGES = pytest.mark.parametrize("language", messages.LANGUAGES)


@pytest.fixture(scope="module")
def strings():
    return messages.extracted()


def test_every_language_that_is_offered_has_a_catalogue():
    assert ["en-gb", *messages.LANGUAGES] == [code for code, _ in settings.LANGUAGES]


@LANGUAGES
def test_a_catalogue_has_the_strings_of_the_code_and_no_others(strings, language):
    kept = {(message.context, message.id) for message in messages.read(language)}

    assert kept == {(message.context, message.id) for message in strings}, "run `make messages`"
    assert not messages.read(language).obsolete


@LANGUAGES
def test_every_string_is_translated_with_its_placeholders(language):
    assert list(messages.problems(messages.read(language))) == []


@LANGUAGES
def test_the_compiled_catalogue_is_what_its_source_compiles_to(language):
    compiled = messages.po_file(language).with_suffix(".mo").read_bytes()

    assert compiled == messages.compiled(messages.read(language)), "run `make messages`"


def test_no_string_is_a_piece_of_a_sentence_that_starts_elsewhere(strings):
    originals = [one for message in strings for one in (message.id if isinstance(message.id, tuple) else [message.id])]

    assert [one for one in originals if one != one.strip() or one[:1] in {",", ".", ":", ";", "("}] == []


def test_problems_are_found():
    catalog = messages.Catalog(locale="es")
    catalog.add("Left out", "")
    catalog.add("Guessed", "Adivinado", flags=["fuzzy"])
    catalog.add("Call %(number)s", "Llama")
    catalog.add(("a minute", "%(n)s minutes"), ("un minuto", "%(n)s minutos", "minutos"))
    catalog.add("Leave <b>now</b>", "Sal ahora")
    catalog.add(("a day", "%(n)s days"), ("un día", "%(n)s días", "%(n)s días"))

    assert dict(messages.problems(catalog)) == {
        "Left out": "is not translated",
        "Guessed": "is marked as fuzzy",
        "Call %(number)s": "has other placeholders in the translation",
        "Leave <b>now</b>": "has other placeholders in the translation",
        "a minute": "has other placeholders in the translation",
    }


@LANGUAGES
def test_crisis_help_and_headlines_are_marked_for_human_review(language):
    catalog = messages.read(language)
    urgent = [
        message
        for message in catalog
        if message.id in {*shipped_words.LEVELS, *shipped_words.NUMBERS}
        or any(place.endswith("_crisis_strip.html") for place, _ in message.locations)
    ]

    assert len(urgent) > len(shipped_words.LEVELS) + len(shipped_words.NUMBERS)
    assert [one.id for one in urgent if REVIEW not in " ".join(one.auto_comments)] == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_gnu_gettext_sees_the_same_marks_for_human_review(strings):
    files = [messages.ROOT / "config/errors.py", messages.ROOT / "assessments/shipped_words.py"]
    command = ["xgettext", "--keyword=_", "--add-comments=Translators", "--from-code=UTF-8", "--output=-", *files]
    found = messages.read_po(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines())
    marked = {message.id for message in strings if REVIEW in " ".join(message.auto_comments)}

    assert {*shipped_words.LEVELS, *shipped_words.NUMBERS} < marked
    assert {one.id for one in found if one.id in marked} > {*shipped_words.LEVELS, *shipped_words.NUMBERS}
    assert [one.id for one in found if one.id in marked and REVIEW not in " ".join(one.auto_comments)] == []


def test_the_headlines_of_the_shipped_checklist_are_translated():
    shipped = {level[name] for level in read_content()["levels"] for name in ("label", "plain")}

    assert {" ".join(one.split()) for one in shipped} <= set(shipped_words.LEVELS)
    assert {level["label"] for level in small_content()["levels"]} & set(shipped_words.LEVELS)


def test_the_countries_and_their_emergency_numbers_are_translated():
    countries = read_help()["countries"]

    assert {country["country"] for country in countries} == set(shipped_words.COUNTRIES)
    assert {line for country in countries for line in strip_lines(country["code"])} == set(shipped_words.NUMBERS)


@LANGUAGES
@pytest.mark.parametrize("line", shipped_words.NUMBERS)
def test_a_translated_number_rings_where_the_english_one_does(language, line):
    with override(language):
        translated = gettext(line)

    assert sorted(hrefs(translated)) == sorted(hrefs(line))
    assert sorted(NUMBER.findall(translated)) == sorted(NUMBER.findall(line))


def strip_lines(code):
    """What the crisis strip shows for a country, where there are words in it."""
    crisis = crisis_help.from_content(code)
    lines = [crisis.emergency]
    lines += [crisis.line.phone] if crisis.line else []
    lines += [crisis.text_line.text_or_chat] if crisis.text_line else []
    words = ["".join(piece.text for piece in pieces) for pieces in lines]
    return [line for line in words if any(character.isalpha() for character in line)]


def hrefs(line):
    return [piece.href for piece in crisis_help.pieces(line) if piece.href]
