"""One run of non-space characters -> normal words: folding, look-alikes, leet, masks, joined tags. Remembered."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assessments.engine.tables import (
    COLLIDING_CONTRACTIONS,
    CONFUSABLES,
    INVISIBLE,
    LEET,
    MASKS,
    SEPARATORS,
    SHORT_FORMS,
    SYMBOLS,
)

LINK = "<link>"
MENTION = "<mention>"
LONGEST_WORD = 40  # letters; longer runs are noise, and every later step may then be linear in the word
LONGEST_CHUNK = 200  # characters; what stands behind is not read
MOST_REMEMBERED = 60_000  # chunks

_PLAIN = re.compile(r"[A-Za-z]+\Z")
_LINK = re.compile(
    r"(?:https?://|www\.)\S|[a-z0-9-]+\.(?:com|org|net|co|uk|io|me|info|gov|edu|tv|ie|au|ca)(?:[/?#]|\Z)", re.I
)
_MENTION = re.compile(r"@\w[\w.]{1,40}\Z")
_CAMEL = re.compile(r"[A-Z]?[a-z']+|[A-Z]+(?![a-z])|\d+")
_REPEATED = re.compile(r"(.)\1{2,}")
_ABBREVIATIONS = frozenset(["dr", "mr", "mrs", "ms", "st", "vs", "eg", "ie", "etc", "approx", "no", "prof"])


@dataclass(frozen=True, slots=True)
class Chunk:
    """One run of non-space characters, read. Offsets are relative to its start."""

    words: tuple[tuple[int, int, str], ...]  # start, end, normal form
    alternatives: tuple[tuple[int, str], ...] = ()  # index of the word, another form
    joined: tuple[str, ...] = ()  # other forms of the whole chunk read as one word
    before: str = ""  # punctuation before the first word
    after: str = ""  # punctuation after the last word
    ends_sentence: bool = False
    asks: bool = False
    form: str = ""  # the one word, when there is nothing else to say about the chunk


def normal_form(word: str) -> str:
    """The one spelling under which a word is looked up: folded, short forms written out (`ur`, `u're` -> `your`).

    The same function reads patterns and posts, so that an editor may write either spelling.
    """
    folded = "".join(fold(character) for character in word)
    return _canonical(folded)


def _ends_sentence(punctuation: str) -> bool:
    return any(mark in punctuation for mark in ".!?…;") or "。" in punctuation


def fold(character: str) -> str:
    """One character -> zero or more lower-case letters, with look-alikes and accents taken off."""
    if character.isascii():
        return character.lower()
    if character in INVISIBLE:
        return ""
    known = CONFUSABLES.get(character)
    if known is not None:
        return known
    plain = unicodedata.normalize("NFKD", character)
    return "".join(
        CONFUSABLES.get(part, part).casefold()
        for part in plain
        if not unicodedata.combining(part) and part not in INVISIBLE
    )


@lru_cache(maxsize=1 << 15)
def _canonical(folded: str) -> str:
    if "'" in folded:
        bare = folded.replace("'", "")
        if bare not in COLLIDING_CONTRACTIONS:
            folded = bare
    return SHORT_FORMS.get(folded, folded)


REMEMBERED: dict[str, Chunk] = {}


def read_chunk(raw: str) -> Chunk:
    """Read one run of non-space characters. Remembered, since posts are made of the same few thousand words."""
    known = REMEMBERED.get(raw)
    if known is None:
        if len(REMEMBERED) >= MOST_REMEMBERED:
            REMEMBERED.clear()
        known = REMEMBERED[raw] = _read(raw[:LONGEST_CHUNK])
    return known


def _read(raw: str) -> Chunk:
    core = raw.rstrip(".,!?;:")
    if _PLAIN.match(core):
        lowered = core.lower()
        return _chunk(raw, [(0, len(core), _canonical(lowered))], [(0, form) for form in _squeezed(lowered)])
    if _LINK.match(raw.lstrip("([<\"'")):
        skipped = len(raw) - len(raw.lstrip("([<\"'"))
        return Chunk(((skipped, len(raw), LINK),), before=raw[:skipped])
    if _MENTION.match(core):
        return _chunk(raw, [(0, len(core), MENTION)], [])
    return _read_odd(raw)


def _read_odd(raw: str) -> Chunk:
    """The slow way, for chunks with anything in them besides ASCII letters and closing punctuation."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(raw):
        for part in fold(character):
            folded.append(part)
            places.append(place)
    words = _words_of(raw, folded, places)
    if not words:
        punctuation = "".join(folded)
        ends = _ends_sentence(punctuation)
        return Chunk((), before=punctuation, ends_sentence=ends, asks="?" in punctuation)
    alternatives: list[tuple[int, str]] = []
    for index, (start, end, form) in enumerate(words):
        if len(form) <= LONGEST_WORD:
            others = _squeezed(form) + unleeted(raw[start:end])
            alternatives += [(index, other) for other in others if other != form]
    before = "".join(part for part, place in zip(folded, places, strict=True) if place < words[0][0])
    after = "".join(part for part, place in zip(folded, places, strict=True) if place >= words[-1][1])
    return _chunk(raw, words, alternatives, joined=_joined(raw, words), before=before, after=after)


