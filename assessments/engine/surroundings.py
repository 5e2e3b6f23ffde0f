"""What stands around a match: cues, clauses, quotations. Worked out for a sentence when it is first asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from assessments.engine.cue_finding import CueFinder, Found, Place
from assessments.engine.cues import CUES, DIRECTIVE_PAIRS, DIRECTIVE_WORDS, WORDS, Cue
from assessments.engine.once import once
from assessments.engine.patterns import parse
from assessments.engine.text import Reading

LONGEST_TERM = 3  # words; longer quotations are somebody's words, shorter ones are only names

_CLAUSE_MARKS = frozenset(",:;()[]–—-")
_FINDER = CueFinder(WORDS, ((cue, parse(written, {})) for cue, lines in CUES.items() for written in lines))


# What matters in the sentences beside a match. Most have nothing of it, which is seen much quicker than all cues are.
_BESIDE = frozenset({Cue.RECOVERY, Cue.CORRECTION_AFTER, Cue.DENIAL_AFTER, Cue.ENDORSED, Cue.SARCASM, Cue.YES})
_FINDER_BESIDE = CueFinder(
    {cue: written for cue, written in WORDS.items() if cue in _BESIDE},
    ((cue, parse(written, {})) for cue, lines in CUES.items() if cue in _BESIDE for written in lines),
)

_HEADING_STARTS = frozenset(_FINDER.starts[Cue.HEADING])


class Sentence(NamedTuple):
    """One sentence: its words (the end is exclusive) and its cues."""

    start: int
    end: int
    cues: Found


class Surroundings:
    """One reading, as far as contexts need it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.forms = _readable(reading) if reading.alternatives else reading.forms
        self._sentences: dict[int, Sentence] = {}
        self._beside: dict[int, Sentence] = {}

    def sentence(self, number: int) -> Sentence:
        """The sentence of this number; an empty one when there is none."""
        known = self._sentences.get(number)
        if known is None:
            start, end = self._bounds(number)
            cues = _FINDER.find(self.forms, start, end)
            if end > start and self._marks_sarcasm(end - 1):
                cues.setdefault(Cue.SARCASM, []).append((end - 1, end - 1))
            known = self._sentences[number] = Sentence(start, end, cues)
        return known

    def beside(self, number: int) -> Sentence:
        """The sentence of this number, for one beside it: what is not in _BESIDE may be left out."""
        known = self._sentences.get(number) or self._beside.get(number)
        if known is None:
            start, end = self._bounds(number)
            if _FINDER_BESIDE.find(self.forms, start, end) or (end > start and self._marks_sarcasm(end - 1)):
                return self.sentence(number)
            known = self._beside[number] = Sentence(start, end, {})
        return known

    def _bounds(self, number: int) -> tuple[int, int]:
        sentences = self.reading.sentences
        start = bisect_left(sentences, number)
        return start, bisect_right(sentences, number, start)

    def _marks_sarcasm(self, word: int) -> bool:
        """ "/s", as the last word of a sentence."""
        return self.forms[word] == "s" and "/" in self.reading.before.get(word, "")

    def same_clause(self, one: int, other: int) -> bool:
        """Whether two words of one sentence stand between the same commas, colons, dashes and brackets."""
        ends = self._clause_starts
        return bisect_right(ends, one) == bisect_right(ends, other)

    def clause(self, word: int, sentence: Sentence) -> tuple[int, int]:
        """First word and exclusive end of the clause that a word stands in."""
        starts = self._clause_starts
        number = bisect_right(starts, word)
        start = max(sentence.start, starts[number - 1]) if number else sentence.start
        return start, min(sentence.end, starts[number]) if number < len(starts) else sentence.end

    @once
    def _clause_starts(self) -> list[int]:
        after, before = self.reading.after, self.reading.before
        starts = {word + 1 for word, marks in after.items() if not _CLAUSE_MARKS.isdisjoint(marks)}
        starts.update(word for word, marks in before.items() if not _CLAUSE_MARKS.isdisjoint(marks))
        return sorted(starts)

    @once
    def headings(self) -> list[int]:
        """Numbers of the sentences that hold a HEADING cue, in order."""
        if _HEADING_STARTS.isdisjoint(self.forms):
            return []
        sentences = self.reading.sentences
        likely = dict.fromkeys(sentences[word] for word, form in enumerate(self.forms) if form in _HEADING_STARTS)
        return [number for number in likely if Cue.HEADING in self.sentence(number).cues]

    @once
    def quotations(self) -> list[Place]:
        """First and last word of everything between two quotation marks, in order."""
        after, before = self.reading.after, self.reading.before
        marked = {word for marks in (after, before) for word, found in marks.items() if '"' in found}
        found: list[Place] = []
        opened = -1
        for word, opens in _marks(sorted(marked), self.reading):
            if opened < 0:
                opened = word if opens else word + 1
            else:
                last = word - 1 if opens else word
                if last >= opened:
                    found.append((opened, last))
                opened = -1
        return found

    def quotation_of(self, word: int) -> Place | None:
        """The quotation that a word stands in."""
        for first, last in self.quotations:
            if first <= word <= last:
                return first, last
        return None

    def quoted_apart(self, cue: int, word: int, *, inwards: bool) -> bool:
        """Quotation marks stand between a cue and a word; with `inwards`, a cue outside may reach what is quoted."""
        if not self.quotations:
            return False
        cue_in, word_in = self.quotation_of(cue), self.quotation_of(word)
        if cue_in == word_in or (inwards and cue_in is None):
            return False
        return any(place is not None and place[1] - place[0] >= LONGEST_TERM for place in (cue_in, word_in))

    def answer_to(self, quoted: int) -> Sentence | None:
        """The first sentence below a line after ">" that is not quoted itself."""
        numbers = self.reading.sentences
        answer = next((number for number in numbers if number > quoted and number not in self.reading.quoted), None)
        return None if answer is None else self.beside(answer)


def tells(forms: list[str]) -> bool:
    """Whether these words tell others: "you", "everyone", "stop taking", "you need to"."""
    if not DIRECTIVE_WORDS.isdisjoint(forms):
        return True
    if DIRECTIVE_PAIRS.keys().isdisjoint(forms):
        return False
    return any(following in DIRECTIVE_PAIRS.get(form, ()) for form, following in pairwise(forms))


def _marks(words: list[int], reading: Reading) -> Iterator[tuple[int, bool]]:
    """Every quotation mark: the word it stands at, and whether it stands before it."""
    for word in words:
        if '"' in reading.before.get(word, ""):
            yield word, True
        if '"' in reading.after.get(word, ""):
            yield word, False


def _readable(reading: Reading) -> list[str]:
    """The words, where a drawn-out one ("nooot") is read as the cue that it is."""
    forms = list(reading.forms)
    for place, others in reading.alternatives.items():
        known = next((form for form in others if _FINDER.knows(form)), None)
        if known is not None and not _FINDER.knows(forms[place]):
            forms[place] = known
    return forms
