"""One character at a time: case, accents, compatibility forms and invisible marks off; look-alike letters known.

`plain` never changes the script. Which words of other scripts are read as Latin is for `as_latin` to say: a word that
mixes Latin letters with others is disguised; a word wholly in another script is a word of another language, unless
each of its letters looks like a Latin one and they spell an English word.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from assessments.engine.confusables import LOOKALIKES
from assessments.engine.english import ENGLISH
from assessments.engine.tables import DRAWN, FIELD_WORDS, INVISIBLE, QUOTES_AND_DASHES

_LETTER_NAME = re.compile(r"LATIN (?:CAPITAL |SMALL )?LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .*)?\Z")
_IN_BOXES = ((0x1F150, 0x1F169), (0x1F170, 0x1F189))  # white letters on black circles and squares: A to Z
MOST_MARKS = 12  # characters of one letter
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@lru_cache(maxsize=1 << 13)
def plain(character: str) -> str:
    """One character -> zero or more lower-case characters of the same script.

    Ｄ, 𝓭, ⓓ, ᴅ, đ and D give `d`, ٣ gives `3`; accents, skin tones and everything invisible give nothing; quotation
    marks and dashes give the ASCII one.
    """
    if character.isascii():
        return character.lower()
    if ord(character) in _SKIN_TONES:
        return ""
    return "".join(map(_plain_part, unicodedata.normalize("NFKD", character)))


def end_of_letter(raw: str, end: int) -> int:
    """Where a letter ends whose first character ends at a place: behind the marks that are written over it."""
    while end < len(raw) and unicodedata.category(raw[end]) in ("Mn", "Me") and not plain(raw[end]):
        end += 1
    return end


def is_one_letter(written: str) -> bool:
    """Whether something written is a single letter or digit, marks aside."""
    if written.isascii():
        return len(written) == 1 and written.isalnum()
    return len(written) <= MOST_MARKS and written[:1].isalnum() and len("".join(map(plain, written))) == 1


def is_english(word: str) -> bool:
    """Whether a lower-case word is a common English one, or one of this field."""
    return word in ENGLISH or word in FIELD_WORDS


def as_latin(parts: Sequence[str]) -> list[str]:
    """The plain characters of one word, with look-alikes of other scripts read as Latin where the word is disguised."""
    word = "".join(parts)
    if word.isascii():
        return list(parts)
    read = [_lookalike(part) for part in parts]
    mixed = any("a" <= letter <= "z" for letter in word)
    return read if mixed or is_english("".join(read)) else list(parts)


def _plain_part(part: str) -> str:
    if part.isascii():
        return part.lower()
    if part in INVISIBLE or unicodedata.combining(part) or unicodedata.category(part) in ("Cf", "Me"):
        return ""
    known = QUOTES_AND_DASHES.get(part)
    if known is not None:
        return known
    digit = unicodedata.digit(part, None)
    if digit is not None:
        return str(digit)
    named = _LETTER_NAME.match(unicodedata.name(part, ""))
    if named is not None:
        return named[1].lower()
    boxed = next((first for first, last in _IN_BOXES if first <= ord(part) <= last), 0)
    if boxed:
        return chr(ord(part) - boxed + ord("a"))
    # Some small letters are named after a Latin one where their capital is not: Ɖ is the capital of ɖ, a d with a tail.
    small = part.casefold()
    return small if small == part else "".join(map(plain, small))


def _lookalike(part: str) -> str:
    """What a plain character looks like; small letters without a look-alike are read by their capitals (к by К)."""
    return _LATIN.get(part) or _LATIN.get(part.upper()) or part


_LATIN = {character: latin for latin, characters in LOOKALIKES.items() for character in characters} | DRAWN
