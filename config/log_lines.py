"""Log lines that cannot carry what people told us.

A line holds named fields only. A message is its fixed words without the values put into it, an address is its
route pattern without the key in it, and an exception is its type (for PostgreSQL with the SQLSTATE) and the
places in the code, without its text: PostgreSQL quotes whole rows there, and Django quotes report addresses.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

# What calling code may put into `extra=`. Counts, codes and names; never words that a person wrote.
ALLOWED_FIELDS = (
    "status_code",
    "reason",
    "count",
    "seconds",
    "checklist",
    "level",
    "provider",
)

# The innermost places in the code are the ones that help.
MAX_PLACES = 12


class AllowedFieldsFormatter(logging.Formatter):
    """Formats a record as one JSON object, from an allow-list of fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON. Never raises because of what a record holds."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "severity": record.levelname,
            "logger": record.name,
            "event": fixed_words(record),
        }
        line |= request_fields(record)
        for name in ALLOWED_FIELDS:
            value = getattr(record, name, None)
            if isinstance(value, str | int | float):
                line[name] = value
        if record.exc_info and record.exc_info[1]:
            line["exceptions"] = [exception_fields(error) for error in chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=True)


def fixed_words(record: logging.LogRecord) -> str:
    """The message as the code has it, its %s unfilled; nothing where values were put into the words already."""
    if record.name.startswith("django.security"):
        return "refused as suspicious"
    if record.name.startswith("gunicorn") and str(record.msg).startswith("Invalid request"):
        return "refused as malformed"
    return record.msg if isinstance(record.msg, str) else type(record.msg).__name__


def request_fields(record: logging.LogRecord) -> dict[str, object]:
    """Method and route pattern of the request that the record is about, if it is about one."""
    if record.name == "django.server" and isinstance(record.args, tuple) and record.args:
        return development_server_fields(str(record.args[0]))
    request = getattr(record, "request", None)
    method = getattr(request, "method", None)
    if method is None:
        return {}
    match = getattr(request, "resolver_match", None)
    return {"method": method, "route": getattr(match, "route", None)}


def development_server_fields(request_line: str) -> dict[str, object]:
    """Method and first part of the path; a key is never in the first part."""
    words = request_line.split(" ")
    if len(words) != 3:
        return {}
    parts = words[1].split("?")[0].split("/")
    return {"method": words[0], "path": f"/{parts[1]}/…" if len(parts) > 2 else f"/{parts[-1]}"}


def chain(error: BaseException) -> list[BaseException]:
    """The exception and those that led to it, newest first."""
    errors: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in errors:
        errors.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return errors


def exception_fields(error: BaseException) -> dict[str, object]:
    """Type, SQLSTATE and places of one exception, without a word of its text."""
    frames = traceback.extract_tb(error.__traceback__)[-MAX_PLACES:]
    fields: dict[str, object] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    sqlstate = getattr(error, "sqlstate", None)
    if sqlstate:
        fields["sqlstate"] = sqlstate
    return fields
