"""Posts in files, read batch by batch: JSON Lines and CSV, plain or as .gz. Never more than a batch is in memory.

A place in an input is a number that grows: bytes of what is read, and rows for Parquet. Where a batch ends depends only
on where it begins, so a run that is taken up again makes the same batches.
"""

import csv
import gzip
import sys
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from assessments.post_lines import BadLine, parse_line, post_of, record_of

FIELDS = ("id", "text", "author_line", "country")  # what a post is made of; --columns says how an input calls them
BATCH_ROWS, BATCH_BYTES = 128, 256_000  # whichever is reached first
LONGEST_LINE = 8_000_000  # bytes; so that a file without line ends cannot fill the memory
MARK = b"\xef\xbb\xbf"  # some editors begin a file with this
DELIMITERS = ",;\t"


class InputError(Exception):
    """An input that cannot be read. str() is the sentence for whoever runs the command."""


class Batch(NamedTuple):
    """Rows as they are in the input. `end` is the place after them, `seen` the bytes of all files behind us."""

    source: int
    rows: list
    end: int
    seen: int


def kind_of(path, given=""):
    """What the input at `path` holds: "jsonl", "csv" or "parquet". `given` wins over the ending; anything else is
    JSON Lines."""
    name = str(path).lower().removesuffix(".gz")
    by_ending = {".csv": "csv", ".tsv": "csv", ".parquet": "parquet"}
    return given or by_ending.get(Path(name).suffix, "jsonl")


def open_source(path, *, kind="", columns=None, keep=()):
    """The input at `path` ("-": standard input), looked at as far as its header.

    `columns` maps FIELDS to other names, `keep` names further columns. Raises InputError.
    """
    columns = {field: field for field in FIELDS} | (columns or {})
    found = kind_of(path, kind)
    if found == "parquet":
        from assessments.bulk.parquet import ParquetRows  # optional: the library is loaded by those who need it

        return ParquetRows(path, columns, keep)
    return (CsvRows if found == "csv" else JsonLines)(path, columns, keep)


def read(sources, *, begin=(0, 0), rows=BATCH_ROWS):
    """Every Batch of the inputs one after the other, from the place `begin` (input, place in it). Raises InputError."""
    first, place = begin
    behind = sum(source.size for source in sources[:first])
    for number, source in enumerate(sources[first:], first):
        for found, end, seen in source.batches(place, rows=rows):
            yield Batch(number, found, end, behind + seen)
        behind, place = behind + source.size, 0


class JsonLines:
    """One JSON object on each line. A row is its line (bytes), None for a line that is too long."""

    def __init__(self, path, columns, keep):
        self.path, self.columns, self.keep = path, columns, tuple(keep)
        self.renamed = any(field != column for field, column in columns.items())
        self.size = size_of(path)

    def batches(self, start=0, *, stop=None, rows=BATCH_ROWS):
        """(rows, place after them, bytes of the file behind us), from one place to another. Raises InputError."""
        with opened(self.path) as (stream, bytes_read):
            forward(stream, start)
            place, found, weight = start, [], 0
            while stop is None or place < stop:
                line = stream.readline(LONGEST_LINE)
                if not line:
                    break
                begins, place, line = place == 0, place + len(line), _whole(line)
                if line is None:
                    place += _skip_line(stream)
                elif begins:
                    line = line.removeprefix(MARK)
                if line is None or line.strip():
                    found.append(line)
                    weight += len(line or b"")
                if len(found) >= rows or weight >= BATCH_BYTES:
                    yield found, place, bytes_read(place)
                    found, weight = [], 0
            if found:
                yield found, place, bytes_read(place)

    def post(self, row):
        """The PostLine of a row. Raises BadLine."""
        if row is None:
            raise BadLine(f"longer than {LONGEST_LINE:,} bytes")
        if not self.renamed:
            return parse_line(row, keep=self.keep)
        return post_of(renamed(record_of(row), self.columns, self.keep), keep=self.keep)


