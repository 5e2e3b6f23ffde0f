"""Help services as CSV: out, and in again.

A file that nobody changed brings no change, and going out again it is the same to the last byte. On the way in it is
all or nothing: every mistake is named by line and column, and nothing is written before somebody has seen what would
change. A row without `id` is a new service. A service that is not in the file stays as it is: nothing is ever deleted
by leaving it out. The last two columns are for reading only: a check is something that a person does, not a file.
"""

import csv
import hashlib
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.auditing import record_difference, state_of
from assessments.help_keeping import VOUCHED_FOR, forget_check
from assessments.models import HelpCountry, HelpService
from assessments.spreadsheets import csv_lines, unguarded

TEXTS = ("name", "kind", "phone", "text_or_chat", "url", "hours", "languages", "audience", "confidence", "how_checked")
EDITED = ("country", "order", *TEXTS)
READ_ONLY = ("verified_at", "closed_reported_at")
COLUMNS = ("id", *EDITED, *READ_ONLY)

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5_000
# Spreadsheets take a file for UTF-8 only when it begins with this.
MARK = "\ufeff"


class ExchangeError(Exception):
    """A file that cannot be brought in. str() is the sentence for the editor; nothing was written."""


class ChangedMeanwhile(ExchangeError):
    def __init__(self):
        super().__init__("Somebody changed these services while you were looking. Here is what would change now.")


