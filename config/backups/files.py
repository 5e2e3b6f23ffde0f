"""The files that stand in a folder of backups: named by their time, whole or not there at all, the oldest going."""

import os
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from django.utils import timezone

from assessments.whole_files import move_into_place
from config.backups import BackupError

BACKUP, KEPT = ".dump.age", ".kept"
MEGABYTE = 1_000_000
SECONDS_UNTIL_ABANDONED = 24 * 60 * 60


def new_name(folder, ending):
    """A path in the folder with this moment in its name, so that names sort as time goes."""
    return Path(folder) / f"second-look-{timezone.now():%Y%m%dT%H%M%S%fZ}{ending}"


def oldest_first(folder, ending):
    """Our own files of one kind."""
    return sorted(Path(folder).glob(f"second-look-*{ending}"))


@contextmanager
def whole_or_nothing(path):
    """A new file to write to, readable for nobody else, that gets its name only when all is on the disk.

    Raises BackupError when there is one of that name, or the folder is not for us to write in.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    if path.exists():
        raise BackupError(f"{path} is there already, and is left as it is.")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        move_into_place(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def keep_newest(folder, ending, count):
    """Remove all but the newest so many files of one kind, and what was never finished. Returns how many went."""
    for left in Path(folder).glob(".second-look-*.unfinished"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > SECONDS_UNTIL_ABANDONED:
                left.unlink()
    over = oldest_first(folder, ending)[:-count]
    for path in over:
        path.unlink(missing_ok=True)
    return len(over)


def check_room(folder, needed):
    """Raises BackupError when so many bytes, and a tenth more, do not fit."""
    free = shutil.disk_usage(folder).free
    if free < needed * 1.1:
        raise BackupError(
            f"There is no room for a backup in {folder}: {free // MEGABYTE} MB are free, "
            f"and it may need {int(needed * 1.1) // MEGABYTE + 1} MB. Nothing was written."
        )