class CsvRows:
    """A table with a header. A row is the list of its cells, None where there is no row to make out."""

    def __init__(self, path, columns, keep):
        self.path, self.columns, self.keep = path, columns, tuple(keep)
        self.size = size_of(path)
        csv.field_size_limit(LONGEST_LINE)
        if path == "-":
            raise InputError("CSV cannot be read from standard input: save it as a file first.")
        with opened(path) as (stream, _):
            lines = _CountedLines(stream, path)
            header = next(iter(lines), "").removeprefix("\ufeff")
            self.delimiter = max(DELIMITERS, key=header.count)
            self.names = next(csv.reader([header], delimiter=self.delimiter), [])
            self.first = lines.place
        check_columns(path, self.names, columns, keep)

    def batches(self, start=0, *, stop=None, rows=BATCH_ROWS):
        """(rows, place after them, bytes of the file behind us), from one place to another. Raises InputError."""
        start = start or self.first
        with opened(self.path) as (stream, bytes_read):
            forward(stream, start)
            lines = _CountedLines(stream, self.path, start)
            # Strict: a quotation mark that is out of place is a mistake to report, not something to guess about.
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            found, weight = [], 0
            while stop is None or lines.place < stop:
                try:
                    row = next(reader, ())
                except csv.Error:
                    row = None
                if row == ():
                    break
                if row != []:  # an empty line
                    found.append(row)
                    weight += sum(map(len, row or ()))
                if len(found) >= rows or weight >= BATCH_BYTES:
                    yield found, lines.place, bytes_read(lines.place)
                    found, weight = [], 0
            if found:
                yield found, lines.place, bytes_read(lines.place)

    def post(self, row):
        """The PostLine of a row. Raises BadLine."""
        if row is None:
            raise BadLine("not a row of CSV (is a quotation mark not closed?)")
        record = dict(zip(self.names, row, strict=False))
        if len(row) > len(self.names):
            raise BadLine("more cells than the header has", record.get(self.columns["id"]))
        try:
            "".join(row).encode("utf-8")
        except UnicodeEncodeError as error:
            raise BadLine("not UTF-8 text") from error
        return post_of(renamed(record, self.columns, self.keep), keep=self.keep)


def renamed(record, columns, keep):
    """The record with the fields of a post under their own names, and what is kept."""
    kept = {name: record.get(name) for name in keep}
    return kept | {field: record.get(column) for field, column in columns.items()}


def check_columns(path, names, columns, keep):
    """Whether a table has the columns that were asked for. Raises InputError."""
    asked = [columns["text"], *(name for field, name in columns.items() if field != name), *keep]
    for name in asked:
        if name not in names:
            raise InputError(
                f"{path} has no column “{name}”. It has: {', '.join(names) or 'none'}. "
                "If the text has another name, say --columns text=NAME."
            )


def size_of(path):
    """The bytes of a file; 0 for standard input. Raises InputError."""
    try:
        return 0 if path == "-" else Path(path).stat().st_size
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error


@contextmanager
def opened(path):
    """A binary stream of what `path` holds, and a function that says how many bytes of the file lead to a place in it.

    Whatever goes wrong in between raises InputError.
    """
    try:
        if path == "-":
            with open(sys.stdin.fileno(), "rb", closefd=False) as stream:
                yield stream, lambda place: 0
            return
        with open(path, "rb") as file:
            if not str(path).lower().endswith(".gz"):
                yield file, lambda place: place
                return
            with gzip.GzipFile(fileobj=file) as stream:
                yield stream, lambda place: file.tell()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"Cannot read {path}: the compressed file is damaged or not complete.") from error
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror or error}.") from error


def forward(stream, place):
    """Go on to a place in the stream. A compressed one is read up to there."""
    if place:
        stream.seek(place)


class _CountedLines:
    """The lines of a stream as text, with the place after the last one. Bytes that are not UTF-8 stay recognisable."""

    def __init__(self, stream, path, place=0):
        self.stream, self.path, self.place = stream, path, place

    def __iter__(self):
        return self

    def __next__(self):
        line = self.stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.place += len(line)
        if _whole(line) is None:
            raise InputError(f"{self.path} is no CSV file: it has a line of more than {LONGEST_LINE:,} bytes.")
        return line.decode("utf-8", "surrogateescape")


def _whole(line):
    """The line, or None when it is only the beginning of one that is too long."""
    return line if len(line) < LONGEST_LINE or line.endswith(b"\n") else None


def _skip_line(stream):
    """Read the rest of a line and return how long it is."""
    skipped = 0
    while piece := stream.readline(LONGEST_LINE):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped
