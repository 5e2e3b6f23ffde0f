"""A peer: the same patterns for spaCy's rule matcher, on blank English. Nothing is downloaded, no model is loaded.

Its matcher has no "both in one sentence" and no "unless", so only patterns of one part are put to it. A slot that takes
rows of words as well as single ones is written out in all its ways, up to MOST_WAYS; rows beyond those are left out.
Only the tokenizer runs; its table of English contractions is emptied, because it parts `dont` into two tokens.
"""

import re
from collections.abc import Iterable
from itertools import islice, product
from typing import Any

try:
    import spacy
    from spacy.matcher import Matcher
except ImportError:  # only `make bench` installs it
    spacy = None

MOST_WAYS = 16
_BUILT_IN = {"<number>": {"LIKE_NUM": True}, "<link>": {"LIKE_URL": True}, "<mention>": {"TEXT": {"REGEX": "^@"}}}
_OTHER_WORD = {"TEXT": {"NOT_IN": [".", "!", "?", ";", "…", "\n"]}}

Tokens = tuple[dict[str, Any], ...]


class SpacyRules:
    """Patterns compiled for the matcher; `run` gives the numbers of those found in a text."""

    def __init__(self, patterns: Iterable[Any]) -> None:
        self._english = spacy.blank("en")
        self._english.tokenizer.rules = {}
        self._matcher = Matcher(self._english.vocab, validate=False)
        for number, pattern in enumerate(patterns):
            self._matcher.add(str(number), ways_of(pattern))
        self._numbers = self._english.vocab.strings

    def run(self, text: str) -> set[int]:
        """The numbers of the patterns found."""
        document = self._english.make_doc(text)
        return {int(self._numbers[key]) for key in {match[0] for match in self._matcher(document)}}


def ways_of(pattern: Any) -> list[list[dict[str, Any]]]:
    """One pattern of one part in all its ways, each a list of token descriptions."""
    steps = []
    for slot in pattern.parts[0].slots:
        gap: Tokens = ({**_OTHER_WORD, "OP": f"{{0,{slot.gap}}}"},) if slot.gap else ()
        ways: list[Tokens] = [gap + way for way in _slot(slot.entries)]
        steps.append([*ways, ()] if slot.optional else ways)
    return [[token for step in way for token in step] for way in islice(product(*steps), MOST_WAYS)]


def _slot(entries: Iterable[Any]) -> list[Tokens]:
    """The single words as one token description, then the rows word by word, the shortest first."""
    entries = list(entries)
    alone = sorted(entry[0].form for entry in entries if len(entry) == 1 and not entry[0].prefix)
    begin = sorted(entry[0].form for entry in entries if len(entry) == 1 and entry[0].prefix)
    ways: list[Tokens] = [(_BUILT_IN[form],) for form in alone if form in _BUILT_IN]
    if words := [form for form in alone if form not in _BUILT_IN]:
        ways.append(({"LOWER": {"IN": words}},))
    if begin:
        ways.append(({"LOWER": {"REGEX": f"^(?:{'|'.join(map(re.escape, begin))})"}},))
    rows = sorted((entry for entry in entries if len(entry) > 1), key=lambda entry: (len(entry), entry))
    return ways + [tuple(_token(word) for word in entry) for entry in rows]


def _token(word: Any) -> dict[str, Any]:
    if word.prefix:
        return {"LOWER": {"REGEX": f"^{re.escape(word.form)}"}}
    return _BUILT_IN.get(word.form) or {"LOWER": word.form}
