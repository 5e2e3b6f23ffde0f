"""Titles, letters, registers and their numbers: what authors say about themselves. A claim, never a check."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assessments.engine import claiming
from assessments.engine.claiming import Claim
from assessments.engine.matching import Match
from assessments.engine.patterns import Part, Pattern, Slot, Word
from assessments.engine.registration import joined_numbers, number_after
from assessments.engine.tables import FILLERS
from assessments.engine.text import Reading, read

_SHORT_LETTERS = 4  # letters up to this length must be written in capitals: `RN` is a nurse, `rn` is "right now"
_DOUBTFUL_LETTERS = 3  # letters up to this length may be words of another kind: they must stand where letters do
_MOST_NUMBERS = 8  # numbers joined to letters that are named in one text
_LEARNER = "learner"  # the family of the row for those who are still learning
_SAYS_REGISTERED = frozenset(
    """registered accredited chartered certified licensed credentialed credentialled registration accreditation
    reg""".split()
)
_NAME = re.compile(r"(?:\b[A-Z][a-z]+[ .'-]+(?:[A-Z]\.? ?)?[A-Z][a-z]+)|@\w{3,}|\bDr\.? [A-Z]")
_SHAPE = re.compile(r"([A-Z]{1,5})(0{4,10})")  # `PYL00000`: a number with these letters before so many digits


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
    registered: bool  # whether it says that its author is on a register: "MBACP" does, "counsellor" does not
    numbered: bool = False  # a registration number stands with it, inside the span


@dataclass(frozen=True, slots=True)
class _Place:
    """A title with the words that it stands on."""

    first: int
    last: int
    letters: bool
    found: FoundTitle


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One row that a written form may mean."""

    title: Title
    registered: bool


class TitleIndex:
    """All titles, aliases, letters and shapes of numbers, ready to be looked for."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], *, ambiguous: Iterable[str] = ()) -> None:
        self._ambiguous = frozenset(part.strip().lower() for letters in ambiguous for part in letters.split("/"))
        self._meanings: dict[str, list[_Meaning]] = {}
        self._letters: dict[str, str] = {}  # as they are looked for -> as the row spells them
        self._shapes: dict[tuple[str, int], list[_Meaning]] = {}
        self._learner: Title | None = None
        self._written: list[str] = []
        for row in rows:
            self._add(row)
        self.patterns = tuple(_pattern(written) for written in self._written)  # for the matcher, in this order

    def in_author_line(self, reading: Reading, matches: Sequence[Match], country: str) -> list[FoundTitle]:
        """Titles that an author line claims for the author. "not a therapist" and "my therapist" claim nothing."""
        return self._claimed(reading, matches, country, _in_line)

    def in_text(self, reading: Reading, matches: Sequence[Match], country: str) -> list[FoundTitle]:
        """Titles that a post claims for its author: "as a clinical psychologist", "therapist here", "LMFT 12345"."""
        return self._claimed(reading, matches, country, _in_post_or_numbered)

    def _add(self, row: Mapping[str, Any]) -> None:
        title = _title(row)
        if title.family == _LEARNER and self._learner is None:
            self._learner = title
        for name, letters in _names(row):
            shape = _SHAPE.fullmatch(name)
            if shape:
                self._shapes.setdefault((shape[1], len(shape[2])), []).append(_Meaning(title, True))
                continue
            forms = tuple(form for form in read(name).forms if form not in FILLERS)
            written = " ".join(forms)
            if not forms or written == "doctor":  # a degree or a courtesy, not a licence
                continue
            if letters and len(forms) == 1 and written != name.strip(".").lower().replace(".", ""):
                continue  # letters that read as another word: `BC` is "because"
            if written not in self._meanings:
                self._written.append(written)
            registered = title.family == "registered" or (
                title.family == "voluntary" and (letters or not _SAYS_REGISTERED.isdisjoint(forms))
            )
            self._meanings.setdefault(written, []).append(_Meaning(title, registered))
            if letters:
                self._letters.setdefault(written, name)

    def _claimed(
        self,
        reading: Reading,
        matches: Sequence[Match],
        country: str,
        claim_of: Callable[[Reading, _Place], Claim],
    ) -> list[FoundTitle]:
        claimed: list[FoundTitle] = []
        previous: tuple[_Place, Claim] | None = None
        for place in self._find(reading, matches, country):
            claim = claim_of(reading, place)
            if previous and _goes_with(reading, previous[0], place, previous[1]):
                claim = previous[1]
            previous = (place, claim)
            if claim is Claim.OWN:
                claimed.append(place.found)
            elif claim is Claim.LEARNING and self._learner is not None:
                claimed.append(replace(place.found, titles=(self._learner,), registered=False, numbered=False))
        return claimed

    def _find(self, reading: Reading, matches: Sequence[Match], country: str) -> list[_Place]:
        numbers = self._joined(reading, country)
        if not (matches or numbers):
            return []
        taken: set[int] = set()
        found = []
        for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
            if not taken.isdisjoint(match.words):
                continue  # "clinical psychologist" wins over "psychologist"
            place = self._place(reading, match, country)
            if place is not None:
                taken |= match.words
                found.append(place)
        ends = [place.found.span for place in found]
        found += [one for one in numbers if not any(a < one.found.span[1] and one.found.span[0] < b for a, b in ends)]
        return sorted(found, key=lambda place: place.first)

    def _place(self, reading: Reading, match: Match, country: str) -> _Place | None:
        """The title of a match; None where its words are no title: "anxious rn", "ND mum"."""
        written = self._written[match.pattern]
        letters, ambiguous = written in self._letters, written in self._ambiguous
        start, end = reading.starts[match.first], reading.ends[match.last]
        as_spelt = reading.text[start:end].isupper() or reading.text[start:end] == self._letters.get(written)
        if letters and len(written) <= _SHORT_LETTERS and not as_spelt:
            return None
        meanings = self._nearest(self._meanings[written], country)
        registered = meanings[0].registered
        number = self._number(reading, written, end) if registered else None
        doubtful = letters and number is None and (ambiguous or len(written) <= _DOUBTFUL_LETTERS)
        if doubtful and not claiming.are_letters(reading, match.first, match.last):
            return None
        if doubtful and ambiguous and not registered and not claiming.is_end_of_phrase(reading, match.last):
            return None
        found = FoundTitle(
            titles=tuple(meaning.title for meaning in meanings),
            span=(start, number or end),
            ambiguous=ambiguous,
            registered=registered,
            numbered=number is not None,
        )
        return _Place(match.first, match.last, letters, found)

    def _number(self, reading: Reading, written: str, end: int) -> int | None:
        plain = written in self._letters or not _SAYS_REGISTERED.isdisjoint(written.split())
        return number_after(reading.text, end, plain=plain)

    def _joined(self, reading: Reading, country: str) -> list[_Place]:
        """Letters and number in one word: "LMFT12345", "PYL12345"."""
        places = []
        for letters, digits, start, end in joined_numbers(reading.text):
            meanings = self._shapes.get((letters, len(digits)))
            if meanings is None and letters.lower() in self._letters:
                meanings = [meaning for meaning in self._meanings[letters.lower()] if meaning.registered]
            word = bisect_left(reading.starts, start) if meanings else 0
            if meanings and word < len(reading.starts) and reading.starts[word] == start:
                titles = tuple(meaning.title for meaning in self._nearest(meanings, country))
                found = FoundTitle(titles=titles, span=(start, end), ambiguous=False, registered=True, numbered=True)
                places.append(_Place(word, word, True, found))
            if len(places) == _MOST_NUMBERS:
                break
        return places

    @staticmethod
    def _nearest(meanings: list[_Meaning], country: str) -> list[_Meaning]:
        """The reader's own country first, then titles of no country, then those that can be looked up."""
        return sorted(
            meanings,
            key=lambda one: (one.title.country != country, one.title.country != "", not one.title.checkable),
        )


