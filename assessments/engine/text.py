"""Original text -> normal words with their places in the ORIGINAL text. No meaning here, only reading.

A `Reading` is one stream of words. Where a word can be read in more than one way (leet, masked or repeated letters),
the other readings stand beside it in `alternatives`; where several words can be read as one (`pro-ana`, `p r o a n a`,
`#JoinedTags`), the joined reading is an `arc` over them. Every span is in code points of the text as given.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assessments.engine.tables import (
    COLLIDING_CONTRACTIONS,
    CONFUSABLES,
    FILLERS,
    FUNCTION_WORDS,
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

_CHUNK = re.compile(r"\S+")
_PLAIN = re.compile(r"[A-Za-z]+\Z")
_LINK = re.compile(
    r"(?:https?://|www\.)\S|[a-z0-9-]+\.(?:com|org|net|co|uk|io|me|info|gov|edu|tv|ie|au|ca)(?:[/?#]|\Z)", re.I
)
_MENTION = re.compile(r"@\w[\w.]{1,40}\Z")
_CAMEL = re.compile(r"[A-Z]?[a-z']+|[A-Z]+(?![a-z])|\d+")
_REPEATED = re.compile(r"(.)\1{2,}")
_SCRIPTS = (
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "zh"),
    ("ARABIC", "ar"),
    ("HEBREW", "he"),
    ("GREEK", "el"),
    ("THAI", "th"),
    ("DEVANAGARI", "hi"),
    ("CYRILLIC", "ru"),
)
_ABBREVIATIONS = frozenset(["dr", "mr", "mrs", "ms", "st", "vs", "eg", "ie", "etc", "approx", "no", "prof"])


@dataclass(frozen=True, slots=True)
class Chunk:
    """One run of non-space characters, read. Offsets are relative to its start."""

    words: tuple[tuple[int, int, str], ...]  # start, end, normal form
    alternatives: tuple[tuple[int, str], ...]  # index of the word, another form
    joined: tuple[str, ...]  # other forms of the whole chunk read as one word
    before: str  # punctuation before the first word
    after: str  # punctuation after the last word


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the engine sees it. Lists are parallel: word i is `forms[i]` at `starts[i]:ends[i]`."""

    forms: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]  # number of the sentence that each word stands in
    counted: list[int]  # how many words before word i are not fillers; gaps are measured on this
    alternatives: dict[int, list[str]]
    arcs: dict[int, list[tuple[int, str]]]  # first word -> [(last word, joined form)]
    before: dict[int, str]  # punctuation that opens at a word
    after: dict[int, str]  # punctuation that closes at a word
    questions: frozenset[int]  # sentences that end with a question mark

    @property
    def word_count(self) -> int:
        """Meaningful words: anything with a letter or digit that is not a link or a mention."""
        return sum(1 for form in self.forms if form[0].isalnum())


def normal_form(word: str) -> str:
    """The one spelling under which a word is looked up: folded, short forms written out (`ur`, `u're` -> `your`).

    The same function reads patterns and posts, so that an editor may write either spelling.
    """
    folded = "".join(_fold(character) for character in word)
    return _canonical(folded)