class FileMistakes(ExchangeError):
    """`mistakes` is a list of Mistake, in the order of the file."""

    def __init__(self, mistakes):
        self.mistakes = mistakes
        number = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        super().__init__(f"The file has {number}. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Mistake:
    line: int
    column: str
    sentence: str

    def __str__(self):
        return f"Line {self.line}{f', {self.column}' if self.column else ''}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Change:
    """What one line of the file does: `fields` are triples (name, before, after); before is None for a new service."""

    line: int
    key: int | None
    name: str
    fields: tuple[tuple[str, str | None, str], ...]

    @property
    def must_be_checked_again(self):
        """Whether it changes what somebody vouches for by checking."""
        return bool(VOUCHED_FOR & {name for name, _, _ in self.fields})


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change. `token` is another one as soon as anything would change otherwise."""

    changes: tuple[Change, ...]
    unchanged: int

    @property
    def token(self):
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()


def export_lines(services):
    """The lines of the CSV file of these services (a QuerySet)."""
    yield MARK
    rows = services.order_by("country__order", "country_id", "order", "id")
    yield from csv_lines([COLUMNS, *(_cells_of(row).values() for row in rows)])


def plan_import(data):
    """What the bytes of a file would change, as a Plan. Writes nothing. Raises ExchangeError, FileMistakes."""
    return _plan(_read(data), {row.pk: row for row in HelpService.objects.all()})


@transaction.atomic
def import_services(data, *, token, by):
    """Do what the Plan with this token said. Returns the Plan. Raises ExchangeError, FileMistakes, ChangedMeanwhile."""
    stored = {row.pk: row for row in HelpService.objects.order_by("pk").select_for_update()}
    plan = _plan(_read(data), stored)
    if plan.token != token:
        raise ChangedMeanwhile
    for change in plan.changes:
        _write(change, stored.get(change.key), by=by)
    return plan


def _write(change, service, *, by):
    before = state_of(service) if service else None
    service = service or HelpService()
    for name, _, after in change.fields:
        setattr(service, "country_id" if name == "country" else name, after)
    if change.must_be_checked_again:
        forget_check(service)
    service.save()
    service.refresh_from_db()
    record_difference(by=by, what=service, before=before, after=state_of(service))


def _read(data):
    """[(line, cells by column)] of the bytes of a file. Raises ExchangeError, FileMistakes."""
    if len(data) > MAX_BYTES:
        raise ExchangeError("This file is larger than 2 MB. Bring it in in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileMistakes([Mistake(line, "", "This is not UTF-8. Save the file as “CSV UTF-8”.")]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, start = [], 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
            if len(rows) > MAX_ROWS + 1:
                raise ExchangeError("This file has more than 5,000 services. Bring it in in parts.")
    except csv.Error as error:
        raise FileMistakes([Mistake(reader.line_num, "", f"This line cannot be read ({error}).")]) from error
    _check_head(rows)
    return _by_column([(line, cells) for line, cells in rows[1:] if any(cell.strip() for cell in cells)])


def _check_head(rows):
    head = [cell.strip() for cell in rows[0][1]] if rows else []
    if tuple(head) == COLUMNS:
        return
    if len(head) == 1 and ";" in head[0]:
        raise FileMistakes([Mistake(1, "", "The cells are parted by semicolons. Save the file with commas.")])
    mistakes = [Mistake(1, name, "This column is missing.") for name in COLUMNS if name not in head]
    mistakes += [Mistake(1, name, "We do not know this column.") for name in head if name not in COLUMNS]
    raise FileMistakes(mistakes or [Mistake(1, "", f"The columns must be in this order: {', '.join(COLUMNS)}.")])


def _by_column(rows):
    wrong = [
        Mistake(line, "", f"There are {len(cells)} cells, and there must be {len(COLUMNS)}.")
        for line, cells in rows
        if len(cells) != len(COLUMNS)
    ]
    if wrong:
        raise FileMistakes(wrong)
    return [(line, {name: unguarded(cell) for name, cell in zip(COLUMNS, cells, strict=True)}) for line, cells in rows]


def _plan(rows, stored):
    """The Plan for what `_read` returned, beside the services by primary key. Raises FileMistakes."""
    countries = set(HelpCountry.objects.values_list("code", flat=True))
    names = {(row.country_id, row.name, row.kind) for row in stored.values()}
    mistakes, changes, seen = [], [], set()
    for line, cells in rows:
        service, problems = _service_of(cells, stored, seen)
        now = _cells_of(service) if service else None
        # People leave spaces behind; what is stored with spaces stays what it is.
        cells = {name: cell if now and cell == now[name] else cell.strip() for name, cell in cells.items()}
        problems += _problems_of(cells, now, countries)
        if now is None and not problems:
            problems += _twice(cells, names)
        mistakes += [Mistake(line, column, sentence) for column, sentence in problems]
        fields = tuple((name, now and now[name], cells[name]) for name in EDITED if not now or now[name] != cells[name])
        if fields:
            changes.append(Change(line, service.pk if service else None, cells["name"], fields))
    if mistakes:
        raise FileMistakes(mistakes)
    return Plan(tuple(changes), len(rows) - len(changes))


def _service_of(cells, stored, seen):
    """(the service that the row is about or None, what is wrong with its number)."""
    key = cells["id"].strip()
    if not key:
        return None, []
    service = stored.get(int(key)) if key.isdecimal() and len(key) < 19 else None
    if service is None:
        return None, [("id", "No service has this number. Leave it empty for a new one.")]
    if service.pk in seen:
        return service, [("id", "This number stands in the file twice.")]
    seen.add(service.pk)
    return service, []


def _problems_of(cells, now, countries):
    """[(column, sentence)] of what is wrong with the cells of one row."""
    problems = [
        (name, "This cell has a line break or another sign that cannot be seen.")
        for name, cell in cells.items()
        if not cell.isprintable()
    ]
    if cells["country"] not in countries:
        problems.append(("country", "We have no country with this code. Add it to the help countries first."))
    if not cells["order"].isascii() or not cells["order"].isdecimal():
        problems.append(("order", "This must be a whole number."))
    if not any(cells[name] for name in ("phone", "text_or_chat", "url")):
        problems.append(
            ("phone", "Nobody can reach this service: give a phone number, a text or chat, or a web address.")
        )
    if cells["url"] and not cells["url"].startswith(("https://", "http://")):
        problems.append(("url", "A web address begins with https://."))
    for name in READ_ONLY:
        if cells[name] != (now[name] if now else ""):
            problems.append((name, "This column is for reading only. Say in the admin that you checked a service."))
    told = {column for column, _ in problems}
    return problems + [(column, text) for column, text in _field_problems(cells) if column not in told]


def _field_problems(cells):
    """What the fields of the model say."""
    service = HelpService(**{name: cells[name] for name in ("order", *TEXTS)})
    try:
        service.clean_fields(exclude={"country"})
    except ValidationError as error:
        return [(name, " ".join(texts)) for name, texts in error.message_dict.items()]
    return []


def _twice(cells, names):
    """A new service that is there already: the same file brought in twice, say."""
    name = (cells["country"], cells["name"], cells["kind"])
    if name in names:
        return [("name", "There is such a service already. Give its number (id) to change it.")]
    names.add(name)
    return []


def _cells_of(service):
    """The cells of a service by column, as text."""
    values = {name: getattr(service, "country_id" if name == "country" else name) for name in COLUMNS}
    return {name: "" if value is None else str(value) for name, value in values.items()}
