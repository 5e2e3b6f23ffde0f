"""One run of non-space characters -> normal words, with every other way to read them. Remembered.

Most chunks are ASCII letters and closing punctuation, and are read at once; `_read_odd` sees to all others.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assessments.engine.characters import as_latin, end_of_letter, is_english, is_one_letter, plain
from assessments.engine.emoji import MEANINGS, end_of_emoji, is_emoji
from assessments.engine.hashtags import has_humps, words_in_tag
from assessments.engine.letters import squeezed, tall_letters, unleeted
from assessments.engine.markdown import link_in_brackets
from assessments.engine.once import Remembered
from assessments.engine.slips import EVERYDAY_SLIPS
from assessments.engine.tables import COLLIDING_CONTRACTIONS, LEET, MASKS, SHORT_FORMS, SYMBOLS

LINK = "<link>"
MENTION = "<mention>"
SHORTEST_DISGUISED = 3  # letters
LONGEST_WORD = 40  # letters; longer runs are noise, and every later step may then be linear in the word
LONGEST_CHUNK = 200  # characters; what stands behind is not read
MOST_REMEMBERED = 60_000  # chunks

_PLAIN = re.compile(r"[A-Za-z]+\Z")
_CLOSING = ".,!?;:"
_LINK = re.compile(
    r"(?:https?://|www\.)\S|(?:[a-z0-9-]+\.)+(?:com|org|net|co|uk|io|me|info|gov|edu|tv|ie|au|ca)(?:[/?#]|\Z)", re.I
)
_BEFORE_LINK = "([<\"'*_~“‘"
_AFTER_LINK = ".,!?;:>]\"'*_~”’"
_MENTION = re.compile(r"@\w[\w.]{1,40}\Z|/?u/[\w-]{3,20}\Z")
_ABBREVIATIONS = frozenset(["dr", "mr", "mrs", "ms", "st", "vs", "eg", "ie", "etc", "approx", "no", "prof"])
_WRITTEN_OUT = EVERYDAY_SLIPS | SHORT_FORMS
_HASHES = "#＃"

Word = tuple[int, int, str]  # start, end, normal form


@dataclass(frozen=True, slots=True)
class Chunk:
    """One run of non-space characters, read. Offsets are relative to its start."""

    words: tuple[Word, ...]
    alternatives: tuple[tuple[int, str], ...] = ()  # index of the word, another form
    joined: tuple[str, ...] = ()  # other forms of the whole chunk read as one word
    before: str = ""  # punctuation before the first word
    after: str = ""  # punctuation after the last word
    ends_sentence: bool = False
    asks: bool = False
    form: str = ""  # the one word, when there is nothing else to say about the chunk
    word: str = ""  # the one word, when there is nothing more than punctuation besides
    letters: int = 0  # words of one letter that are not "I" or "a": rows of them may be one word
    tag: bool = False  # a hashtag
    label: "Chunk | None" = None  # a hashtag of two words read as one, which is what it is among other hashtags

    @property
    def says_something(self) -> bool:
        """Whether it is a hashtag of three words or more."""
        return self.tag and len(self.words) > 2


def _read_start(raw: str) -> Chunk:
    return _read(raw[:LONGEST_CHUNK])


# Chunks by what was written; posts are made of the same few thousand.
REMEMBERED = Remembered(_read_start, MOST_REMEMBERED)
NOTHING = Chunk(())  # a chunk that is only a mark


def behind_mark(raw: str, skip: int) -> Chunk:
    """A chunk whose first characters are a mark: `>so` at the beginning of a line."""
    chunk = REMEMBERED[raw[skip:]]
    return replace(chunk, words=tuple((start + skip, end + skip, form) for start, end, form in chunk.words))


def normal_form(word: str) -> str:
    """The one spelling under which a word is looked up: folded, short forms written out (`ur`, `u're` -> `your`).

    The same function reads patterns and posts, so that an editor may write either spelling.
    """
    return _canonical("".join(as_latin([part for character in word for part in plain(character)])))


@lru_cache(maxsize=1 << 15)
def _canonical(folded: str) -> str:
    if "'" in folded:
        bare = folded.replace("'", "")
        if bare not in COLLIDING_CONTRACTIONS:
            folded = bare
    return _WRITTEN_OUT.get(folded, folded)


def _read(raw: str) -> Chunk:
    core = raw.rstrip(_CLOSING)
    if _PLAIN.match(core):
        lowered = core.lower()
        others = [other for other in (*squeezed(lowered), tall_letters(core)) if other]
        return _chunk(raw, [(0, len(core), _canonical(lowered))], [(0, form) for form in others])
    if "](" in raw and (place := link_in_brackets(raw)):
        return _read_bracketed(raw, *place)
    start, end = len(raw) - len(raw.lstrip(_BEFORE_LINK)), len(raw.rstrip(_AFTER_LINK))
    if ")" in raw and "(" not in raw[start:]:
        end = len(raw.rstrip(_AFTER_LINK + ")"))
    if _is_link(raw[start:end]):
        return _chunk(raw, [(start, end, LINK)], [], before=raw[:start])
    if _MENTION.match(core):
        return _chunk(raw, [(0, len(core), MENTION)], [])
    return _read_odd(raw)


def _is_link(core: str) -> bool:
    """Web addresses, but not two English words whose space is missing: `me` is a country, too."""
    return bool(_LINK.match(core)) and not all(map(is_english, core.lower().split(".")))


def _read_bracketed(raw: str, start: int, end: int) -> Chunk:
    """The end of `[text](address)`: the words of the text, then a link."""
    text = REMEMBERED[raw[: start - 2]]
    words = [*text.words, (start, end, LINK)]
    return _chunk(raw, words, list(text.alternatives), before=text.before, after=raw[end:].lstrip(")"))


def _read_odd(raw: str, *, cut: bool = True) -> Chunk:
    """The slow way, for chunks with anything in them besides ASCII letters and closing punctuation.

    `cut`: joined hashtags are to be cut into words.
    """
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(raw):
        if len(folded) >= LONGEST_CHUNK:
            break  # a single character may stand for eighteen
        for part in plain(character):
            folded.append(part)
            places.append(place)
    words, alternatives = _words_of(raw, folded, places, cut=cut)
    if not words:
        punctuation = "".join(folded)
        ends = _ends_sentence(punctuation)
        return Chunk((), before=punctuation, ends_sentence=ends, asks="?" in punctuation)
    first, last = words[0][0], words[-1][1]
    before = "".join(part for part, place in zip(folded, places, strict=True) if place < first)
    after = "".join(part for part, place in zip(folded, places, strict=True) if place >= last)
    body = "".join(part for part, place in zip(folded, places, strict=True) if first <= place < last)
    tag = before[-1:] == "#"
    joined = _joined(body, words, tag=tag)
    chunk = _chunk(raw, words, alternatives, joined=joined, before=before, after=after, tag=tag)
    if cut and tag and len(words) == 2 and not has_humps(raw[first:last]):
        return replace(chunk, label=_read_odd(raw, cut=False))
    return chunk


def _chunk(
    raw: str,
    words: list[Word],
    alternatives: list[tuple[int, str]],
    *,
    joined: tuple[str, ...] = (),
    before: str = "",
    after: str | None = None,
    tag: bool = False,
) -> Chunk:
    """The Chunk for these words, with what it says about the end of a sentence."""
    last = words[-1][1]
    after = raw[last:] if after is None else after
    abbreviated = after == "." and raw[words[-1][0] : last].lower() in _ABBREVIATIONS
    letters = sum(raw[start] not in "aiAI" and is_one_letter(raw[start:end]) for start, end, _ in words)
    word = words[0][2] if len(words) == 1 and not (alternatives or joined or letters) else ""
    return Chunk(
        tuple(words),
        tuple(alternatives),
        joined,
        before,
        after,
        ends_sentence=_ends_sentence(after) and not abbreviated,
        asks="?" in after,
        form="" if before or after else word,
        word=word,
        letters=letters,
        tag=tag,
    )


def _ends_sentence(punctuation: str) -> bool:
    return any(mark in punctuation for mark in ".!?…;") or "。" in punctuation


def _words_of(raw: str, folded: list[str], places: list[int], *, cut: bool) -> tuple[list[Word], list[tuple[int, str]]]:
    """The words of a chunk, and other forms of each by its index."""
    words: list[Word] = []
    others: list[tuple[int, str]] = []
    position, length = 0, len(folded)
    while position < length:
        character, end, read_to = folded[position], position + 1, words[-1][1] if words else 0
        if character.isalnum():
            while end < length and (folded[end].isalnum() or _inside_word(folded, end, length)):
                end += 1
            folded[position:end] = as_latin(folded[position:end])
            found, forms = _readings(raw, folded[position:end], places[position:end], cut=cut)
            # One character may be written out as several words: the place is that of the first, and so is its reading.
            # A letter that is nothing but an apostrophe is no word.
            new = [(max(start, read_to), end_at, form) for start, end_at, form in found if end_at > read_to and form]
            others += [(len(words), form) for form in forms if new]
            words += new
        elif places[position] < read_to:
            pass
        elif character in SYMBOLS:
            words.append((places[position], places[position] + 1, SYMBOLS[character]))
        elif is_emoji(character):
            if character in MEANINGS:
                others.append((len(words), MEANINGS[character]))
            words.append((places[position], end_of_emoji(raw, places[position]), character))
        position = end
    return words, others


def _readings(raw: str, parts: list[str], places: list[int], *, cut: bool) -> tuple[list[Word], list[str]]:
    """One run of letters and digits -> its word and other forms of it; a joined tag -> its words."""
    start, end = places[0], end_of_letter(raw, places[-1] + 1)
    if cut and start > 0 and raw[start - 1] in _HASHES:
        tagged = words_in_tag(raw[start:end])
        if tagged:
            return [(start + a, start + b, _canonical(raw[start + a : start + b].lower())) for a, b in tagged], []
    written = "".join(parts)
    form = _canonical(written)
    others: list[str] = []
    if SHORTEST_DISGUISED <= len(form) <= LONGEST_WORD:
        others += dict.fromkeys((*squeezed(form), *unleeted(written), tall_letters(raw[start:end])))
    if start > 1 and raw[start - 1] in _HASHES:
        others.append("#" + form)  # a tag glued to what stands before it
    return [(start, end, form)], [other for other in others if other and other != form]


def _inside_word(folded: list[str], place: int, length: int) -> bool:
    """An apostrophe, or one to three masking characters (`s**cide`), with letters on both sides belong to the word."""
    character = folded[place]
    if character == "#" and _begins_tag(folded, place):
        return False
    if character == "'" or character == "`":
        folded[place] = "'"
        return place + 1 < length and folded[place + 1].isalpha()
    if character in MASKS and (folded[place - 1].isalpha() or folded[place - 1] in MASKS):
        end = place
        while end < length and folded[end] in MASKS and end - place < 3:
            end += 1
        return end < length and folded[end].isalpha()
    return False


def _begins_tag(folded: list[str], place: int) -> bool:
    """A hash is a mask inside a word (`b#d`), but begins a tag behind another tag or a whole word: `#one#two`."""
    around = "".join(folded[max(0, place - 4) : place]), "".join(folded[place + 1 : place + 5])
    return folded[0] == "#" or all(len(part) == 4 and part.isalpha() for part in around)


def _joined(body: str, words: list[Word], *, tag: bool) -> tuple[str, ...]:
    """Other readings of the whole chunk as one word: tags with their hash, `pro-ana` as `proana`, leet inside.

    `body`: the plain characters from the first word to the last.
    """
    if len(body) > LONGEST_WORD:
        return ()
    forms: list[str] = []
    letters = [form for _, _, form in words if form[0].isalnum()]
    whole = "".join(letters)
    if len(words) > 1 and letters and words[0][2] != LINK and all(_may_join(form) for _, _, form in words):
        plainly = whole if len(letters) > 1 else ""
        for form in (plainly, *unleeted(body), *squeezed(whole)):
            if form and form not in forms:
                forms.append(form)
    if tag:
        forms += dict.fromkeys("#" + form for form in (whole, *squeezed(whole), *unleeted(body)))
    return tuple(forms)


def _may_join(form: str) -> bool:
    """Letters, and what may stand for one or between two: leet signs and emoji."""
    return form[0].isalnum() or form in LEET or is_emoji(form[0])
