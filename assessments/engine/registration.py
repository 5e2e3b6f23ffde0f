"""Registration and licence numbers: "LMFT 12345", "HCPC PYL12345", "NMC PIN 12A3456E". Found, never looked up."""

import re
from collections.abc import Iterator

_CODE = r"(?:[A-Z]{1,5}[ -]?)?(?=(?:[A-Z]?\d){4})(?:\d[A-Z]?){4,10}(?![\w%]|[.,-]\d)"
_NUMBER_WORDS = r"(?:(?:registered|registration|reg|member|membership|pin|licen[cs]e|lic|number|num|no|id)\b[ .:]{0,2})"
_SAID = re.compile(rf"[ ,:|()\u2013-]{{0,4}}(?i:{_NUMBER_WORDS}{{1,4}}#?|#) ?({_CODE})")
_BARE = re.compile(rf"[ :.()-]{{1,3}}({_CODE})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_BARE = 8  # digits: a telephone number has more
_COUNTED = re.compile(r"\)? ?(?:followers|clients|people|patients|hours|hrs|years|days|steps|subs|members)\b", re.I)
_LETTER_AND_DIGIT = re.compile(r"[A-Z]-?\d")
_JOINED = re.compile(r"(?<![\w@/.#-])([A-Z]{2,6})-?(\d{4,10})(?!\w|[.,-]\d)")


def number_after(text: str, end: int, *, plain: bool) -> int | None:
    """Where the number ends that stands right after a title ending at `end`; None when there is none.

    `plain`: whether a number alone is enough, as after letters. After other words it needs "no.", "#" or the like:
    "psychologist 5000" says nothing. A year, a count and a telephone number are no numbers of a register.
    """
    said = _SAID.match(text, end)
    if said:
        return said.end()
    bare = _BARE.match(text, end) if plain else None
    if bare is None or _YEAR.fullmatch(bare[1]) or _COUNTED.match(text, bare.end()):
        return None
    digits_only = bare[1].isdigit()
    return None if digits_only and len(bare[1]) > _LONGEST_BARE else bare.end()


def joined_numbers(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Letters with a number joined to them, "LMFT12345": the letters, the digits, and where both stand."""
    if _LETTER_AND_DIGIT.search(text) is None:  # nearly every post: seen much quicker
        return
    for found in _JOINED.finditer(text):
        yield found[1], found[2], found.start(), found.end()
