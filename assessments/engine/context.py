"""Who says it and how: is a match asserted, denied, corrected, asked, quoted, joked, remembered, or a personal story?

In the spirit of ConText and NegEx (Chapman and colleagues, 2001 and 2009): trigger words with a direction and a reach;
the reach ends where the grammar ends it. One cue pass serves all matches of a post.
"""

from collections.abc import Iterable

from assessments.engine.cues import CUES, Cue
from assessments.engine.matching import Match, Matcher
from assessments.engine.patterns import parse
from assessments.engine.text import Reading
from assessments.engine.types import Context

NEGATION_REACH = 5  # counted words from the negation to the match; NegEx uses five or six
DENIAL_REACH = 1  # "I do not want to die" denies it; "I can't do this, I want to die" does not
MOST_CUES = 120  # places of one cue looked at in one post
AFTER_REACH = 6  # words from the start of the next sentence in which "He was wrong" still speaks of the last one

_TURNS = frozenset("but however although though yet except unless because whereas while".split())
_QUESTION_WORDS = frozenset(
    """is are does do did can could will would has have should was were what how why who when where which
    anyone any am isnt arent doesnt dont""".split()
)


class Contexts:
    """The cues of one post, ready to be asked about each match."""

    def __init__(self, reading: Reading, cues: Iterable[Match] | None = None, *, first: int = 0) -> None:
        """`cues` are matches of CUE_PATTERNS, if those were looked for already, as patterns numbered from `first`."""
        self._reading = reading
        self._cues = _sorted_cues(_MATCHER.run(reading, most=MOST_CUES) if cues is None else cues, first)
        self._clauses = _clauses(reading)
        denials = [cue for cue in self._cues[Cue.DENIAL_AFTER] if self._closes(cue)]
        self._corrections_after = [*self._cues[Cue.CORRECTION_AFTER], *denials]

    def of(self, match: Match) -> Context:
        """How the post means this match. The first that applies, from the most to the least certain."""
        words = match.words
        if self._corrected(match, words):
            return Context.CORRECTED
        if self._near(Cue.SAFE_ADVICE, match, words):
            return Context.SAFE_ADVICE
        if self._negated(match, words):
            return Context.NEGATED
        if self._near(Cue.SARCASM, match, words):
            return Context.SARCASM
        if self._asked(match):
            return Context.ASKED
        if self._before(Cue.REPORT, match, words):
            return Context.REPORTED  # "my dad used to say"; "my therapist says" is agreement and stays asserted
        if self._recovery(match, words):
            return Context.RECOVERY
        if self._before(Cue.HYPOTHETICAL, match, words):
            return Context.HYPOTHETICAL
        if self._personal(match, words):
            return Context.PAST if self._near(Cue.PAST, match, words) else Context.PERSONAL
        return Context.ASSERTED

    def of_distress(self, match: Match) -> Context:
        """How a person means it who says that they are struggling. Gentler than `of`: only a denial takes it back.

        A "can't" earlier in the sentence, a joke or somebody's reply must not silence a call for help: one help panel
        too many costs little (checklist, crisis rules).
        """
        words = match.words
        if self._before(Cue.CORRECTION_BEFORE, match, words):
            return Context.CORRECTED
        if self._negated(match, words, reach=DENIAL_REACH):
            return Context.NEGATED
        return Context.PAST if self._near(Cue.PAST, match, words) else Context.PERSONAL

    def tells_others(self) -> bool:
        """Somewhere the post tells other people what to do or what is true of everyone."""
        return bool(self._cues[Cue.DIRECTIVE])

    # ------------------------------------------------------------------ one question each

    def _corrected(self, match: Match, words: frozenset[int]) -> bool:
        if self._before(Cue.CORRECTION_BEFORE, match, words):
            return True
        reading, sentence = self._reading, match.sentence
        for first, last in self._cues[Cue.CORRECTION_BEFORE]:
            heads = reading.sentences[first] == sentence - 1 and self._is_heading(first, last)
            if heads and words.isdisjoint(range(first, last + 1)):
                return True
        for first, last in self._corrections_after:
            where = reading.sentences[first]
            near = where == sentence and first > match.last
            opening = where == sentence + 1 and first - self._sentence_start(first) < AFTER_REACH
            if (near or opening) and words.isdisjoint(range(first, last + 1)):
                return True
        return False

    def _negated(self, match: Match, words: frozenset[int], *, reach: int = NEGATION_REACH) -> bool:
        counted, sentences, forms = self._reading.counted, self._reading.sentences, self._reading.forms
        for first, last in self._cues[Cue.NEGATION]:
            if sentences[first] != match.sentence or not words.isdisjoint(range(first, last + 1)):
                continue
            if match.first < first and last < match.last:
                return True
            if last < match.first and counted[match.first] - counted[last + 1] <= reach:
                between = range(last + 1, match.first)
                if self._clauses[first] == self._clauses[match.first] and not any(forms[w] in _TURNS for w in between):
                    return True
        return False

    def _asked(self, match: Match) -> bool:
        if match.sentence not in self._reading.questions:
            return False
        rhetorical = any(self._reading.sentences[first] == match.sentence for first, _ in self._cues[Cue.RHETORICAL])
        start = self._sentence_start(match.first)
        opening = self._reading.forms[start : start + 4]
        return not rhetorical and any(form in _QUESTION_WORDS for form in opening)

    def _recovery(self, match: Match, words: frozenset[int]) -> bool:
        for first, last in self._cues[Cue.RECOVERY]:
            apart = abs(self._reading.sentences[first] - match.sentence)
            if apart <= 1 and words.isdisjoint(range(first, last + 1)):
                return True
        return False

    def _personal(self, match: Match, words: frozenset[int]) -> bool:
        sentences = self._reading.sentences
        told = any(sentences[first] == match.sentence for first, last in self._cues[Cue.DIRECTIVE])
        if told:
            return False
        clauses = {self._clauses[word] for word in range(match.first, match.last + 1)}
        return any(
            self._clauses[first] in clauses and first <= match.last and first not in words
            for first, _ in self._cues[Cue.FIRST_PERSON]
        )

    # ------------------------------------------------------------------ where cues stand

    def _near(self, cue: Cue, match: Match, words: frozenset[int]) -> bool:
        """The cue stands in the same sentence and is not wholly made of words of the match."""
        return any(
            self._reading.sentences[first] == match.sentence and not words.issuperset(range(first, last + 1))
            for first, last in self._cues[cue]
        )

    def _before(self, cue: Cue, match: Match, words: frozenset[int]) -> bool:
        """The cue stands before the match, in its sentence, with no "but" between."""
        forms, sentences = self._reading.forms, self._reading.sentences
        return any(
            sentences[first] == match.sentence
            and first < match.first
            and words.isdisjoint(range(first, last + 1))
            and not any(forms[word] in _TURNS for word in range(last + 1, match.first))
            for first, last in self._cues[cue]
        )

    def _is_heading(self, first: int, last: int) -> bool:
        """`Myth:` or `MYTH 1` alone on its line, or the last words of the sentence before a colon or a line break."""
        start = self._sentence_start(first)
        return first - start <= 2 and len(self._reading.forms) > last + 1 and self._end_of_sentence(last) - last <= 2

    def _closes(self, cue: tuple[int, int]) -> bool:
        """The cue ends its sentence or clause: "…, it won't", "They don't.", but not "they don't tell you"."""
        last = cue[1]
        return last == self._end_of_sentence(last) or self._clauses[last + 1] != self._clauses[last]

    def _sentence_start(self, word: int) -> int:
        sentences = self._reading.sentences
        while word and sentences[word - 1] == sentences[word]:
            word -= 1
        return word

    def _end_of_sentence(self, word: int) -> int:
        sentences = self._reading.sentences
        while word + 1 < len(sentences) and sentences[word + 1] == sentences[word]:
            word += 1
        return word


