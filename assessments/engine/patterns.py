"""The phrase-pattern language: parse, check, explain. Editors write it; `README.md` beside this file teaches it.

    cure+ {DEPRESSION}            words in a row; `+` adds the usual endings; `{…}` is a word class
    (gym | lift+ | cardio) ... cure+   one of these, then up to six other words, then the next word
    [no] meds                     a word that may be left out
    A & B        A & !B           both in one sentence, in any order; A unless B is in the sentence
    A && B       A && !B          B (or no B) anywhere in the post

There are no regular expressions here, and none from an editor is ever run. Parsing is one pass over the characters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assessments.engine.inflection import family
from assessments.engine.text import normal_form

DEFAULT_GAP = 6
LONGEST_GAP = 12
MOST_SLOTS = 14
MOST_PARTS = 6
MOST_ENTRIES = 4000  # of one slot, classes written out
DEEPEST_CLASSES = 40  # word classes inside each other
SHORTEST_PREFIX = 3
LONGEST_PATTERN = 1000  # characters; longer alternatives belong in a word class

_NO_WORD = frozenset('*?.,;:"\\^')
_TOKEN = re.compile(r"\s*(?:(\.\.\.(\d*))|(&&|&)|([()\[\]|!])|(\{[^}\s]*\}?)|([^\s()\[\]|&!{}]+))")


class PatternError(ValueError):
    """A pattern that cannot be used. The message is for the editor; `column` counts from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"{message} (at character {column})")
        self.message = message
        self.column = column


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """One word to look for: exactly this form, or (`prefix`) every form that begins with it."""

    form: str
    prefix: bool = False


