"""Checks of single values, lists and entries. `schema.py` puts them together into the content format.

A check is a function of (value, field) that yields (field, sentence) for every mistake it sees; so all mistakes of an
entry are reported at once. Sentences are for the person who edits the content.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

Mistakes = Iterator[tuple[str, str]]
Check = Callable[[Any, str], Mistakes]

# What Unicode calls control characters and surrogates, except tabs and line breaks.
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


# --- single values ---------------------------------------------------------------------------------------------------


def text(most: int = 5000, *, empty: bool = False, one_line: bool = False) -> Check:
    """Text of at most so many characters. `one_line`: no line breaks and no spaces around it."""

    def check(value: Any, field: str) -> Mistakes:
        if not isinstance(value, str):
            yield field, f"This must be text, but it is {_kind(value)}. If it is meant as text, put it in quotes."
        elif not value.strip() and not empty:
            yield field, "This must not be empty."
        elif len(value) > most:
            yield field, f"This has {len(value):,} characters; at most {most:,} are allowed."
        elif strange := CONTROL_CHARACTER.search(value):
            yield field, f"This has a control character in it (U+{ord(strange[0]):04X}); take it out."
        elif one_line and (len(value.splitlines()) > 1 or value != value.strip()):
            yield field, "This must be one line, without spaces around it."

    return check


def shaped(pattern: re.Pattern[str], meaning: str, most: int = 100, *, empty: bool = False) -> Check:
    """Text that has a given shape."""

    def check(value: Any, field: str) -> Mistakes:
        mistakes = list(text(most, empty=empty)(value, field))
        yield from mistakes
        if not mistakes and value and not pattern.match(value):
            yield field, f"“{value}” cannot be used here: {meaning}."

    return check


def whole_number(least: int) -> Check:
    """A whole number, `least` or more."""

    def check(value: Any, field: str) -> Mistakes:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            yield field, f"This must be a whole number, {least} or more, but it is {_kind(value)}."

    return check


def true_or_false(value: Any, field: str) -> Mistakes:
    """true or false, and nothing that only looks like it."""
    if not isinstance(value, bool):
        yield field, f"This must be true or false without quotes, but it is {_kind(value)}."


def one_of(allowed: Iterable[str], *, empty: bool = False) -> Check:
    """One of a few words; also the empty text when `empty`."""
    allowed = [*allowed, ""] if empty else list(allowed)

    def check(value: Any, field: str) -> Mistakes:
        if not isinstance(value, str) or value not in allowed:
            yield field, f"{_shown(value)} is not one of: {', '.join(word or '(empty)' for word in allowed)}."

    return check


def known(keys: Iterable[str], what: str) -> Check:
    """A reference: the key of something that exists elsewhere in the content."""
    keys = frozenset(keys)

    def check(value: Any, field: str) -> Mistakes:
        if not isinstance(value, str):
            yield field, f"This must be the key of a {what}, but it is {_kind(value)}."
        elif value not in keys:
            yield field, f"There is no {what} called “{value}”."

    return check


def effect(effects: Iterable[str], *, empty: bool = False) -> Check:
    """An effect, or two joined with a plus sign (stop+help)."""
    allowed = frozenset(effects)

    def check(value: Any, field: str) -> Mistakes:
        if empty and value == "":
            return
        if not isinstance(value, str) or not allowed.issuperset(value.split("+")):
            yield field, f"{_shown(value)} is not an effect; the effects are: {', '.join(sorted(allowed))}."

    return check


def address(most: int = 500, *, empty: bool = False) -> Check:
    """A web address with http or https."""

    def check(value: Any, field: str) -> Mistakes:
        mistakes = list(text(most, empty=empty, one_line=True)(value, field))
        yield from mistakes
        if not mistakes and value and (not value.startswith(("https://", "http://")) or " " in value):
            yield field, f"“{value}” is not a web address: it must begin with https:// and have no spaces."

    return check


def day_or_nothing(value: Any, field: str) -> Mistakes:
    """A date written 2026-01-31, or nothing."""
    if value is None:
        return
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        yield field, f"This must be a date such as 2026-01-31, or nothing, but it is {_kind(value)}."


# --- lists and records -----------------------------------------------------------------------------------------------


def list_of(each: Check, *, least: int = 0, unique: bool = True) -> Check:
    """A list. Entries with a key are named by it, others by their place; with `unique`, no key or text twice."""

    def check(value: Any, field: str) -> Mistakes:
        if not isinstance(value, list):
            yield field, f"This must be a list, but it is {_kind(value)}."
            return
        if len(value) < least:
            yield field, f"This needs at least {least} {'entry' if least == 1 else 'entries'}; it has {len(value)}."
        seen: set[str] = set()
        for place, entry in enumerate(value, 1):
            name = entry.get("key") if isinstance(entry, dict) else entry
            inside = f"{field}.{entry['key'] if isinstance(entry, dict) and isinstance(name, str) else place}"
            if unique and isinstance(name, str) and name in seen:
                yield inside, f"“{name}” stands here twice."
            seen.add(name if isinstance(name, str) else "")
            yield from each(entry, inside)

    return check


def legend(value: Any, field: str) -> Mistakes:
    """Words and what they mean: {key: sentence}."""
    if not isinstance(value, dict) or not value:
        yield field, "This must say what each word means, one “word: meaning” on each line."
        return
    for name, meaning in value.items():
        yield from text()(name, field)
        yield from text()(meaning, f"{field}.{name}")


def record(fields: Mapping[str, Check], optional: Iterable[str] = ()) -> Check:
    """An entry with exactly these fields; the optional ones may be left out."""
    optional = frozenset(optional)

    def check(value: Any, field: str) -> Mistakes:
        if not isinstance(value, dict):
            yield field, f"This must be an entry with the fields {', '.join(fields)}, but it is {_kind(value)}."
            return
        prefix = f"{field}." if field else ""
        for name in value:
            if name not in fields:
                yield f"{prefix}{name}", f"There is no field “{name}” here; the fields are: {', '.join(fields)}."
        for name, look in fields.items():
            if name in value:
                yield from look(value[name], f"{prefix}{name}")
            elif name not in optional:
                yield f"{prefix}{name}", "This field is missing."

    return check


def all_of(*checks: Check) -> Check:
    """Several checks of the same value, one after the other."""

    def check(value: Any, field: str) -> Mistakes:
        for look in checks:
            yield from look(value, field)

    return check


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return f"{str(value).lower()} (yes and no without quotes are read so)"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"“{value[:60]}”"
    return {list: "a list", dict: "an entry with fields"}.get(type(value), f"the number {value}")


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else f"Here stands {_kind(value)}, which"
