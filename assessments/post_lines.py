"""Posts as JSON Lines, the way the commands read them: one JSON object on each line, never more than one in memory."""

import json
from dataclasses import dataclass, field
from typing import Any


class BadLine(Exception):
    """A line that holds no post. str() is the sentence for the output; `id` is the post's, None when unknown."""

    def __init__(self, sentence, id=None):
        super().__init__(sentence)
        self.id = id


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """One post. `text` is exactly what the line says: offsets count from it.

    `kept` holds the fields that the caller asked to keep, as strings; those that the line leaves out are not there.
    """

    id: Any
    text: str
    author_line: str = ""
    country: str = ""
    expect: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


def read_lines(stream, *, text_field="text", keep=()):
    """For every line of a binary stream, empty ones apart: a PostLine, or the BadLine that says what is wrong.

    `keep` names further fields (strings or numbers) to keep with each post.
    """
    for number, line in enumerate(stream):
        if number == 0:
            line = line.removeprefix(b"\xef\xbb\xbf")  # some editors begin a file with this mark
        if line.strip():
            try:
                yield parse_line(line, text_field=text_field, keep=keep)
            except BadLine as bad:
                yield bad


def parse_line(line, *, text_field="text", keep=()):
    """One line (bytes) as a PostLine, with the fields named in `keep`. Raises BadLine."""
    return post_of(record_of(line), text_field=text_field, keep=keep)


def record_of(line):
    """The JSON object on one line (bytes). Raises BadLine."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadLine("not UTF-8 text") from error
    except (ValueError, RecursionError) as error:  # json.JSONDecodeError, a number too long, nested too deeply
        raise BadLine("not JSON") from error
    if not isinstance(record, dict):
        raise BadLine("not a JSON object")
    return record


def post_of(record, *, text_field="text", keep=()):
    """A dictionary with the fields of a post as a PostLine, with the fields named in `keep`. Raises BadLine."""
    post_id = record.get("id")
    if isinstance(post_id, dict | list):
        raise BadLine("id is not a string or a number")
    if not isinstance(record.get(text_field), str):
        raise BadLine(f"{text_field} is missing or not a string", post_id)
    for name, kind in (("author_line", str), ("country", str), ("expect", dict)):
        if not isinstance(record.get(name), kind | None):
            raise BadLine(f"{name} is not {'a string' if kind is str else 'an object'}", post_id)
    return PostLine(
        id=post_id,
        text=record[text_field],
        author_line=record.get("author_line") or "",
        country=(record.get("country") or "").strip().upper(),
        expect=record.get("expect") or {},
        kept=_kept(record, keep, post_id),
    )


def _kept(record, names, post_id):
    """The fields of `names` that the record holds, as strings; what is null or blank counts as left out."""
    kept = {}
    for name in names:
        value = record.get(name)
        if not isinstance(value, str | int | float | None):
            raise BadLine(f"{name} is not a string or a number", post_id)
        if value is not None and str(value).strip():
            kept[name] = str(value).strip()
    return kept
