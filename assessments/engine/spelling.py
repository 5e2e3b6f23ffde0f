"""Masked and misspelt words -> words that some pattern looks for.

Bounded: long words only, one slip (two in very long words), one answer or none; a real word is never put right. Common
misspellings of this field are known before (`slips.py`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from assessments.engine.characters import is_english
from assessments.engine.inflection import family
from assessments.engine.slips import NOT_SLIPS, SLIPS

SHORTEST_CORRECTED = 7  # letters; shorter words have too many real neighbours
SHORTEST_TWICE = 10  # letters of a word that may hold two slips
LONGEST_CORRECTED = 24

_ALIKE = ("aeiouy", "cksqz", "mn", "gj", "fv", "td", "bp")  # letters that are taken for one another
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # letters that lie side by side, and one above the other
_SIDE_BY_SIDE = [pair for row in _KEYS for pair in pairwise(row)] + [
    pair for upper, lower in pairwise(_KEYS) for pair in zip(upper, lower, strict=False)
]
_TAKEN_FOR = frozenset(
    [(one, other) for alike in _ALIKE for one in alike for other in alike]
    + [pair for one, other in _SIDE_BY_SIDE for pair in ((one, other), (other, one))]
)
_OPEN_ENDINGS = ("ing", "ed", "er", "ers", "es", "est", "able")  # before these an e falls away and letters double
_E_ENDINGS = ("d", "r", "rs")  # only behind an e
_ENDINGS = ("s", "ly", "ness", "less", "ful", *_E_ENDINGS, *_OPEN_ENDINGS)
_LONGEST_DOUBLED = 5  # letters of a stem whose last one is doubled before an ending: `stopp-ed`
_SILENT = str.maketrans("", "", "aeiouyhw")
_DOUBLED = re.compile(r"(.)\1")


class Speller:
    """Knows the words that patterns look for; built once per compiled checklist."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if word.isalpha())
        self._by_shape: dict[tuple[int, str], list[str]] = {}
        self._deletions: dict[
            str, tuple[str, ...]
        ] = {}  # tuples: nearly all are of one word, and a set takes 200 bytes
        self._by_sound: dict[str, list[str]] = {}
        for word in sorted(self._words):
            self._by_shape.setdefault((len(word), word[0]), []).append(word)
            if len(word) >= SHORTEST_CORRECTED and not _is_made_up(word):
                for variant in _deletions(word):
                    self._deletions[variant] = (*self._deletions.get(variant, ()), word)
                if len(word) >= SHORTEST_TWICE:
                    self._by_sound.setdefault(_sound(word), []).append(word)

    def correct(self, form: str) -> str:
        """The one known word that a slip stands for; "" when there is none or several, or it is no slip. A real word is
        only ever read as another form of itself (`isolate` for `isolated`).

        A slip is one edit (swap, drop, add, a letter taken for another) behind the first letter, the first two letters
        swapped, or two edits in a very long word that keeps its consonants.
        """
        if SLIPS.get(form) in self._words:
            return SLIPS[form]
        if not SHORTEST_CORRECTED - 1 <= len(form) <= LONGEST_CORRECTED or not form.isalpha() or form in self._words:
            return ""
        near: set[str] = set()
        for variant in _deletions(form):
            near.update(self._deletions.get(variant, ()))
        near = {word for word in near if _begins_alike(form, word)}
        if near and _is_word(form):
            near = {word for word in near if word in family(form) or form in family(word)}
        else:
            near = {word for word in near if _one_slip(form, word)} or self._two_slips_away(form)
        if len(near) > 1:
            near = {word for word in near if sorted(word) == sorted(form)} or _same_stem(near)
        return next(iter(near)) if len(near) == 1 else ""

    def _two_slips_away(self, form: str) -> set[str]:
        if len(form) < SHORTEST_TWICE - 1:
            return set()
        near = {word for word in self._by_sound.get(_sound(form), ()) if _two_slips(form, word)}
        return set() if near and _is_word(form) else near

    def unmask(self, form: str) -> list[str]:
        """Known words that fit a form with `?` for masked letters; empty when more than two fit (then nobody knows)."""
        fits = [
            word
            for word in self._by_shape.get((len(form), form[0]), ())
            if all(known in ("?", letter) for known, letter in zip(form, word, strict=True))
        ]
        return fits if len(fits) <= 2 else []


@lru_cache(maxsize=1 << 13)
def _is_word(form: str) -> bool:
    """Whether it is a real English word, perhaps with an ending."""
    return is_english(form) or form in NOT_SLIPS or any(map(is_english, _stems(form)))


def _is_made_up(word: str) -> bool:
    """Whether a word of a pattern is an English one with an ending that nobody uses ("experted"): nobody means it."""
    return word.endswith(("ed", "ing", "er", "ers")) and not is_english(word) and any(map(is_english, _stems(word)))


def _stems(form: str) -> Iterator[str]:
    """What a word may be an inflection of: `exported` -> export, exporte."""
    if not form.endswith(_ENDINGS):
        return
    for ending in _ENDINGS:
        stem = form[: -len(ending)]
        if len(stem) < 3 or not form.endswith(ending) or (ending in _E_ENDINGS and stem[-1] != "e"):
            continue
        yield stem
        if ending in _OPEN_ENDINGS:
            yield stem + "e"
            if stem[-1] == stem[-2] and len(stem) <= _LONGEST_DOUBLED:
                yield stem[:-1]
        if stem[-1] == "i":
            yield stem[:-1] + "y"


def _deletions(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _same_stem(words: set[str]) -> set[str]:
    """Several inflections of one word are as good as one: take the shortest when it begins all of them."""
    shortest = min(words, key=lambda word: (len(word), word))
    return {shortest} if all(word.startswith(shortest[:-1]) for word in words) else set()


def _begins_alike(form: str, word: str) -> bool:
    return form[0] == word[0] or (form[1::-1] == word[:2] and form[2:] == word[2:])


def _one_slip(one: str, other: str) -> bool:
    """At most one letter added, dropped, taken for another, or two neighbours swapped (Damerau)."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, rest_other = one[start:], other[start:]
    if len(rest) == len(rest_other):
        swapped = rest[1:2] + rest[:1] == rest_other[:2] and rest[2:] == rest_other[2:]
        taken = rest[1:] == rest_other[1:] and (not rest or _taken_for(rest[0], rest_other[0], other))
        return taken or swapped
    return rest[1:] == rest_other if len(rest) > len(rest_other) else rest == rest_other[1:]


def _taken_for(letter: str, other: str, word: str) -> bool:
    """Whether a letter may be written for another by mistake: any may in jargon, which has no neighbours."""
    return (letter, other) in _TAKEN_FOR or not _is_word(word)


def _sound(word: str) -> str:
    """The consonants of a word that are heard, doubled ones once."""
    return _DOUBLED.sub(r"\1", word.replace("ph", "f").translate(_SILENT))


def _two_slips(form: str, word: str) -> bool:
    """Whether two words that sound alike begin alike and are two slips apart at most, one of them a letter too many."""
    if form[0] != word[0] or abs(len(form) - len(word)) > 2:
        return False
    return any(_one_slip(shorter, word) for shorter in _deletions(form)) or any(
        _one_slip(form, shorter) for shorter in _deletions(word)
    )
