"""Which rows to keep: a small language over one line of the contract. docs/bulk.md explains it to its users.

    level=do-not-rely,check-first and not flag:personal_story
    crisis or (claim:exercise-cures-depression and words>=20)

Nothing is ever evaluated as Python. A condition is True, False, or None: a row that could not be read has neither level
nor findings, so nobody can say. Such rows are kept, unless the condition speaks of `error`.
"""

import difflib
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessments.engine.types import FLAGS, Author, Effect

MOST_TERMS, DEEPEST = 200, 30
_TOKEN = re.compile(r"\s*(?P<part>[()]|[^\s()]+)")
_TERM = re.compile(r"(?P<name>[a-z_]+)(?::(?P<key>[^=<>]+))?(?:(?P<sign><=|>=|=|<|>)(?P<value>.+))?")
_COMPARE = {"=": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
_PLAIN = ("crisis", "error")
_VALUED = ("level", "author", "language", "effect")
_KEYED = ("flag", "claim", "signal", "item")


class WhereError(Exception):
    """A condition that cannot be read. str() says what is wrong, and shows the place."""

    def __init__(self, sentence, text, at):
        super().__init__(f"--where, character {at + 1}: {sentence}\n  {text}\n  {' ' * at}^")


Condition = Callable[[dict[str, Any]], bool | None]


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    at: int


def parse_where(text, snapshot):
    """A function of a record that says whether to keep it, from what the user wrote. Raises WhereError.

    `snapshot` is the checklist that the records come from: it says which keys there are.
    """
    condition = _Parser(text, _known(snapshot)).parse()
    return lambda record: condition(record) is not False


def _known(snapshot):
    """Which values each name may have, and which answers each item."""
    items = {item["key"]: item for section in snapshot["sections"] for item in section["items"]}
    return {
        "level": [level["key"] for level in snapshot["levels"]],
        "author": [author.value for author in Author],
        "effect": [effect.value for effect in Effect],
        "flag": list(FLAGS),
        "claim": [claim["key"] for claim in snapshot["claims"]],
        "signal": [signal["key"] for signal in snapshot["signals"]],
        "item": list(items),
        "answers": {key: [answer["key"] for answer in item["answers"]] for key, item in items.items()},
    }


class _Parser:
    """One pass over the parts of a condition, left to right."""

    def __init__(self, text, known):
        self.text, self.known, self.terms, self.depth = text, known, 0, 0
        self.parts = [_Part(match["part"], match.start("part")) for match in _TOKEN.finditer(text)]

    def parse(self):
        condition = self._either()
        if self.parts:
            raise self._wrong("“and” or “or” belongs here.")
        return condition

    def _either(self):
        options = [self._both()]
        while self._take("or"):
            options.append(self._both())
        return options[0] if len(options) == 1 else lambda record: _any(option(record) for option in options)

    def _both(self):
        needed = [self._negated()]
        while self._take("and"):
            needed.append(self._negated())
        return needed[0] if len(needed) == 1 else lambda record: _all(need(record) for need in needed)

    def _negated(self):
        negations = 0
        while self._take("not"):
            negations += 1
        inner = self._inner()
        return inner if negations % 2 == 0 else lambda record: _not(inner(record))

    def _inner(self):
        if not self.parts or self.parts[0].text in (")", "and", "or"):
            raise self._wrong("a condition is missing here.")
        if self._take("("):
            self.depth += 1
            if self.depth > DEEPEST:
                raise self._wrong("too many brackets inside each other.")
            inner = self._either()
            self.depth -= 1
            if not self._take(")"):
                raise self._wrong("a closing bracket is missing here.")
            return inner
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise self._wrong(f"more than {MOST_TERMS} conditions.")
        return self._term(self.parts.pop(0))

    def _term(self, part):
        match = _TERM.fullmatch(part.text)
        if match is None:
            raise WhereError("this is no condition.", self.text, part.at)
        name, key, sign, value = match.group("name", "key", "sign", "value")
        if name in _PLAIN and key is None and sign is None:
            return _crisis if name == "crisis" else _error
        if name == "words" and key is None and sign and value.isdecimal():
            return _words(_COMPARE[sign], int(value))
        if name in _VALUED and key is None and sign == "=":
            return _valued(name, self._values(name, value, part.at + match.start("value")))
        if name in _KEYED and key and (sign is None or (sign == "=" and name == "item")):
            self._check(name, key, self.known[name], part.at + match.start("key"))
            return self._keyed(name, key, value, part, match)
        raise WhereError(self._usage(name), self.text, part.at)

    def _keyed(self, name, key, value, part, match):
        if name == "flag":
            return lambda record: record["flags"].get(key, False) if "flags" in record else None
        if name != "item":
            return _found(name, key)
        answers = self.known["answers"][key]
        if value is None:
            raise WhereError(
                f"say which answer: item:{key}=ANSWER, of {', '.join(answers)}.", self.text, part.at + len(part.text)
            )
        at = part.at + match.start("value")
        return _answered(key, self._each(value, at, lambda one, place: self._check("answer", one, answers, place)))

    def _values(self, name, value, at):
        if name == "language":
            return frozenset(value.split(","))
        return self._each(value, at, lambda one, place: self._check(name, one, self.known[name], place))

    def _each(self, value, at, check):
        """The values between commas, each checked at its own place."""
        found = []
        for one in value.split(","):
            check(one, at)
            found.append(one)
            at += len(one) + 1
        return frozenset(found)

    def _check(self, name, value, known, at):
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else ""
            if not near and len(known) <= 12:
                hint = f"There are: {', '.join(known)}."
            raise WhereError(f"there is no {name} “{value}”. {hint}".rstrip(), self.text, at)

    @staticmethod
    def _usage(name):
        if name in _PLAIN:
            return f"“{name}” stands alone."
        if name == "words":
            return "write words>=20, say: a sign and a number."
        if name in _VALUED:
            return f"write {name}=VALUE, or several with commas."
        if name in _KEYED:
            return f"write {name}:KEY{'=ANSWER' if name == 'item' else ''}."
        names = ", ".join((*_PLAIN, "words", *_VALUED, *_KEYED))
        return f"“{name}” is not known here. There are: {names}."

    def _take(self, word):
        if self.parts and self.parts[0].text == word:
            self.parts.pop(0)
            return True
        return False

    def _wrong(self, sentence):
        return WhereError(sentence, self.text, self.parts[0].at if self.parts else len(self.text))


def _any(results):
    """Whether one is True; None when none is and nobody can say of one."""
    unknown = False
    for result in results:
        if result:
            return True
        unknown = unknown or result is None
    return None if unknown else False


def _all(results):
    return _not(_any(_not(result) for result in results))


def _not(result):
    return None if result is None else not result


def _crisis(record):
    return record.get("crisis")


def _error(record):
    return "error" in record


def _words(compare, number):
    return lambda record: compare(record["words"], number) if "words" in record else None


def _valued(name, values):
    if name == "effect":  # one answer may have two: stop+help
        return lambda record: (
            any(values.intersection(item["effect"].split("+")) for item in record["items"])
            if "items" in record
            else None
        )
    return lambda record: record[name] in values if name in record else None


def _found(kind, key):
    def condition(record):
        if "findings" not in record:
            return None
        return any(
            finding["signal"] == key and finding["kind"] == kind and finding["counted"]
            for finding in record["findings"]
        )

    return condition


def _answered(key, answers):
    def condition(record):
        if "items" not in record:
            return None
        return any(item["item"] == key and item["answer"] in answers for item in record["items"])

    return condition
