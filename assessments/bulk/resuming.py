"""How far a run is, remembered so that the same command goes on after any death of it: no row lost, none doubled.

Beside `out.jsonl` stand, while it is made, `out.jsonl.part` and `out.jsonl.journal`. The journal says what the run is
made of, how far the input is done, and how much of the part belongs to that. It is replaced as a whole, and only after
the part is on the disk: whatever the part holds beyond it is cut off and made again.
"""

import fcntl
import json
import os
from pathlib import Path

from assessments.bulk import tallies
from assessments.whole_files import sync_folder, unfinished, write_whole

FORMAT = 1
_NAMES = {
    "digest": "another version of the checklist",
    "engine": "another version of the engine",
    "inputs": "other inputs, or ones that have changed since",
    "cuts": "partitions of another size",
}


class CannotGoOn(Exception):
    """A run that may not begin or go on. str() is the sentence for whoever runs the command."""


def identity(digest, engine_version, sources, wanted):
    """What a run is made of. Two runs with the same one write the same bytes."""
    return {
        "digest": digest,
        "engine": engine_version,
        "inputs": [_input(source.path) for source in sources],
        "options": wanted.as_json(),
    }


def _input(path):
    if path == "-":
        return "-"
    about = os.stat(path)
    return [os.path.abspath(path), about.st_size, about.st_mtime_ns]


def refuse_others(known, ours, *, where):
    """Raise CannotGoOn when what was begun is made of something else, and say of what."""
    for name, words in _NAMES.items():
        if known.get(name) != ours.get(name):
            raise CannotGoOn(f"{where} was begun with {words}. Add --restart to begin anew.")
    for option, value in ours["options"].items():
        if known["options"].get(option) != value:
            raise CannotGoOn(
                f"{where} was begun with another value of “{option.replace('_', '-')}”. Add --restart to begin anew."
            )
    if "-" in ours["inputs"]:
        raise CannotGoOn("What came on standard input cannot be read a second time. Add --restart to begin anew.")


class Journal:
    """The journal of one output. `state` is how far the run is: input, place in it, part (what belongs to that of the
    ununfinished output), tally, whether it is finished, and moved to where it belongs."""

    def __init__(self, output, ours):
        self.output, self.ours = Path(output), ours
        self.path = self.output.with_name(self.output.name + ".journal")
        self.part = self.output.with_name(self.output.name + ".part")
        self.state = {
            "input": 0,
            "place": 0,
            "part": None,
            "tally": tallies.nothing(),
            "finished": False,
            "moved": False,
        }
        self.goes_on = False

    @property
    def is_moved(self):
        """Whether the output stands where it belongs, and only tidying up was missed."""
        return self.state["finished"] and (self.state["moved"] or not self.part.exists())

    def look(self):
        """Read the journal, if there is one, without any lock or change. Raises CannotGoOn."""
        if self.path.exists():
            self._read()
        elif self.output.exists():
            raise CannotGoOn(f"{self.output} is there already. Name another file, or add --restart to write it anew.")
        elif _holds_anything(self.part):
            raise CannotGoOn(f"{self.part} is there already, without its journal. Add --restart to write it anew.")

    def take_up(self, lock, *, restart):
        """Find out where to begin, with the open file `lock` held until this process ends. Raises CannotGoOn."""
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # not inherited by workers, gone with the process
        except OSError as error:
            raise CannotGoOn(f"Another run is writing {self.output} at this moment.") from error
        if restart:
            self.path.unlink(missing_ok=True)
        elif self.path.exists():  # again: another run may have moved on before we had the lock
            self._read()
        if not self.goes_on:
            self.commit()

    def commit(self, **changes):
        """Remember the state with these changes; on the disk when this returns. Raises OSError."""
        self.state |= changes
        write_whole(self.path, json.dumps({"format": FORMAT, "run": self.ours, "state": self.state}).encode())

    def forget(self):
        """The run has ended and its output stands where it belongs."""
        unfinished(self.path).unlink(missing_ok=True)  # of a death while it was written
        self.path.unlink(missing_ok=True)
        sync_folder(self.path.parent)

    def _read(self):
        try:
            found = json.loads(self.path.read_bytes())
            known, self.state = found["run"], found["state"]
        except (ValueError, KeyError, TypeError) as error:
            raise CannotGoOn(f"{self.path} is damaged. Add --restart to begin anew.") from error
        refuse_others(known, self.ours, where=self.output)
        self.goes_on = True


def _holds_anything(part):
    """Whether a part, a file or a folder, has anything of a run in it."""
    return any(part.glob("*.parquet")) if part.is_dir() else part.exists() and part.stat().st_size > 0
