"""The marks of Markdown at the beginning of a line, and links in brackets. Marks inside words are just punctuation."""

import re

MARKS = tuple(">&#-*•‣◦–0123456789")  # what a line with marks may begin with
_QUOTE = re.compile(r"(?:>|&gt;)+(?=[\s\w\"'“‘*_~\[(#-]|\Z)")
_BLOCK = re.compile(r"(?:#{1,6}|[-*•‣◦–]|\d{1,2}[.)])\Z")
_LINK = re.compile(r"\]\((?=[^\s)])")


def marks_of(raws: list[str]) -> tuple[int, int, bool]:
    """What a line of chunks begins with that is no word: quotation marks, one list mark or heading mark.

    Input: the chunks of a line, at least one. Gives how many chunks are marks, how many characters of the next chunk
    are, and whether the line is quoted.
    """
    at, glued, quoted, length = 0, 0, False, len(raws)
    while at < length and (found := _QUOTE.match(raws[at])):
        following = raws[at][found.end() :] or "".join(raws[at + 1 : at + 2])
        if following[:1].isdigit() and not quoted:
            break  # "> 50 %" is a sign
        quoted = True
        if found.end() < len(raws[at]):
            glued = found.end()
            break
        at += 1
    if not glued and at < length - 1 and _BLOCK.match(raws[at]):
        at += 1
    return at, glued, quoted


def link_in_brackets(raw: str) -> tuple[int, int] | None:
    """Where the address stands in a chunk that holds the end of `[text](address)`."""
    found = _LINK.search(raw)
    if found is None:
        return None
    close = raw.find(")", found.end())
    return found.end(), close if close >= 0 else len(raw)