Entry = tuple[Word, ...]  # words in a row


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a sequence: any of its entries may stand there. `gap` other words may come before it."""

    entries: frozenset[Entry]
    gap: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Slots in order. `everywhere` parts are looked for in the whole post, the others in one and the same sentence."""

    slots: tuple[Slot, ...]
    absent: bool = False
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern: every part that is not `absent` must be there, and no part that is."""

    written: str
    parts: tuple[Part, ...]


Classes = Mapping[str, frozenset[Entry]]


def read_classes(word_classes: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[Entry]]:
    """Word classes by name, written out. Input: name -> entries in the pattern language; classes may use others.

    Raises PatternError when a class uses itself or one that does not exist, stands too deep inside others, or is
    larger than MOST_ENTRIES.
    """
    done: dict[str, frozenset[Entry]] = {
        "NUMBER": frozenset({(Word("<number>"),)}),
        "LINK": frozenset({(Word("<link>"),)}),
    }
    done["MENTION"] = frozenset({(Word("<mention>"),)})

    def written_out(name: str, inside: tuple[str, ...]) -> frozenset[Entry]:
        if name in done:
            return done[name]
        if name not in word_classes:
            raise PatternError(f"There is no word class called {{{name}}}.", 1)
        if name in inside:
            raise PatternError(f"The word class {{{name}}} uses itself ({' → '.join((*inside, name))}).", 1)
        if len(inside) >= DEEPEST_CLASSES:
            raise PatternError(f"Word classes stand more than {DEEPEST_CLASSES} deep in each other ({{{name}}}).", 1)
        needed = {match for entry in word_classes[name] for match in re.findall(r"\{([^}\s]*)\}", entry)}
        known = {other: written_out(other, (*inside, name)) for other in sorted(needed)}
        entries: set[Entry] = set()
        for entry in word_classes[name]:
            entries |= _entries_of(entry, known)
        if not entries or len(entries) > MOST_ENTRIES:
            raise PatternError(
                f"The word class {{{name}}} has {len(entries)} entries; 1 to {MOST_ENTRIES} are allowed.", 1
            )
        done[name] = frozenset(entries)
        return done[name]

    for name in word_classes:
        written_out(name, ())
    return done


def parse(written: str, classes: Classes) -> Pattern:
    """Read one pattern. Raises PatternError with the place of the first mistake."""
    return _Parser(written, classes).pattern()


def check_entry(entry: str) -> None:
    """Check one entry of a word class as far as it can be checked alone: other classes are not looked up.

    Raises PatternError with the place of the first mistake.
    """
    _entries_of(re.sub(r"\{[^}\s]+\}", lambda name: "x" * len(name.group()), entry), {})


def explain(pattern: Pattern) -> str:
    """The pattern in a plain sentence, for the editor who wants to know what it means."""
    sentences = []
    for part in pattern.parts:
        steps = []
        for place, slot in enumerate(part.slots):
            gap = f"then, after up to {slot.gap} other words, " if slot.gap and place else ("then " if place else "")
            steps.append(f"{gap}{'perhaps ' if slot.optional else ''}{_explain_slot(slot)}")
        where = "anywhere in the post" if part.everywhere else "in the same sentence"
        sentences.append(f"{'NOT ' if part.absent else ''}{', '.join(steps)} ({where})")
    return "; and ".join(sentences)


def _explain_slot(slot: Slot) -> str:
    names = sorted(" ".join(word.form + ("…" if word.prefix else "") for word in entry) for entry in slot.entries)
    shown = " / ".join(names[:6])
    return f"“{shown}”" if len(names) <= 6 else f"“{shown}” or {len(names) - 6} more"


class _Parser:
    """One pass over the tokens of one pattern."""

    def __init__(self, written: str, classes: Classes) -> None:
        if len(written) > LONGEST_PATTERN:
            raise PatternError(f"A pattern may have at most {LONGEST_PATTERN} characters.", LONGEST_PATTERN)
        self.written, self.classes = written, classes
        self.tokens = _tokens(written)
        self.place = 0

    def pattern(self) -> Pattern:
        parts: list[Part] = []
        joiner = "&"
        while True:
            parts.append(self.part(everywhere=joiner == "&&"))
            if self.place == len(self.tokens):
                break
            joiner, column = self.take()
            if joiner not in ("&", "&&"):
                raise PatternError(f"“{joiner}” does not belong here.", column)
        if len(parts) > MOST_PARTS:
            raise PatternError(f"A pattern may join at most {MOST_PARTS} parts with &.", 1)
        if all(part.absent for part in parts):
            raise PatternError("A pattern needs something to find, not only something that must be missing.", 1)
        if all(part.absent or part.everywhere for part in parts):
            # Something must say which sentence is meant: the first part that must be there.
            first = next(place for place, part in enumerate(parts) if not part.absent)
            parts[first] = Part(parts[first].slots, absent=False, everywhere=False)
        return Pattern(self.written, tuple(parts))

    def part(self, *, everywhere: bool) -> Part:
        absent = self.peek() == "!"
        if absent:
            self.take()
        slots: list[Slot] = []
        gap = 0
        while self.peek() not in ("", "&", "&&"):
            token, column = self.take()
            if token.startswith("..."):
                if not slots:
                    raise PatternError("A part cannot begin with “...”: leave it out.", column)
                gap = _gap(token, column)
                continue
            slots.append(self.slot(token, column, gap))
            gap = 0
        if not slots or gap:
            raise PatternError("Something to find is missing here.", self.column())
        if all(slot.optional for slot in slots):
            raise PatternError("Everything in this part may be left out, so it would always match.", self.column())
        if len(slots) > MOST_SLOTS:
            raise PatternError(f"A part may have at most {MOST_SLOTS} words in a row.", self.column())
        return Part(tuple(slots), absent, everywhere)

    def slot(self, token: str, column: int, gap: int) -> Slot:
        if token == "[":
            return Slot(self.alternatives("]", column), gap, optional=True)
        if token == "(":
            return Slot(self.alternatives(")", column), gap)
        if token in (")", "]", "|", "!"):
            raise PatternError(f"“{token}” does not belong here.", column)
        return Slot(_one(token, column, self.classes), gap)

    def alternatives(self, closing: str, opened: int) -> frozenset[Entry]:
        entries: set[Entry] = set()
        row: list[Entry] = [()]
        while True:
            token, column = self.take() if self.place < len(self.tokens) else ("", opened)
            if token == "":
                raise PatternError(f"This bracket is never closed with “{closing}”.", opened)
            if token in ("|", closing):
                if row == [()]:
                    raise PatternError("An alternative is empty.", column)
                entries |= set(row)
                row = [()]
                if token == closing:
                    break
            elif token in ("(", "[", ")", "]", "&", "&&", "!") or token.startswith("..."):
                raise PatternError(f"“{token}” cannot stand inside brackets: only words, classes and “|”.", column)
            else:
                row = [before + entry for before in row for entry in _one(token, column, self.classes)]
            if len(row) + len(entries) > MOST_ENTRIES:
                raise PatternError("These alternatives are too many: use fewer words or a word class.", opened)
        return frozenset(entries)

    def peek(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def take(self) -> tuple[str, int]:
        self.place += 1
        return self.tokens[self.place - 1]

    def column(self) -> int:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else len(self.written) + 1


def _tokens(written: str) -> list[tuple[str, int]]:
    tokens: list[tuple[str, int]] = []
    place, length = 0, len(written.rstrip())
    while place < length:
        found = _TOKEN.match(written, place)
        if found is None:
            raise PatternError(f"“{written[place]}” does not belong here.", place + 1)
        token = found.group().strip()
        tokens.append((token, found.end() - len(token) + 1))
        place = found.end()
    if not tokens:
        raise PatternError("The pattern is empty.", 1)
    return tokens


def _gap(token: str, column: int) -> int:
    gap = int(token[3:]) if token[3:] else DEFAULT_GAP
    if not 1 <= gap <= LONGEST_GAP:
        raise PatternError(f"A gap may be 1 to {LONGEST_GAP} words.", column)
    return gap


def _entries_of(entry: str, classes: Classes) -> set[Entry]:
    """Entries of one line of a word class: words, families, beginnings and other classes in a row."""
    row: list[Entry] = [()]
    for token, column in _tokens(entry):
        if token in ("(", ")", "[", "]", "|", "&", "&&", "!") or token.startswith("..."):
            raise PatternError(f"“{token}” cannot stand in a word class: “{entry}”.", column)
        row = [before + after for before in row for after in _one(token, column, classes)]
    return set(row)


def _one(token: str, column: int, classes: Classes) -> frozenset[Entry]:
    """One word, family, beginning or class -> the entries it stands for."""
    if token.startswith("{"):
        name = token.strip("{}")
        if not token.endswith("}") or name not in classes:
            raise PatternError(f"There is no word class called {{{name}}}.", column)
        return classes[name]
    try:
        return _plain(token)
    except ValueError as mistake:
        raise PatternError(str(mistake), column) from mistake


@lru_cache(maxsize=1 << 15)
def _plain(token: str) -> frozenset[Entry]:
    """A word, family or beginning. Remembered: patterns use the same few thousand words. Raises ValueError."""
    if token.endswith("*"):
        forms, prefix = {normal_form(token[:-1])}, True
        if len(next(iter(forms)).rsplit("-", 1)[-1]) < SHORTEST_PREFIX:
            raise ValueError(f"Write at least {SHORTEST_PREFIX} letters before “*”.")
    elif len(token) > 1 and token.endswith("+"):
        forms, prefix = {normal_form(form) for form in family(token[:-1].lower())}, False
    else:
        forms, prefix = {normal_form(token)}, False
    if any(not form or not _NO_WORD.isdisjoint(form) for form in forms):
        raise ValueError(f"“{token}” is not a word that posts can contain; leave punctuation out.")
    return frozenset(_row(form, prefix=prefix) for form in forms)


def _row(form: str, *, prefix: bool) -> Entry:
    """`self-harm` -> two words in a row, as a post is read; only the last one may be a beginning."""
    pieces = [piece for piece in form.split("-") if piece] or [form]
    return (*(Word(piece) for piece in pieces[:-1]), Word(pieces[-1], prefix))