def read(text: str) -> Reading:
    """Read a whole text. Total: any `str` gives a Reading; time is linear in its length."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    counted: list[int] = []
    alternatives: dict[int, list[str]] = {}
    arcs: dict[int, list[tuple[int, str]]] = {}
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    questions: list[int] = []
    sentence = words_so_far = last_end = single = 0
    for found in _CHUNK.finditer(text):
        raw, offset = found.group(), found.start()
        if forms and sentences[-1] == sentence and _has_line_break(text, last_end, offset):
            sentence += 1
        last_end = found.end()
        chunk = _read_chunk(raw if len(raw) <= 200 else raw[:200])
        first = len(forms)
        for start, end, form in chunk.words:
            forms.append(form)
            starts.append(offset + start)
            ends.append(offset + end)
            sentences.append(sentence)
            counted.append(words_so_far)
            words_so_far += form not in FILLERS
            single += end - start == 1
        last = len(forms) - 1
        if last < first:
            if "?" in chunk.before and forms:
                questions.append(sentences[-1])
            if chunk.before and forms:
                after[first - 1] = after.get(first - 1, "") + chunk.before
            if _ends_sentence(chunk.before) and forms and sentences[-1] == sentence:
                sentence += 1
            continue
        for index, form in chunk.alternatives:
            alternatives.setdefault(first + index, []).append(form)
        for form in chunk.joined:
            arcs.setdefault(first, []).append((last, form))
        if chunk.before:
            before[first] = chunk.before
        if chunk.after:
            after[last] = chunk.after
            if _ends_sentence(chunk.after) and not (
                chunk.after == "." and text[starts[last] : ends[last]].lower() in _ABBREVIATIONS
            ):
                if "?" in chunk.after:
                    questions.append(sentence)
                sentence += 1
    if single >= 3:
        _join_spaced_letters(text, starts, ends, arcs)
    return Reading(forms, starts, ends, sentences, counted, alternatives, arcs, before, after, frozenset(questions))


def language_of(reading: Reading, text: str) -> str:
    """A hint, not a gate: ISO 639-1 code by the most frequent function words, "und" when there is nothing to go by."""
    forms = reading.forms[:400]
    english = sum(1 for form in forms if form in FUNCTION_WORDS["en"])
    if english * 5 >= len(forms) and english >= 2:
        return "en"  # nothing else has so many English function words
    letters = [character for character in text[:2000] if character.isalpha()]
    if not letters:
        return "und"
    latin = sum(1 for character in letters if character < "\u0250" or "LATIN" in unicodedata.name(character, ""))
    if latin * 2 < len(letters):
        return _language_of_script(letters)
    scores = {code: sum(1 for form in forms if form in words) for code, words in FUNCTION_WORDS.items()}
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    enough = scores[best] >= 3 and scores[best] * 10 >= len(forms)
    return best if enough and scores[best] > 1.5 * english else "en"


def _language_of_script(letters: list[str]) -> str:
    names = " ".join(unicodedata.name(character, "") for character in letters[:200])
    return next((code for script, code in _SCRIPTS if script in names), "und")


def _has_line_break(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return between != " " and ("\n" in between or "\r" in between)


def _ends_sentence(punctuation: str) -> bool:
    return any(mark in punctuation for mark in ".!?…;") or "。" in punctuation


def _fold(character: str) -> str:
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


@lru_cache(maxsize=1 << 16)
def _read_chunk(raw: str) -> Chunk:
    core = raw.rstrip(".,!?;:")
    if core and _PLAIN.match(core):
        lowered = core.lower()
        form = _canonical(lowered)
        other = _squeezed(lowered)
        return Chunk(((0, len(core), form),), tuple((0, word) for word in other), (), "", raw[len(core) :])
    if _LINK.match(raw.lstrip("([<\"'")):
        skipped = len(raw) - len(raw.lstrip("([<\"'"))
        return Chunk(((skipped, len(raw), LINK),), (), (), raw[:skipped], "")
    if _MENTION.match(core):
        return Chunk(((0, len(core), MENTION),), (), (), "", raw[len(core) :])
    return _read_odd_chunk(raw)


def _read_odd_chunk(raw: str) -> Chunk:
    """The slow way, for chunks with anything in them besides ASCII letters and closing punctuation."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(raw):
        for part in _fold(character):
            folded.append(part)
            places.append(place)
    words = _words_of(raw, folded, places)
    if not words:
        return Chunk((), (), (), "".join(folded), "")
    first, last = words[0][0], words[-1][1]
    before = "".join(part for part, place in zip(folded, places, strict=True) if place < first)
    after = "".join(part for part, place in zip(folded, places, strict=True) if place >= last)
    alternatives: list[tuple[int, str]] = []
    for index, (start, end, form) in enumerate(words):
        if len(form) <= LONGEST_WORD:
            others = _squeezed(form) + _unleeted(raw[start:end])
            alternatives += [(index, other) for other in others if other != form]
    return Chunk(tuple(words), tuple(alternatives), _joined(raw, words), before, after)


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
        forms += [form for form in _unleeted(body) if form not in forms]
        forms += [form for whole in tuple(forms) for form in _squeezed(whole) if form not in forms]
    whole = "".join(word[2] for word in words)
    if tag:
        forms += ["#" + form for form in (whole, *_squeezed(whole), *_unleeted(body)) if "#" + form not in forms]
    return tuple(forms)


def _unleeted(written: str) -> tuple[str, ...]:
    """`pr0-ana` -> `proana`; `s*icide` keeps `?` for each masked letter, which matching may fill in."""
    if not any(character in LEET or character in MASKS or character in SEPARATORS for character in written):
        return ()
    letters = digits = 0
    out: list[str] = []
    for character in written:
        folded = _fold(character)
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


def _join_spaced_letters(text: str, starts: list[int], ends: list[int], arcs: dict[int, list[tuple[int, str]]]) -> None:
    """`p r o a n a` -> an arc over the six letters. At least four, or `i am a b c` would read as words."""
    start, length = 0, len(starts)
    while start < length:
        end = start
        while (
            end < length and ends[end] - starts[end] == 1 and text[starts[end]].isalnum() and end - start < LONGEST_WORD
        ):
            end += 1
        if end - start >= 4:
            written = "".join(text[starts[place]] for place in range(start, end))
            joined = "".join(_fold(character) for character in written)
            arcs.setdefault(start, []).extend((end - 1, form) for form in dict.fromkeys((joined, *_unleeted(written))))
        start = max(end, start + 1)
