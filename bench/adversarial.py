"""Texts and patterns that are made to be slow. Deterministic; the words are the content's own, or invented."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from typing import Any

from bench.catalogues import Written, own_patterns

_ACCENTS = "\u0301\u0316\u0323\u0336\u0338\u0345\u0357\u0361"
_LEET = str.maketrans("aeiost", "@31057")
_FILLERS = "the a really just literally so very actually like honestly simply my your this that even still also"
_DENIALS = "not never no dont doesnt isnt cant wont nothing nobody neither nor without false myth wrong untrue"
_CUES = "but if when maybe says said think i my me you should myth fact not stop anyone why does used to never"
_COMMON = """people life time know think feel make need want help good work mind day things never always about more with
 from they that have this what when your just like dont because really even""".split()
_RARE, _RARER = "zorvex", "quillam"  # invented: the index can tell nothing apart by them


def texts(content: Mapping[str, Any], length: int) -> dict[str, str]:
    """One text of each kind, with exactly so many characters."""
    vocabulary = _words_of(content)
    sentence = [text for row in content["claims"] for text in row["examples"]]
    kinds: dict[str, Callable[[], Iterator[str]]] = {
        "one word repeated": lambda: cycle([_commonest_in_patterns(content)]),
        "words of the classes, one endless sentence": lambda: _shuffled(vocabulary, 1),
        "words of the classes, a sentence per line": lambda: _lined(_shuffled(vocabulary, 2)),
        "one claim again and again": lambda: cycle([sentence[0] + "."]),
        "all claims, one endless sentence": lambda: cycle(re.sub(r"[.!?…;\n]", "", " ".join(sentence)).split()),
        "single letters": lambda: cycle("p r o a n a e d i t".split()),
        "zalgo": lambda: (_zalgo(word) for word in _shuffled(vocabulary, 3)),
        "leet": lambda: (word.translate(_LEET) for word in _shuffled(vocabulary, 4)),
        "masked letters": lambda: (word[:1] + "*" + word[2:] for word in _shuffled(vocabulary, 5)),
        "slips of spelling, never twice": lambda: _misspelt(vocabulary),
        "fillers only": lambda: cycle(_FILLERS.split()),
        "nothing but negations": lambda: cycle(_DENIALS.split()),
        "cues around claims": lambda: _cued(sentence),
        "hashtags": lambda: ("#" + word.title().replace("'", "") for word in _shuffled(vocabulary, 6)),
        "hashtags of many words": lambda: _joined_tags(vocabulary),
        "nothing but punctuation": lambda: cycle(["?!", "...", "—", "(", '"', ":", ")", ";"]),
        "emoji": lambda: cycle(["🙄", "😭💀", "✨🧠✨", "🚩🚩🚩"]),
    }
    made = {kind: _fill(words(), length) for kind, words in kinds.items()}
    made["one unbroken chunk"] = ("".join(vocabulary) * (length // 1_000 + 1))[:length]
    return made


def patterns(kind: str, how_many: int) -> list[str]:
    """So many different patterns of one hostile kind (`PATTERN_KINDS`)."""
    make = PATTERN_KINDS[kind]
    chosen = random.Random(14)
    made: dict[str, None] = {}
    while len(made) < how_many:
        made.setdefault(make(chosen.sample(_COMMON, 14)))
    return list(made)


# Everything but the invented words is everyday, so that the index can go by the invented ones alone.
PATTERN_KINDS: dict[str, Callable[[list[str]], str]] = {
    "share their two rarest words": lambda w: f"{_RARE} ... {_RARER} ... {w[0]} ... {w[1]}",
    "long gaps": lambda w: f"{_RARE} ...12 {w[0]} ...12 {w[1]} ...12 {w[2]} ...12 {w[3]}",
    "14 slots": lambda w: " ...12 ".join([_RARE, *w[:13]]),
    "six parts joined by &": lambda w: " & ".join([_RARE, *(f"{w[i]} ... {w[i + 1]}" for i in range(0, 10, 2))]),
    "everything optional but one": lambda w: f"{_RARE} ... " + " ... ".join(f"[{word}]" for word in w[:13]),
}


def text_for_patterns(length: int) -> str:
    """One endless sentence of the words that the hostile patterns look for."""
    return _fill(_shuffled([_RARE, _RARER, *_COMMON], 7), length)


def with_hostile_patterns(kind: str, how_many: int, content: Mapping[str, Any]) -> list[Written]:
    """The patterns of one kind, handed out over the claims and signals that have patterns."""
    owners = cycle(dict.fromkeys((kind_, key) for kind_, key, _ in own_patterns(content)))
    return [Written(*owner, pattern) for owner, pattern in zip(owners, patterns(kind, how_many), strict=False)]


def _words_of(content: Mapping[str, Any]) -> list[str]:
    """The plain words and rows of the word classes."""
    entries = (entry for row in content["word_classes"] for entry in row["words"])
    return sorted({entry.rstrip("+*") for entry in entries if re.fullmatch(r"[a-z' ]+[+*]?", entry)})


def _commonest_in_patterns(content: Mapping[str, Any]) -> str:
    """The word, outside classes, that the most patterns name."""
    counts: dict[str, int] = {}
    for written in own_patterns(content):
        for word in set(re.findall(r"\b[a-z]{3,}\b", written.pattern)):
            counts[word] = counts.get(word, 0) + 1
    return min(counts, key=lambda word: (-counts[word], word))


def _fill(words: Iterator[str], length: int) -> str:
    pieces: list[str] = []
    size = 0
    while size <= length:
        pieces.append(next(words))
        size += len(pieces[-1]) + 1
    return " ".join(pieces)[:length]


def _shuffled(words: list[str], seed: int) -> Iterator[str]:
    """The words in an order of chance that is always the same, and over again."""
    chance = random.Random(seed)
    while True:
        yield from chance.sample(words, len(words))


def _lined(words: Iterator[str]) -> Iterator[str]:
    while True:
        yield " ".join(next(words) for _ in range(9)) + "\n"


def _zalgo(word: str) -> str:
    return "".join(letter + _ACCENTS for letter in word)


def _misspelt(words: list[str]) -> Iterator[str]:
    """A letter of a word changed, another one each time, so that no slip was ever seen."""
    long = [word for word in words if len(word) > 7 and word.isalpha()]
    for turn, word in enumerate(_shuffled(long, 8)):
        place = 2 + turn % (len(word) - 3)
        yield word[:place] + "abcdefghijklmnopqrstuvwxyz"[(turn * 7) % 26] + word[place + 1 :]


def _cued(sentences: list[str]) -> Iterator[str]:
    for sentence in cycle(sentences):
        yield f"{_CUES} {re.sub(r'[.!?…;]', '', sentence)} {_CUES}"


def _joined_tags(words: list[str]) -> Iterator[str]:
    single = [word for word in words if word.isalpha()]
    words_in_turn = _shuffled(single, 9)
    while True:
        yield "#" + "".join(next(words_in_turn).title() for _ in range(3))
