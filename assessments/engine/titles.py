"""Titles, letters after names and registers: what an author says about themselves. A claim, never a check."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.engine.matching import Match
from assessments.engine.patterns import Part, Pattern, Slot, Word
from assessments.engine.tables import FILLERS
from assessments.engine.text import Reading, read

_SHORT_LETTERS = 4  # letters up to this length must be written in capitals: `RN` is a nurse, `rn` is "right now"
_SAYS_SO = frozenset(["as", "im", "am"])  # "as a …", "I'm a …", "I am a …"
_DENIES = frozenset("not isnt arent never former ex no retired aspiring future student wannabe".split())
_SOMEONE_ELSE = frozenset("my her his our their your see ask saw told with to for by from".split())
_NAME = re.compile(r"(?:\b[A-Z][a-z]+[ .'-]+(?:[A-Z]\.? ?)?[A-Z][a-z]+)|@\w{3,}|\bDr\.? [A-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One row of the checklist's titles."""

    key: str
    country: str
    family: str  # registered, voluntary, or a kind of unprotected title
    checkable: bool  # protected by law in some form, or on a register that anyone can search


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTitle:
    """A title in a text: which rows it may mean (the reader's country first), and where it stands."""

    titles: tuple[Title, ...]
    span: tuple[int, int]
    ambiguous: bool  # letters with more than one meaning: they name no title by themselves


class TitleIndex:
    """All titles, aliases and letters, ready to be looked for."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], *, ambiguous: Iterable[str] = ()) -> None:
        self._ambiguous = frozenset(part.strip().lower() for letters in ambiguous for part in letters.split("/"))
        self._titles: dict[str, list[Title]] = {}
        self._letters: set[str] = set()
        patterns: list[Pattern] = []
        for row in rows:
            title = Title(
                key=row["key"],
                country=row["country"],
                family=row["family"],
                checkable=row["protected"] in ("yes", "partly")
                or (bool(row["register_url"]) and row["protected"] != "no"),
            )
            for name, letters in _names(row):
                forms = tuple(form for form in read(name).forms if form not in FILLERS)
                if not forms or forms == ("doctor",):  # a degree or a courtesy, not a licence
                    continue
                written = " ".join(forms)
                if written not in self._titles:
                    entry = tuple(Word(form) for form in forms)
                    patterns.append(Pattern(written, (Part((Slot(frozenset({entry})),)),)))
                self._titles.setdefault(written, []).append(title)
                if letters and len(written) <= _SHORT_LETTERS:
                    self._letters.add(written)
        self._written = [pattern.written for pattern in patterns]
        self.patterns = tuple(patterns)  # for the matcher; what it finds of them is handed to the two questions below

    def in_author_line(self, reading: Reading, matches: Iterable[Match], country: str) -> list[FoundTitle]:
        """Titles that an author line claims for the author. "not a therapist" and "my therapist" claim nothing."""
        return [
            found
            for first, last, found in self._find(reading, matches, country)
            if not self._leads(reading, first, _DENIES) and not self._leads(reading, first, _SOMEONE_ELSE)
        ]

    def in_text(self, reading: Reading, matches: Iterable[Match], country: str) -> list[FoundTitle]:
        """Titles that a post claims for its author: "as a clinical psychologist", "therapist here"."""
        claimed = []
        for first, last, found in self._find(reading, matches, country):
            here = last + 1 < len(reading.forms) and reading.forms[last + 1] == "here"
            says_so = self._leads(reading, first, _SAYS_SO, reach=2) and not self._leads(reading, first, _DENIES)
            if says_so or (here and not self._leads(reading, first, _SOMEONE_ELSE)):
                claimed.append(found)
        return claimed

    def _find(self, reading: Reading, matches: Iterable[Match], country: str) -> list[tuple[int, int, FoundTitle]]:
        taken: set[int] = set()
        found = []
        for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
            if not taken.isdisjoint(match.words):
                continue  # "clinical psychologist" wins over "psychologist"
            written = self._written[match.pattern]
            span = (reading.starts[match.first], reading.ends[match.last])
            if written in self._letters and not reading.text[span[0] : span[1]].isupper():
                continue
            taken |= match.words
            rows = sorted(self._titles[written], key=lambda title: _nearness(title, country))
            found.append(
                (
                    match.first,
                    match.last,
                    FoundTitle(titles=tuple(rows), span=span, ambiguous=written in self._ambiguous),
                )
            )
        return sorted(found, key=lambda row: row[0])

    @staticmethod
    def _leads(reading: Reading, first: int, words: frozenset[str], reach: int = 3) -> bool:
        """One of `words` stands just before, articles and the like aside, in the same sentence and phrase."""
        place, steps = first - 1, 0
        while place >= 0 and steps < reach and reading.sentences[place] == reading.sentences[first]:
            if any(mark in reading.after.get(place, "") for mark in ",|;:()"):
                return False
            if reading.forms[place] in words:
                return True
            steps += reading.forms[place] not in FILLERS
            place -= 1
        return False


def _nearness(title: Title, country: str) -> tuple[bool, bool, bool]:
    """The reader's own country first, then titles of no country, then those that can be looked up."""
    return (title.country != country, title.country != "", not title.checkable)


def looks_named(line: str) -> bool:
    """Whether an author line gives a name or a handle that could be looked up. By capital letters only."""
    return _NAME.search(line) is not None


def _names(row: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Every way a title may be written, with whether it is letters after a name."""
    names = [(re.sub(r"\([^)]*\)", " ", row["title"]), False)]
    names += [(acronym, True) for acronym in re.findall(r"\(([A-Z]{2,6})\)", row["title"])]
    names += [(alias, alias.isupper()) for alias in row["aliases"]]
    names += [(letters, True) for letters in row["post_nominals"]]
    return names
