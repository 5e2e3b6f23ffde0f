"""Original text -> normal words with their places in the ORIGINAL text. No meaning here, only reading.

A `Reading` is one stream of words. Where a word can be read in more than one way (leet, masked or repeated letters,
emoji that stand for a word), the other readings stand beside it in `alternatives`; where several words can be read as
one (`pro-ana`, `p r o a n a`, `#JoinedTags`), the joined reading is an `arc` over them. Every span is in code points of
the text as given.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from assessments.engine.chunks import LINK, MENTION, NOTHING, REMEMBERED, Chunk, behind_mark, normal_form
from assessments.engine.markdown import MARKS, marks_of
from assessments.engine.once import once
from assessments.engine.spaced import SPACED_LETTERS, join_letters
from assessments.engine.tables import FILLERS

__all__ = ("LINK", "MENTION", "Reading", "normal_form", "read")


class Reading:
    """A text as the engine sees it. Lists are parallel: word i is `forms[i]` at `starts[i]:ends[i]`.

    What only matches need (places, fillers) is worked out when first asked for: most posts have no match.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.forms: list[str] = []
        self.sentences: list[int] = []  # number of the sentence that each word stands in
        self.alternatives: dict[int, list[str]] = {}
        self.arcs: dict[int, list[tuple[int, str]]] = {}  # first word -> [(last word, joined form)]
        self.before: dict[int, str] = {}  # punctuation that opens at a word
        self.after: dict[int, str] = {}  # punctuation that closes at a word
        self.questions: set[int] = set()  # sentences that end with a question mark
        self.quoted: set[int] = set()  # sentences on lines that begin with ">": somebody else's words
        self._chunks: list[Chunk] = []
        self._sentence = 0
        self._letters = 0  # words of one letter
        self._several = False  # whether any chunk is more than one word, or none
        for line in text.splitlines():
            self._read_line(line)
        if self._letters >= SPACED_LETTERS // 2:
            join_letters(self)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` to `last` stand in the text."""
        if self._several:
            return self._places[first][0], self._places[last][1]
        begins, chunks = self._chunk_places, self._chunks
        return begins[first] + chunks[first].words[0][0], begins[last] + chunks[last].words[0][1]

    @once
    def starts(self) -> list[int]:
        """Where each word begins in the text."""
        return [place for place, _ in self._places]

    @once
    def ends(self) -> list[int]:
        """Where each word ends in the text (exclusive)."""
        return [place for _, place in self._places]

    @once
    def _places(self) -> list[tuple[int, int]]:
        return [
            (place + start, place + end)
            for place, chunk in zip(self._chunk_places, self._chunks, strict=True)
            for start, end, _ in chunk.words
        ]

    @once
    def _chunk_places(self) -> list[int]:
        raws = self.text.split()
        lengths = list(map(len, raws))
        if sum(lengths) + len(lengths) - 1 == len(self.text):  # one space each between them: seen much quicker
            return list(accumulate(map(_ONE_MORE, lengths[:-1]), initial=0))
        return list(_places_of(raws, self.text))

    @once
    def counted(self) -> list[int]:
        """How many words before word i are not fillers, with one more entry for the end; gaps are measured on this."""
        return list(accumulate([form not in FILLERS for form in self.forms], initial=0))

    @property
    def word_count(self) -> int:
        """Meaningful words: anything with a letter or digit that is not a link or a mention."""
        if "".join(self.forms).isalnum():
            return len(self.forms)
        return sum([form[0].isalnum() for form in self.forms])

    def _read_line(self, line: str) -> None:
        begun, quoted = len(self.forms), False
        if line.lstrip().startswith(MARKS):
            chunks, quoted = _without_marks(line.split())
        else:
            chunks = list(map(REMEMBERED.__getitem__, line.split()))
        if "#" in line or "＃" in line:
            self._read_tags(chunks)
        else:
            self._chunks += chunks
            self._read_run(chunks)
        if quoted:
            self.quoted.update(self.sentences[begun:])

    def _read_tags(self, chunks: list[Chunk]) -> None:
        """A line with hashtags. Those that say something are sentences far from any other: in a row of hashtags nothing
        that is looked for may run across them, and a label ("#awareness") tells nothing of the sentences around it.
        """
        for run in _tags_apart(chunks):
            self._chunks += run
            alone = len(chunks) > 1 and len(run) == 1 and run[0].says_something
            self._sentence += 2 * alone
            self._read_run(run)
            self._sentence += 2 * alone

    def _read_run(self, chunks: Sequence[Chunk]) -> None:
        """Chunks that begin a sentence of their own. Sentence numbers are filled in when a sentence ends."""
        forms, sentences, sentence = self.forms, self.sentences, self._sentence
        if sentences and sentences[-1] == sentence:
            sentence += 1
        for chunk in chunks:
            if chunk.form:
                forms.append(chunk.form)
                continue
            if chunk.word:
                if chunk.before:
                    self.before[len(forms)] = chunk.before
                if chunk.after:
                    self.after[len(forms)] = chunk.after
                forms.append(chunk.word)
            else:
                self._add(chunk)
            if chunk.ends_sentence and forms:
                unfilled = len(forms) - len(sentences)
                if chunk.asks:
                    self.questions.add(sentence if unfilled else sentences[-1])
                if unfilled:
                    sentences += [sentence] * unfilled
                    sentence += 1
        sentences += [sentence] * (len(forms) - len(sentences))
        self._sentence = sentence

    def _add(self, chunk: Chunk) -> None:
        """A chunk that is more than one plain word: punctuation alone, several words, other readings."""
        first = len(self.forms)
        self._several = self._several or len(chunk.words) != 1
        if not chunk.words:
            if first and chunk.before:
                self.after[first - 1] = self.after.get(first - 1, "") + chunk.before
            return
        self.forms += [form for _, _, form in chunk.words]
        for index, form in chunk.alternatives:
            self.alternatives.setdefault(first + index, []).append(form)
        last = len(self.forms) - 1
        if chunk.joined:
            self.arcs[first] = [(last, form) for form in chunk.joined]
        if chunk.before:
            self.before[first] = chunk.before
        if chunk.after:
            self.after[last] = chunk.after
        self._letters += chunk.letters


def read(text: str) -> Reading:
    """Read a whole text. Total: any `str` gives a Reading; time is linear in its length."""
    return Reading(text)


_ONE_MORE = (1).__add__  # the space behind a word


def _places_of(raws: list[str], text: str) -> Iterator[int]:
    """Where each run of non-space characters begins. `raws`: all of them, in order."""
    place = 0
    for raw in raws:
        place = text.index(raw, place)
        yield place
        place += len(raw)


def _without_marks(raws: list[str]) -> tuple[list[Chunk], bool]:
    """The chunks of a line that may begin with marks of Markdown, which are no words; and whether it is quoted."""
    marks, glued, quoted = marks_of(raws)
    chunks = [NOTHING] * marks + [REMEMBERED[raw] for raw in raws[marks:]]
    if glued:
        chunks[marks] = behind_mark(raws[marks], glued)
    return chunks, quoted


def _tags_apart(chunks: list[Chunk]) -> Iterator[list[Chunk]]:
    """The chunks of a line, where in rows of hashtags those that say something stand alone."""
    start, last = 0, len(chunks) - 1
    tags = [chunk.tag for chunk in chunks]
    in_row = [tag and ((at > 0 and tags[at - 1]) or (at < last and tags[at + 1])) for at, tag in enumerate(tags)]
    read = [chunk.label or chunk if row else chunk for chunk, row in zip(chunks, in_row, strict=True)]
    alone = [row and chunk.says_something for chunk, row in zip(chunks, in_row, strict=True)]
    for at in range(1, len(chunks)):
        if alone[at] or alone[at - 1]:
            yield read[start:at]
            start = at
    yield read[start:]
