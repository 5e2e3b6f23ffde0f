"""An input cut into partitions that can be done anywhere, in any order, and twice: each writes a file of its own.

`plan` cuts, `do_partition` does one. Nothing here knows which engine hands them out (see `distributed.py`), and nothing
is imported from Django before `do_partition` has set it up: a process on another machine begins with this module.
"""

import gc
import hashlib
import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments.bulk.reading import JsonLines, open_source

PARTITION_BYTES = 2_000_000
PARTITION_ROWS = 5_000  # of a table

_ready = {}  # digest -> the compiled checklist of this process; one at a time
_compiling = threading.Lock()


class PartitionError(Exception):
    """A partition that this process cannot do. str() is the sentence for whoever runs the command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Rows of one input from a place up to another; None is the end. It travels to other machines as it is."""

    number: int
    path: str
    start: int
    stop: int | None
    form: str

    @property
    def file(self):
        """The name of what it writes."""
        return f"part-{self.number:06}.{self.form}"


def plan(sources, form):
    """The Partitions of the inputs, in order. Raises InputError.

    A compressed input is one partition, because it can only be read from its beginning.
    """
    return [
        Partition(number=number, path=os.path.abspath(path), start=start, stop=stop, form=form)
        for number, (path, start, stop) in enumerate(_cuts(sources))
    ]


def sizes():
    """How large partitions are. Only runs with the same sizes can go on with each other's results."""
    return [PARTITION_BYTES, PARTITION_ROWS]


def _cuts(sources):
    for source in sources:
        start = 0
        for end in _ends(source):
            yield source.path, start, end
            start = end
        yield source.path, start, None


def _ends(source):
    """Where to cut inside an input, at ends of rows."""
    if str(source.path).lower().endswith(".gz"):
        return
    if isinstance(source, JsonLines):
        with open(source.path, "rb") as file:
            place = file.seek(PARTITION_BYTES)
            while place < source.size:
                file.readline()
                if file.tell() >= source.size:
                    return
                yield file.tell()
                place = file.seek(file.tell() + PARTITION_BYTES)
        return
    rows = 0
    for found, end, seen in source.batches():
        rows += len(found)
        if rows >= PARTITION_ROWS and seen < source.size:
            rows = 0
            yield end


def do_partition(partition, snapshot, folder, wanted, engine_version):
    """Assess one partition and write its file and its tally into the folder. Returns the tally.

    `snapshot` are the canonical bytes of the checklist, `wanted` is Wanted.as_json(). Raises PartitionError and
    InputError. Doing it twice, even at once, leaves the same files: each is put in place when it is whole.
    """
    published = _published_from(snapshot, engine_version)
    from assessments.bulk import tallies
    from assessments.bulk.screening import Screening, Wanted
    from assessments.collector import collector_off

    wanted = Wanted.from_json(wanted)
    source = open_source(partition.path, kind=wanted.input_format, columns=wanted.columns, keep=wanted.carried)
    screening, tally = Screening(published, [source], wanted), tallies.nothing()

    def pieces():
        for rows, _, _ in source.batches(partition.start, stop=partition.stop):
            done = screening(0, rows)
            tallies.add(tally, done.tally)
            yield done.data

    target = Path(folder) / partition.file
    aside = target.with_name(f".{target.name}.{os.urandom(8).hex()}.unfinished")
    with collector_off():
        _write(aside, pieces(), wanted)
    from assessments.whole_files import move_into_place, write_whole

    write_whole(tally_file(folder, partition), json.dumps(tally).encode())  # first: the rows stand for “done”
    move_into_place(aside, target)
    return tally


def tally_file(folder, partition):
    """Where the tally of a partition stands."""
    return Path(folder) / "tallies" / f"{partition.number:06}.json"


def _write(path, pieces, wanted):
    """Write all pieces as one file, on the disk when this returns."""
    if wanted.form == "parquet":
        from assessments.bulk.parquet import write_table

        write_table(path, wanted.names, [row for rows in pieces for row in rows])
        return
    from assessments.bulk import fields

    with open(path, "wb") as file:
        file.write(fields.header(wanted.names, wanted.form))
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _published_from(snapshot: bytes, engine_version: str) -> Any:
    """The checklist, compiled at the first partition of this process. Raises PartitionError."""
    digest = hashlib.sha256(snapshot).hexdigest()
    with _compiling:
        if digest not in _ready:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
            import django

            django.setup()
            from assessments import engine, snapshots

            if engine_version != engine.VERSION:
                raise PartitionError(f"This worker has engine {engine.VERSION}, and the run wants {engine_version}.")
            _ready.clear()
            _ready[digest] = snapshots.compiled_from(json.loads(snapshot))
            gc.freeze()  # the collector need not look at millions of things that stay (see screening.undisturbed)
        return _ready[digest]