def looks_named(line: str) -> bool:
    """Whether an author line gives a name or a handle that could be looked up. By capital letters only."""
    return _NAME.search(line) is not None


def _in_post_or_numbered(reading: Reading, place: _Place) -> Claim:
    """In a post, a number beside letters speaks for itself, unless the words around make it somebody else's."""
    claim = claiming.in_post(reading, place.first, place.last)
    if claim is Claim.NONE and place.found.numbered and place.letters:
        return claiming.in_author_line(reading, place.first, place.last)
    return claim


def _in_line(reading: Reading, place: _Place) -> Claim:
    return claiming.in_author_line(reading, place.first, place.last)


def _goes_with(reading: Reading, previous: _Place, place: _Place, claim: Claim) -> bool:
    """Whether two titles are one person's: "not a doctor or a nurse", "my therapist (HCPC PYL12345)"."""
    proves = claim is Claim.NONE and place.found.numbered
    if proves and reading.sentences[previous.last] == reading.sentences[place.first]:
        return True
    return claiming.is_one_of_a_list(reading, previous.last, place.first)


def _title(row: Mapping[str, Any]) -> Title:
    in_law = row["protected"] in ("yes", "partly")
    return Title(
        key=row["key"],
        country=row["country"],
        family=row["family"],
        checkable=in_law or (bool(row["register_url"]) and row["protected"] != "no"),
    )


def _pattern(written: str) -> Pattern:
    entry = tuple(Word(form) for form in written.split())
    return Pattern(written, (Part((Slot(frozenset({entry})),)),))


def _names(row: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Every way a title may be written, with whether it is letters after a name.

    What stands in brackets in the title itself is left out: it may be a place ("BC") as well as letters.
    """
    names = [(re.sub(r"\([^)]*\)", " ", row["title"]), False)]
    names += [(alias, alias.isupper()) for alias in row["aliases"]]
    names += [(letters, True) for letters in row["post_nominals"]]
    return names
