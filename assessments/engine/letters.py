"""Other spellings of one word: numbers and signs for letters, masked letters, drawn-out letters."""

import re

from assessments.engine.tables import LEET, MASKS, SEPARATORS

_REPEATED = re.compile(r"(.)\1{2,}")
_BOLD_INSIDE = re.compile(r"(\*{1,3})([^*]+)\1")
_CAPITAL_I = re.compile(r"[a-z]I")


def squeezed(form: str) -> tuple[str, ...]:
    """`soooo` -> `so`, `soo`: three or more of a letter may stand for one or for two."""
    if not _REPEATED.search(form):
        return ()
    return (_REPEATED.sub(r"\1", form), _REPEATED.sub(r"\1\1", form))


def unleeted(written: str) -> tuple[str, ...]:
    """`pr0-ana` -> `proana`; `s*icide` keeps `?` for each masked letter, which matching may fill in.

    Input: plain characters. A 1 may be an i or an l: both are given.
    """
    if LEET.keys().isdisjoint(written) and MASKS.isdisjoint(written) and SEPARATORS.isdisjoint(written):
        return ()
    written = _BOLD_INSIDE.sub(r"\2", written)
    letters = sum(map(str.isalpha, written))
    digits = sum(map(str.isdigit, written))
    form = "".join(_letter_of(character) for character in written)
    masked = form.count("?")
    if letters < 2 or letters < digits or len(form) - masked < 3 or masked > 3:
        return ()
    forms = [form, *squeezed(form)]
    if "1" in written or "|" in written:
        forms.append("".join("l" if character in "1|" else _letter_of(character) for character in written))
    return tuple(forms)


def tall_letters(written: str) -> str:
    """`kiII` -> `kill`: a capital I among small letters looks like an l. Empty when there is none."""
    return written.replace("I", "l").lower() if _CAPITAL_I.search(written) else ""


def _letter_of(character: str) -> str:
    if character in LEET:
        return LEET[character]
    if character in MASKS:
        return "?"
    return character if character.isalnum() else ""
