"""The only door to Parquet: rows of a file read group by group, and rows written into one. Needs pyarrow (optional)."""

import os

from assessments.bulk.fields import KINDS
from assessments.bulk.reading import BATCH_BYTES, BATCH_ROWS, InputError, check_columns, renamed, size_of
from assessments.post_lines import post_of

try:
    import pyarrow
    import pyarrow.parquet as library
except ImportError as error:
    raise InputError(
        "Parquet needs pyarrow: python -m pip install --require-hashes -r requirements-bulk.txt"
    ) from error

GROUP_ROWS = 16_384  # of a file that we write
_TYPES = {"text": pyarrow.string(), "number": pyarrow.int32(), "yes": pyarrow.bool_()}


class ParquetRows:
    """A Parquet file. A row is the tuple of those cells that are asked for; places are numbers of rows."""

    def __init__(self, path, columns, keep):
        self.path, self.columns, self.keep = path, columns, tuple(keep)
        if path == "-":
            raise InputError("Parquet cannot be read from standard input: it is read from its end.")
        self.size = size_of(path)
        with _Reading(path) as file:
            schema, self.rows = file.schema_arrow, file.metadata.num_rows
            check_columns(path, schema.names, columns, keep)
            self.names = [name for name in schema.names if name in {*columns.values(), *keep}]
            self.types = [self._type(name, schema.field(name).type) for name in self.names]

    def _type(self, name, found):
        """What a column is read as: numbers of the id stay numbers, all else is text. Raises InputError."""
        if name == self.columns["id"] and pyarrow.types.is_integer(found):
            return found
        is_text = pyarrow.types.is_string(found) or pyarrow.types.is_large_string(found)
        if pyarrow.types.is_dictionary(found):
            is_text = pyarrow.types.is_string(found.value_type) or pyarrow.types.is_large_string(found.value_type)
        if name == self.columns["text"] and not is_text:
            raise InputError(f"{self.path}: the column “{name}” holds no text but {found}.")
        try:
            pyarrow.array([], found).cast(pyarrow.string())
        except pyarrow.ArrowException as error:
            raise InputError(f"{self.path}: the column “{name}” cannot be read as text: it holds {found}.") from error
        return pyarrow.string()

    def batches(self, start=0, *, stop=None, rows=BATCH_ROWS):
        """(rows, place after them, bytes of the file behind us), from one place to another. Raises InputError."""
        with _Reading(self.path) as file:
            place, found, weight = start, [], 0
            for row in self._rows(file, start):
                if stop is not None and place >= stop:
                    break
                place += 1
                found.append(row)
                weight += sum(len(cell) for cell in row if isinstance(cell, str))
                if len(found) >= rows or weight >= BATCH_BYTES:
                    yield found, place, self.size * place // self.rows
                    found, weight = [], 0
            if found:
                yield found, place, self.size * place // self.rows

    def _rows(self, file, start):
        """The rows from a place on: the groups before it are not read."""
        first, groups = 0, range(file.num_row_groups)
        for group in groups:
            ends = first + file.metadata.row_group(group).num_rows
            if ends > start:
                # Small pieces, one thread: constant memory, and no threads when a worker must be started anew.
                for piece in file.iter_batches(1024, [group], columns=self.names, use_threads=False):
                    if first + piece.num_rows > start:
                        yield from self._cells(piece.slice(max(0, start - first)))
                    first += piece.num_rows
            first = ends

    def _cells(self, piece):
        columns = [column.cast(kind).to_pylist() for column, kind in zip(piece.columns, self.types, strict=True)]
        return zip(*columns, strict=True)

    def post(self, row):
        """The PostLine of a row. Raises BadLine."""
        record = dict(zip(self.names, row, strict=True))
        return post_of(renamed(record, self.columns, self.keep), keep=self.keep)


class _Reading:
    """A Parquet file as the library opens it. What it complains about raises InputError."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        try:
            self.file = library.ParquetFile(self.path, buffer_size=1 << 20, pre_buffer=False)
        except (pyarrow.ArrowException, OSError) as error:
            raise self._said(error) from error
        return self.file

    def __exit__(self, kind, error, traceback):
        self.file.close()
        if isinstance(error, pyarrow.ArrowException | OSError):
            raise self._said(error) from error

    def _said(self, error):
        return InputError(f"Cannot read {self.path} as Parquet: {str(error).splitlines()[0]}")


def write_table(path, names, rows):
    """Write rows (tuples of cells) as one Parquet file, on the disk when this returns. Raises OSError."""
    with open(path, "wb") as file:
        with library.ParquetWriter(file, _schema(names), compression="zstd") as writer:
            writer.write_table(_table(names, rows))
        file.flush()
        os.fsync(file.fileno())


def stitch(path, names, parts):
    """Write one Parquet file of all rows of the files `parts`, in groups of GROUP_ROWS, however the parts were cut."""
    schema = _schema(names)
    with open(path, "wb") as file:
        with library.ParquetWriter(file, schema, compression="zstd") as writer:
            waiting = schema.empty_table()
            for part in parts:
                waiting = pyarrow.concat_tables([waiting, library.read_table(part, use_threads=False)])
                while waiting.num_rows >= GROUP_ROWS:
                    writer.write_table(waiting.slice(0, GROUP_ROWS).combine_chunks())
                    waiting = waiting.slice(GROUP_ROWS)
            if waiting.num_rows:
                writer.write_table(waiting.combine_chunks())
        file.flush()
        os.fsync(file.fileno())


def _schema(names):
    return pyarrow.schema([(name, _TYPES[KINDS.get(name, "text")]) for name in names])


def _table(names, rows):
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    schema = _schema(names)
    arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=schema)
