"""What happens before there is a finding, to be looked at: the words as read, and the patterns that were looked at.

For editors. Assessing does not use it, and it finds out nothing that assessing does not.
"""

from dataclasses import dataclass

from assessments.engine.compiled import FOUND, Compiled
from assessments.engine.text import read
from assessments.engine.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRead:
    """One word: as the post writes it, as patterns see it, what else it may be, and the number of its sentence."""

    written: str
    form: str
    others: tuple[str, ...]
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A pattern whose rarest words are in the post, so that it was checked, and whether it is there."""

    key: str  # of its claim or signal
    place: int  # in the list of its owner
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The first steps of one post through the engine."""

    words: tuple[WordRead, ...]
    candidates: tuple[Candidate, ...]


def steps_of(text: str, compiled: Compiled) -> Steps:
    """The words of a post, and the patterns of claims and signals that were looked at. Total, as `assess` is."""
    reading = read(text)
    words = Words(reading, compiled.matcher.lexicon)
    search = compiled.matcher.search(reading)
    found = {match.pattern for match in search.matches(FOUND)}
    looked_at = sorted({number for number, _ in search.candidates(FOUND)})
    return Steps(
        words=tuple(
            _word(place, words, reading.text[start:end], reading.sentences[place])
            for place, (start, end) in enumerate(zip(reading.starts, reading.ends, strict=True))
        ),
        candidates=tuple(
            Candidate(key=key, place=place, found=number in found)
            for number in looked_at
            for key, place in [compiled.places_written[FOUND][number]]
        ),
    )


def _word(place: int, words: Words, written: str, sentence: int) -> WordRead:
    others = (known.form for known in words.others.get(place, ()))
    joined = (known.form for _, known in words.joined.get(place, ()))
    return WordRead(
        written=written, form=words.forms[place], others=tuple(dict.fromkeys((*others, *joined))), sentence=sentence
    )
