"""A peer: the same patterns as regular expressions for Python's `re`, one by one in a loop or all in one alternation.

They are translated with the peer's good in mind, and do less: fillers count as words, and masked letters, slips, joined
tags and what the post means by it are not looked at. Optional slots at the edge of a part are left out.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

Pattern = Any  # what `engine.parse` gives; only its parts, slots and entries are read here

_BETWEEN = r"[^\w.!?;…\n]+"  # what may stand between two words of a sentence
_IN_SENTENCE = r"[^.!?;…\n]*?"
_ANYWHERE = r"[\s\S]*?"
_SENTENCE_BEGINS = r"(?<![^.!?;…\n])"
_BUILT_IN = {"<number>": r"\d\w*", "<link>": r"https?://\S+", "<mention>": r"@\w+"}


def plain(text: str) -> str:
    """A post as all peers see it: lower case, without apostrophes."""
    return text.lower().replace("'", "").replace("’", "")


def expression(pattern: Pattern) -> str:
    """One pattern as one regular expression."""
    if len(pattern.parts) == 1:
        return _part(pattern.parts[0])
    post = "".join(_looked_for(_ANYWHERE, part) for part in pattern.parts if part.everywhere)
    sentence = "".join(_looked_for(_IN_SENTENCE, part) for part in pattern.parts if not part.everywhere)
    return (rf"\A{post}{_ANYWHERE}" if post else "") + _SENTENCE_BEGINS + sentence


def loop(patterns: Iterable[Pattern]) -> list[re.Pattern[str]]:
    """The patterns compiled one by one."""
    return [re.compile(expression(pattern)) for pattern in patterns]


def alternation(patterns: Sequence[Pattern]) -> str:
    """All patterns in one expression. It reports one pattern at most for each place, so it does less than the loop."""
    return "|".join(f"({expression(pattern)})" for pattern in patterns)


def _looked_for(before: str, part: Any) -> str:
    return f"(?{'!' if part.absent else '='}{before}{_part(part)})"


def _part(part: Any) -> str:
    slots = list(part.slots)
    while slots[0].optional:
        slots.pop(0)
    while slots[-1].optional:
        slots.pop()
    out = [rf"(?<!\w){_slot(slots[0])}"]
    for slot in slots[1:]:
        gap = rf"(?:{_BETWEEN}\w+){{0,{slot.gap}}}?" if slot.gap else ""
        step = f"{gap}{_BETWEEN}{_slot(slot)}"
        out.append(f"(?:{step})?" if slot.optional else step)
    return "".join(out) + r"(?!\w)"


def _slot(slot: Any) -> str:
    rows = {_BETWEEN.join(_word(word.form, word.prefix) for word in entry) for entry in slot.entries}
    return f"(?:{'|'.join(sorted(rows, key=lambda row: (-len(row), row)))})"


def _word(form: str, prefix: bool) -> str:
    return _BUILT_IN.get(form) or re.escape(form) + (r"\w*" if prefix else "")