def _clauses(reading: Reading) -> list[int]:
    """Number of the clause of each word: commas, colons, dashes and brackets end one, sentences too."""
    numbers: list[int] = []
    clause = 0
    for word in range(len(reading.forms)):
        if word and (
            reading.sentences[word] != reading.sentences[word - 1]
            or any(mark in ',:;()[]–—-"' for mark in reading.after.get(word - 1, ""))
            or any(mark in '(["-–—' for mark in reading.before.get(word, ""))
        ):
            clause += 1
        numbers.append(clause)
    return numbers


_CUES = [(cue, parse(written, {})) for cue, lines in CUES.items() for written in lines]
CUE_PATTERNS = tuple(pattern for _, pattern in _CUES)
_MATCHER = Matcher(CUE_PATTERNS)


def _sorted_cues(matches: Iterable[Match], first: int) -> dict[Cue, list[tuple[int, int]]]:
    """Every cue of the post by kind, as word ranges; a cue inside a PSEUDO cue is dropped."""
    found: dict[Cue, list[tuple[int, int]]] = {cue: [] for cue in Cue}
    for match in matches:
        found[_CUES[match.pattern - first][0]].append((match.first, match.last))
    pseudo = found[Cue.PSEUDO]
    if pseudo:
        for cue in (
            Cue.NEGATION,
            Cue.REPORT,
            Cue.CORRECTION_BEFORE,
            Cue.CORRECTION_AFTER,
            Cue.DENIAL_AFTER,
            Cue.RECOVERY,
        ):
            found[cue] = [place for place in found[cue] if not any(a <= place[0] and place[1] <= b for a, b in pseudo)]
    return found
