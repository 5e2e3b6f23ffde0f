"""What a provider's answer becomes, and how to look into an answer that may have any shape."""

import re
from dataclasses import dataclass

from posts.links.not_readable import NotReadable, Reason

LONGEST_NAME = 300
SURROGATE_OR_NUL = re.compile("[\x00\ud800-\udfff]")
KINDS = {str: "", list: [], dict: {}}


@dataclass(frozen=True, slots=True)
class Words:
    """The `text` of a post; `author_line` is what its author says about themselves, or empty."""

    text: str
    author_line: str = ""


def inside(answer, *path, kind=str):
    """What stands at the end of a path of names in an answer. Raises NotReadable(GARBLED) when it is not of `kind`."""
    for name in path:
        answer = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(answer, kind):
        raise NotReadable(Reason.GARBLED)
    return answer


def perhaps(answer, *path, kind=str):
    """The same for what may be missing: then it is an empty text, list or dictionary."""
    try:
        return inside(answer, *path, kind=kind)
    except NotReadable:
        return KINDS[kind]


def some(text):
    """The text without blank edges. Raises NotReadable: EMPTY without words, GARBLED when it cannot be kept as text."""
    if SURROGATE_OR_NUL.search(text):
        raise NotReadable(Reason.GARBLED)
    if not text.strip():
        raise NotReadable(Reason.EMPTY)
    return text.strip()


def one_line(*parts):
    """Parts of what an author says about themselves in one line; the first alone, or nothing, when it is too long."""
    parts = [" ".join(part.split()) for part in parts if not SURROGATE_OR_NUL.search(part)]
    for line in (". ".join(filter(None, parts)), *parts[:1]):
        if len(line) <= LONGEST_NAME:
            return line
    return ""
