"""What each row of the output holds: the whole contract, or chosen fields side by side, and columns carried along."""

import csv
import gzip
import io
import json
import re

from assessments.engine.types import FLAGS
from assessments.spreadsheets import guarded

PLAIN = ("id", "error", "level", "crisis", "language", "words", "author", "checklist", "digest", "engine")
NESTED = ("signals", "items", "findings", "not_checked", "trace", "flags")  # in a table: JSON text
CHOICES = (*PLAIN, *FLAGS, *NESTED)
IN_A_TABLE = (*PLAIN[:7], *FLAGS, "signals", "checklist", "digest", "engine")  # unless others are asked for
KINDS = {"words": "number", "crisis": "yes"} | dict.fromkeys(FLAGS, "yes")  # the rest is text
WHOLE = ()  # the contract as it is, in JSON Lines

_FORMS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl.gz",
    ".csv": "csv",
    ".csv.gz": "csv.gz",
    ".parquet": "parquet",
}
FORMS = tuple(dict.fromkeys(_FORMS.values()))
# As json.dumps, but for a search for circles, which records of ours have not.
_as_json = json.JSONEncoder(check_circular=False).encode
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class FieldsError(Exception):
    """Fields, columns or an ending that do not exist. str() is the sentence for whoever runs the command."""


def form_of(path):
    """How the output at `path` is written, by its ending. Raises FieldsError."""
    for ending, form in _FORMS.items():
        if str(path).lower().endswith(ending):
            return form
    raise FieldsError(f"{path}: the ending says how to write. Known are {', '.join(_FORMS)}.")


def chosen(text, keep, form):
    """The fields of each row from what the user wrote ("id,level"), () for the whole contract. Raises FieldsError."""
    fields = tuple(split(text)) or (WHOLE if form.startswith("jsonl") else IN_A_TABLE)
    for name in fields:
        if name not in CHOICES:
            raise FieldsError(f"--fields: there is no field “{name}”. There are: {', '.join(CHOICES)}.")
    for name in keep:
        if name in (fields or ("kept", *PLAIN)):
            raise FieldsError(f"--keep: “{name}” is the name of one of our own fields. Choose others with --fields.")
    return fields


def split(text):
    """The parts between commas, without blanks and without repetitions."""
    return list(dict.fromkeys(part.strip() for part in (text or "").split(",") if part.strip()))


def signals_of(record):
    """The keys of what counts in a record, each once, in the order of the text."""
    return list(dict.fromkeys(found["signal"] for found in record.get("findings", ()) if found["counted"]))


def whole(record, kept, keep):
    """A record with the columns carried along, as one object."""
    return record | {"kept": kept} if keep and "error" not in record else record


def flat(record, kept, fields, keep):
    """The values of `fields` and of the columns in `keep`, in this order; None for what the record does not have."""
    return [*(_value(record, name) for name in fields), *(kept.get(name) for name in keep)]


def _value(record, name):
    if name in FLAGS:
        return record["flags"].get(name) if "flags" in record else None
    if name == "signals" and "error" not in record:
        return signals_of(record)
    return record.get(name)


def encoded(rows, names, form):
    """The rows as the output holds them: bytes, or for Parquet a list of tuples.

    `rows` are whole objects when `names` is empty, lists of values otherwise.
    """
    if form == "parquet":
        return [tuple(_parquet_cell(name, value) for name, value in zip(names, row, strict=True)) for row in rows]
    if form.startswith("csv"):
        data = _csv_bytes([_csv_cell(value) for value in row] for row in rows)
    else:
        objects = (dict(zip(names, row, strict=True)) for row in rows) if names else rows
        data = "".join(f"{_as_json(row)}\n" for row in objects).encode("ascii")
    return squeezed(data) if form.endswith(".gz") and data else data


def header(names, form):
    """What stands before the first row."""
    if not form.startswith("csv"):
        return b""
    line = _csv_bytes([[guarded(name) for name in names]])
    return squeezed(line) if form.endswith(".gz") else line


def squeezed(data):
    """The bytes compressed, always to the same bytes. Pieces may stand one after the other in a file."""
    return gzip.compress(data, 6, mtime=0)


def _csv_bytes(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _csv_cell(value):
    text = _as_text(value)
    return text if text is None or _NUMBER.fullmatch(text) else guarded(text)


def _parquet_cell(name, value):
    if value is None or name in KINDS:
        return value
    return _as_text(value).encode("utf-8", "replace").decode("utf-8")


def _as_text(value):
    return value if value is None or isinstance(value, str) else _as_json(value)
