"""Where the rows of a run go: standard output, a file that grows, or a Parquet file that is put together of parts."""

import os
import shutil
import time
from pathlib import Path

from assessments.bulk import fields, tallies
from assessments.bulk.resuming import CannotGoOn, Journal
from assessments.whole_files import move_into_place, sync_folder

COMMIT_SECONDS = 1.0
PARQUET_ROWS, PARQUET_SECONDS = 8_192, 60.0  # a part is written when it has so many rows, or so much time has gone


class Stream:
    """Rows to a stream of text as they come. Nothing is remembered. `write` is a function that takes text."""

    def __init__(self, write):
        self.send, self.begin, self.tally = write, (0, 0), tallies.nothing()
        self.goes_on = False

    def write(self, batch, done):
        """Write what became of a batch."""
        tallies.add(self.tally, done.tally)
        if done.data:
            self.send(done.data.decode("ascii"))

    def finish(self):
        """Nothing is left to do: what was written is written."""

    def close(self):
        """Nothing is open."""


class _Resumable:
    """An output with a journal. Subclasses say what a part is, and when one is settled."""

    def __init__(self, path, names, form, ours, *, restart):
        self.path, self.names, self.form = Path(path), names, form
        self.journal = Journal(path, ours)
        self.place, self.settled_at, self.file = None, time.monotonic(), None
        if not restart:
            self.journal.look()
        if not self.journal.is_moved:
            self._open_part(restart)
        self.tally = self.journal.state["tally"]

    @property
    def begin(self):
        """(input, place in it) that comes next."""
        return self.journal.state["input"], self.journal.state["place"]

    @property
    def goes_on(self):
        """Whether a run that was begun before is taken up."""
        return self.journal.goes_on

    @property
    def is_finished(self):
        """Whether only the last steps are missing."""
        return self.journal.state["finished"]

    def write(self, batch, done):
        """Take what became of a batch, and remember from time to time that it is done. Raises OSError."""
        tallies.add(self.tally, done.tally)
        self.place = {"input": batch.source, "place": batch.end}
        self._append(done.data)
        if self._is_due(time.monotonic() - self.settled_at):
            self._settle()

    def finish(self):
        """Settle the rest and give the output its name. Raises OSError. Doing it twice is doing it once."""
        if not self.is_finished:
            self._settle(finished=True)
        if not self.journal.is_moved:
            self._put_in_place()
            self.journal.commit(moved=True)
        self._tidy()
        self.journal.forget()

    def close(self):
        """Let go of the part, as it is."""
        if self.file:
            self.file.close()

    def _tidy(self):
        """Remove what is needed no longer."""

    def _settle(self, **more):
        part = self._on_disk()
        self.journal.commit(part=part, tally=self.tally, **(self.place or {}), **more)
        self.settled_at = time.monotonic()


class GrowingFile(_Resumable):
    """JSON Lines or CSV: the part grows, the journal knows its length."""

    def _open_part(self, restart):
        part = self.journal.part
        self.file = _locked(part, self.journal, restart=restart)
        length = self.journal.state["part"]
        if length is None:  # a new run: the header, if there is one, is its first bytes
            self.file.truncate(0)
            self.file.write(fields.header(self.names, self.form))
            return
        if self.file.seek(0, os.SEEK_END) < length:
            raise CannotGoOn(f"{part} is shorter than it was. Add --restart to begin anew.")
        self.file.truncate(length)
        self.file.seek(length)

    def _append(self, data):
        self.file.write(data)

    def _is_due(self, seconds):
        return seconds >= COMMIT_SECONDS

    def _on_disk(self):
        self.file.flush()
        os.fsync(self.file.fileno())
        return self.file.tell()

    def _put_in_place(self):
        move_into_place(self.journal.part, self.path)


class ParquetParts(_Resumable):
    """Parquet has its table of contents at the end and cannot grow: whole small files, put together when all are there.

    The rows do not depend on how the parts were cut, so neither does the output.
    """

    def _open_part(self, restart):
        self.folder, self.waiting = self.journal.part, []
        self.folder.mkdir(exist_ok=True)
        self.file = _locked(self.folder / "lock", self.journal, restart=restart)
        self.parts = self.journal.state["part"] or 0
        for number, path in self._files():
            if number >= self.parts:
                path.unlink()
        if len(list(self._files())) < self.parts:
            raise CannotGoOn(f"{self.folder}: a part is missing. Add --restart to begin anew.")

    def _files(self):
        return sorted((int(path.stem), path) for path in self.folder.glob("*.parquet"))

    def _append(self, data):
        self.waiting.extend(data)

    def _is_due(self, seconds):
        return len(self.waiting) >= PARQUET_ROWS or seconds >= PARQUET_SECONDS

    def _on_disk(self):
        from assessments.bulk.parquet import write_table

        if self.waiting:
            write_table(self.folder / f"{self.parts:06}.parquet", self.names, self.waiting)
            sync_folder(self.folder)
            self.parts, self.waiting = self.parts + 1, []
        return self.parts

    def _put_in_place(self):
        from assessments.bulk.parquet import stitch

        whole = self.folder / "whole"
        stitch(whole, self.names, [path for _, path in self._files()])
        move_into_place(whole, self.path)

    def _tidy(self):
        shutil.rmtree(self.journal.part, ignore_errors=True)


def open_output(path, names, form, ours, *, restart=False):
    """The output at `path`, ready to write or to go on. Raises CannotGoOn."""
    try:
        return (ParquetParts if form == "parquet" else GrowingFile)(path, names, form, ours, restart=restart)
    except OSError as error:
        raise CannotGoOn(f"Cannot write {path}: {error.strerror}.") from error


def _locked(path, journal, *, restart):
    """The file at `path`, open and ours alone, after the journal was taken up. Raises CannotGoOn."""
    path.touch()
    file = open(path, "r+b")  # noqa: SIM115 (the output closes it)
    try:
        journal.take_up(file, restart=restart)
        if not (path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())):
            raise CannotGoOn(f"Another run has finished {journal.output} at this moment.")
    except CannotGoOn:
        file.close()
        raise
    return file
