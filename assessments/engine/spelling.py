"""Masked and misspelt words -> words that some pattern looks for.

Bounded: one edit, long words only, one answer or none.
"""

from collections.abc import Iterable

SHORTEST_CORRECTED = 7  # letters; shorter words have too many real neighbours
_WORDS_NOT_SLIPS = frozenset(
    """therapies therapist therapists expression impression repression oppression pressing pressed healing
    heating hearing wearing leading reading feeling peeling stopping shopping dropping another brother
    bother weather whether starting stating staring scaring sharing caring cutting putting getting setting
    letting sitting hitting fasting lasting tasting wasting testing resting nothing nothin""".split()
)


class Speller:
    """Knows the words that patterns look for; built once per compiled checklist."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if word.isalpha())
        self._by_shape: dict[tuple[int, str], list[str]] = {}
        self._deletions: dict[str, set[str]] = {}
        for word in sorted(self._words):
            self._by_shape.setdefault((len(word), word[0]), []).append(word)
            if len(word) >= SHORTEST_CORRECTED:
                for variant in _deletions(word):
                    self._deletions.setdefault(variant, set()).add(word)

    def correct(self, form: str) -> str:
        """The one known word within one edit (swap, drop, add, change) that begins alike;

        "" when there is none or several.
        """
        if len(form) < SHORTEST_CORRECTED - 1 or len(form) > 24 or not form.isalpha() or form in _WORDS_NOT_SLIPS:
            return ""
        near: set[str] = set()
        for variant in _deletions(form):
            near |= self._deletions.get(variant, set())
        near = {word for word in near if word[0] == form[0] and _one_edit(form, word)}
        if len(near) > 1:
            near = {word for word in near if sorted(word) == sorted(form)} or _same_stem(near)
        return next(iter(near)) if len(near) == 1 else ""

    def unmask(self, form: str) -> list[str]:
        """Known words that fit a form with `?` for masked letters; empty when more than two fit (then nobody knows)."""
        fits = [
            word
            for word in self._by_shape.get((len(form), form[0]), ())
            if all(known in ("?", letter) for known, letter in zip(form, word, strict=True))
        ]
        return fits if len(fits) <= 2 else []


def _deletions(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _same_stem(words: set[str]) -> set[str]:
    """Several inflections of one word are as good as one: take the shortest when it begins all of them."""
    shortest = min(words, key=lambda word: (len(word), word))
    return {shortest} if all(word.startswith(shortest[:-1]) for word in words) else set()


def _one_edit(one: str, other: str) -> bool:
    """At most one letter added, dropped, changed, or two neighbours swapped (Damerau)."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, rest_other = one[start:], other[start:]
    if len(rest) == len(rest_other):
        swapped = rest[1:2] + rest[:1] == rest_other[:2] and rest[2:] == rest_other[2:]
        return rest[1:] == rest_other[1:] or swapped
    return rest[1:] == rest_other if len(rest) > len(rest_other) else rest == rest_other[1:]
