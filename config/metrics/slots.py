"""One folder for the figures of all processes of one server, and a place for each process in it.

prometheus_client names its files after the process. Every process that was replaced would leave its own for ever, and
each look would read more of them. Here a file belongs to a slot: a process takes the first that is free, and goes on
with the figures of whoever had it before. The lock on a slot is the operating system's, so kill -9 frees it too.

The code is imported once, before gunicorn makes its processes: the folder is made then, and each process takes its slot
after it was made.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# Set by config/serving.py: below which folder to make ours.
PLACE = "METRICS_FOLDER_BELOW"
PREFIX = "second-look-metrics-"
MOST = 1_000

_mine = (0, 0)  # a process, and its slot


def folder():
    """The folder of this server, made if there is a PLACE for it; "" where one process counts for itself."""
    if VARIABLE not in os.environ and os.environ.get(PLACE):
        make_folder(os.environ[PLACE])
    return os.environ.get(VARIABLE, "")


def slot():
    """The number of this process: taken when it is asked for first, and taken anew in a process that was forked."""
    global _mine
    if _mine[0] != os.getpid():
        _mine = (os.getpid(), take_slot(os.environ[VARIABLE]))
    return _mine[1]


def make_folder(parent):
    """Make the folder for a server that starts, below `parent`, and name it in VARIABLE. Removes those of servers that
    are no more."""
    for old in Path(parent).glob(f"{PREFIX}*"):
        pid = old.name.removeprefix(PREFIX).partition("-")[0]
        # Somebody else's stay.
        if pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(old, ignore_errors=True)
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent)


def remove_folder():
    """Remove what `make_folder` made; doing it twice is harmless."""
    folder = os.environ.pop(VARIABLE, "")
    if PREFIX in folder:
        shutil.rmtree(folder, ignore_errors=True)


def take_slot(folder):
    """The number of a free slot, ours until this process ends. What was going on in whoever had it before goes."""
    for number in range(MOST):
        # Never closed: the lock lives as long as the file is open.
        lock = os.open(Path(folder) / f"slot-{number}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        for going_on in Path(folder).glob(f"gauge_*_{number}.db"):
            going_on.unlink(missing_ok=True)
        return number
    raise RuntimeError(f"More than {MOST} processes put their figures into one folder.")


def _lives(pid):
    with suppress(ProcessLookupError):
        with suppress(PermissionError):
            os.kill(pid, 0)
        return True
    return False
