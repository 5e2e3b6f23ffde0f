"""Files that are there as a whole or not at all, whatever dies while they are written."""

import os
from pathlib import Path


def write_whole(path, data):
    """Write a file so that it holds the old bytes or the new ones, whatever happens; on the disk when this returns."""
    path = Path(path)
    fresh = unfinished(path)
    with open(fresh, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    move_into_place(fresh, path)


def unfinished(path):
    """Where a file stands until it is whole."""
    return path.with_name(path.name + ".new")


def move_into_place(fresh, path):
    """Give a finished file its name, on the disk when this returns."""
    os.replace(fresh, path)
    sync_folder(Path(path).parent)


def sync_folder(folder):
    """See that the names in a folder are on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
