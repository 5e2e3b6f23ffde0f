"""What a pattern means, what it would find and what is wrong with it, while it is being written. Pure: for the admin.

It runs the patterns of one claim or signal alone: on its own examples and near misses, and on the examples of others.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from difflib import get_close_matches

from assessments import engine, trying

TOO_COMMON = 0.05  # of the examples of all other claims and signals: an editor is warned
MATCHES_EVERYTHING = 0.5  # a pattern that says nothing: it is refused
FEWEST_TEXTS = 20  # below, a share says nothing
CLASS_IN_USE = re.compile(r"\{([^}\s]*)\}")

# The least that the engine needs around the patterns of one claim or signal.
ALONE = {
    "checklist": {
        "masked_kinds": [],
        "ambiguous_letters": [],
        "short_text": {"words": 1},
        "advice_words": 1,
        "not_checked": [],
    },
    "sections": [
        {
            "key": "alone",
            "items": [
                {
                    "key": engine.CLAIMS_ITEM,
                    "answer_type": "auto",
                    "answers": [{"key": key, "effect": "none"} for key in ("high", "some", "debunked", "none")],
                }
            ],
        }
    ],
    "levels": [{"key": "any", "when": [[]]}],
    "titles": [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One pattern, looked at. `column` counts from 1 and is 0 when there is no mistake."""

    line: int
    written: str
    meaning: str = ""
    mistake: str = ""
    column: int = 0
    fires_on: int = 0  # of its own examples
    share: float = 0.0  # of the examples of others

    @property
    def caret(self):
        """A line that points at the mistake, to stand below the pattern in letters of one width."""
        return " " * (self.column - 1) + "^" if self.column else ""

    @property
    def pointed(self):
        """The pattern with a mark at the mistake, for where letters have different widths."""
        place = max(self.column - 1, 0)
        return f"{self.written[:place]}▸{self.written[place:]}"

    @property
    def too_common(self):
        return not self.mistake and self.share > TOO_COMMON

    @property
    def percent(self):
        return f"{self.share:.0%}" if self.share >= 0.01 else "less than 1%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """All patterns of an entry looked at, and its texts tried on those that can be read (None: nothing could be)."""

    notes: tuple[Note, ...]
    trial: trying.Trial | None

    @property
    def mistakes(self):
        return [note for note in self.notes if note.mistake]


def advise(entry, word_classes, others):
    """Look at the patterns of a claim or signal.

    `entry`: its fields as the content writes them; `word_classes`: name -> entries; `others`: the examples of all other
    claims and signals. Returns Advice.
    """
    notes = [_read(line, written, word_classes) for line, written in enumerate(entry["patterns"], 1)]
    readable = [note for note in notes if not note.mistake]
    if not readable:
        return Advice(notes=tuple(notes), trial=None)
    alone = entry | {"patterns": [note.written for note in readable], "sets": []}
    compiled = _compile(alone, word_classes)
    if not trying.is_triable(entry):  # words that should be there: finding them everywhere is good news
        return Advice(notes=tuple(notes), trial=None)
    own, foreign = _fired(entry["examples"], compiled), _fired(others, compiled)
    share = {place: foreign[place] / len(others) if len(others) >= FEWEST_TEXTS else 0.0 for place in foreign}
    tried = {note.line: _tried(note, own[place], share.get(place, 0.0)) for place, note in enumerate(readable)}
    trial = trying.try_entry(alone, compiled)
    return Advice(notes=tuple(tried.get(note.line, note) for note in notes), trial=trial)


def class_mistake(name, word_classes):
    """The sentence that says why the word class `name` cannot be used, "" when it can."""
    try:
        engine.read_classes(_needed(name, word_classes))
    except engine.PatternError as error:
        return error.message
    return ""


def entry_mistakes(words):
    """(line, sentence) for every entry of a word class that cannot be read."""
    for line, word in enumerate(words, 1):
        try:
            engine.check_entry(word)
        except engine.PatternError as error:
            yield line, str(error)


def _read(line, written, word_classes):
    try:
        classes = {}
        for found in CLASS_IN_USE.finditer(written):
            classes |= _class(found[1], found.start() + 1, word_classes)
        meaning = engine.explain(engine.parse(written, classes))
    except engine.PatternError as error:
        return Note(line=line, written=written, mistake=error.message, column=error.column)
    return Note(line=line, written=written, meaning=meaning)


def _class(name, column, word_classes):
    """The class and all that it is made of, written out. Raises PatternError at `column`, the place of its use."""
    try:
        return engine.read_classes(_needed(name, word_classes))
    except engine.PatternError as error:
        raise engine.PatternError(error.message, column) from error
    except KeyError:
        close = get_close_matches(name, word_classes, n=3, cutoff=0.6)
        hint = f" Did you mean {' or '.join(f'{{{other}}}' for other in close)}?" if close else ""
        raise engine.PatternError(f"There is no word class called {{{name}}}.{hint}", column) from None


def _needed(name, word_classes):
    """The class and every class that it uses, without those that are missing. Raises KeyError when it is itself."""
    if name in engine.read_classes({}):
        return {}
    needed, open_names = {name: tuple(word_classes[name])}, [name]
    while open_names:
        for inner in CLASS_IN_USE.findall(" ".join(needed[open_names.pop()])):
            if inner not in needed and inner in word_classes:
                needed[inner] = tuple(word_classes[inner])
                open_names.append(inner)
    return needed


def _compile(entry, word_classes):
    used = {}
    for name in CLASS_IN_USE.findall(" ".join(entry["patterns"])):
        used |= _needed(name, word_classes)
    group = "signals" if "family" in entry else "claims"
    content = ALONE | {
        "word_classes": [{"key": key, "words": list(words)} for key, words in used.items()],
        "claims": [],
        "signals": [],
    }
    return engine.compile(content | {group: [entry]})


def _fired(texts, compiled):
    """How many of the texts each pattern fires on, by its place."""
    return Counter(place for text in texts for _, place in engine.patterns_found(text, compiled))


def _tried(note, fires_on, share):
    if share > MATCHES_EVERYTHING:
        mistake = f"This would match almost everything: {share:.0%} of the examples of other entries. Name the idea."
        return replace(note, fires_on=fires_on, share=share, mistake=mistake, column=1)
    return replace(note, fires_on=fires_on, share=share)