def _chunk(
    raw: str,
    words: list[tuple[int, int, str]],
    alternatives: list[tuple[int, str]],
    *,
    joined: tuple[str, ...] = (),
    before: str = "",
    after: str | None = None,
) -> Chunk:
    """The Chunk for these words, with what it says about the end of a sentence."""
    last = words[-1][1]
    after = raw[last:] if after is None else after
    abbreviated = after == "." and raw[words[-1][0] : last].lower() in _ABBREVIATIONS
    plain = len(words) == 1 and not (alternatives or joined or before or after)
    return Chunk(
        tuple(words),
        tuple(alternatives),
        joined,
        before,
        after,
        ends_sentence=_ends_sentence(after) and not abbreviated,
        asks="?" in after,
        form=words[0][2] if plain else "",
    )


def _words_of(raw: str, folded: list[str], places: list[int]) -> list[tuple[int, int, str]]:
    words: list[tuple[int, int, str]] = []
    position, length = 0, len(folded)
    while position < length:
        character = folded[position]
        if character.isalnum():
            end = position + 1
            while end < length and (folded[end].isalnum() or _inside_word(folded, end, length)):
                end += 1
            start_at, end_at = places[position], places[end - 1] + 1
            camel = _camel_words(raw, start_at, end_at)
            words += camel or [(start_at, end_at, _canonical("".join(folded[position:end])))]
            position = end
            continue
        if character in SYMBOLS or _is_emoji(character):
            words.append((places[position], places[position] + 1, SYMBOLS.get(character, character)))
        position += 1
    return words


def _inside_word(folded: list[str], place: int, length: int) -> bool:
    """An apostrophe, or one to three masking characters (`s**cide`), with letters on both sides belong to the word."""
    character = folded[place]
    if character in "'’‘ʼ`´":
        folded[place] = "'"
        return place + 1 < length and folded[place + 1].isalpha()
    if character in MASKS and (folded[place - 1].isalpha() or folded[place - 1] in MASKS):
        end = place
        while end < length and folded[end] in MASKS and end - place < 3:
            end += 1
        return end < length and folded[end].isalpha()
    return False


def _camel_words(raw: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """`#ExerciseCuresDepression` -> three words. Only in hashtags: elsewhere mixed case is a name or mockery."""
    word = raw[start:end]
    tag = start > 0 and raw[start - 1] in "#＃"
    if not (tag and word.isascii() and any(c.isupper() for c in word[1:]) and any(c.islower() for c in word)):
        return []
    parts = [(start + m.start(), start + m.end(), _canonical(m.group().lower())) for m in _CAMEL.finditer(word)]
    return parts if len(parts) > 1 else []


def _joined(raw: str, words: list[tuple[int, int, str]]) -> tuple[str, ...]:
    """Other readings of the whole chunk as one word: tags with their hash, `pro-ana` as `proana`, leet inside."""
    body = raw[words[0][0] : words[-1][1]]
    if len(body) > LONGEST_WORD:
        return ()
    forms: list[str] = []
    tag = words[0][0] > 0 and raw[words[0][0] - 1] in "#＃"
    if len(words) > 1 and all(word[2][0].isalnum() for word in words):
        forms.append("".join(word[2] for word in words))
        forms += [form for form in unleeted(body) if form not in forms]
        forms += [form for whole in tuple(forms) for form in _squeezed(whole) if form not in forms]
    whole = "".join(word[2] for word in words)
    if tag:
        forms += ["#" + form for form in (whole, *_squeezed(whole), *unleeted(body)) if "#" + form not in forms]
    return tuple(forms)


def unleeted(written: str) -> tuple[str, ...]:
    """`pr0-ana` -> `proana`; `s*icide` keeps `?` for each masked letter, which matching may fill in."""
    if not any(character in LEET or character in MASKS or character in SEPARATORS for character in written):
        return ()
    letters = digits = 0
    out: list[str] = []
    for character in written:
        folded = fold(character)
        letters += folded.isalpha()
        digits += folded.isdigit()
        if folded in LEET:
            out.append(LEET[folded])
        elif folded in MASKS:
            out.append("?")
        elif folded.isalnum():
            out.append(folded)
    form = "".join(out)
    masked = form.count("?")
    worth_it = letters >= 2 and letters >= digits and len(form) - masked >= 3 and masked <= 3
    return (form, *_squeezed(form)) if worth_it else ()


def _squeezed(form: str) -> tuple[str, ...]:
    """`soooo` -> `soo`, `so`: three or more of a letter may stand for two or for one."""
    if not _REPEATED.search(form):
        return ()
    return (_REPEATED.sub(r"\1", form), _REPEATED.sub(r"\1\1", form))


def _is_emoji(character: str) -> bool:
    return ord(character) >= 0x2190 and unicodedata.category(character) in ("So", "Sk", "Sm")
