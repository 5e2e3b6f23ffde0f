"""The frozen checklist as the engine runs it: its canonical bytes, its digest, and compiled copies kept in memory.

Reading only. A snapshot comes from the database or from a file; nothing here writes either.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments import compiled_file, engine
from assessments.collector import collector_off
from assessments.models import Checklist

KEPT_IN_MEMORY = 4  # the published version, and the last old ones that somebody asked for


class NoPublishedChecklist(Exception):
    """There is nothing to assess with."""

    def __init__(self):
        super().__init__("No checklist is published yet, so we cannot look at posts at the moment.")


class UnknownSnapshot(Exception):
    """No version of the checklist has this digest, or the file holds no snapshot. str() is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One frozen version, ready to run. `snapshot` is shared by everybody in this process: read it, never change it."""

    version: str
    digest: str
    snapshot: dict[str, Any]
    compiled: Any


def canonical_bytes(value):
    """The one way to write `value` (what JSON can hold) as UTF-8 bytes: sorted keys, no spaces, no escapes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def digest_of(value):
    """SHA-256 of the canonical bytes of `value`, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


_compiled: OrderedDict[str, Published] = OrderedDict()
_compiling = threading.Lock()


def published():
    """The published version, compiled. One small query; a second one only when this process has not seen it yet.

    Raises NoPublishedChecklist.
    """
    return by_digest(published_digest())


def published_digest():
    """The digest of the published version: one small query. Raises NoPublishedChecklist."""
    return published_row()[1]


def published_row():
    """(primary key, digest) of the published version: one small query. Raises NoPublishedChecklist."""
    found = Checklist.objects.published().order_by().values_list("pk", "digest")[:1]
    for row in found:
        return row
    raise NoPublishedChecklist


def by_digest(digest):
    """The version with this digest, published or retired, compiled. Raises UnknownSnapshot."""
    with _compiling:  # compiling takes a moment: two requests must not do it twice
        if digest not in _compiled:
            _remember(compiled_from(snapshot_of(digest)))
        _compiled.move_to_end(digest)
        return _compiled[digest]


def snapshot_of(digest):
    """The snapshot with this digest, published or retired, as it is. Raises UnknownSnapshot."""
    text = Checklist.objects.filter(digest=digest).exclude(digest="").values_list("snapshot", flat=True).first()
    if text is None:
        raise UnknownSnapshot(f"No version of the checklist has the digest {digest}.")
    return json.loads(text)


def remember_for_next_time():
    """Keep the published version, compiled, for the web server that starts next; nothing when that is done already."""
    digest = published_digest()
    if not compiled_file.is_there(digest):
        compiled_file.write(digest, by_digest(digest).compiled)


def recall():
    """Have the published version compiled at once if it was kept. Whether it was. Raises NoPublishedChecklist."""
    digest = published_digest()
    compiled = compiled_file.read(digest)
    if compiled is None:
        return False
    snapshot = snapshot_of(digest)
    with _compiling:
        _remember(Published(version=snapshot["version"], digest=digest, snapshot=snapshot, compiled=compiled))
    return True


def make_ready(snapshot):
    """Compile a snapshot ahead, so that whoever needs it first does not wait. Returns it compiled.

    Raises engine.PatternError.
    """
    digest = digest_of(snapshot)
    with _compiling:
        if digest not in _compiled:
            _remember(compiled_from(snapshot))
        _compiled.move_to_end(digest)
        return _compiled[digest]


def is_ready(snapshot):
    """Whether this snapshot is compiled already: then it was checked before."""
    return digest_of(snapshot) in _compiled


def _remember(published):
    _compiled[published.digest] = published
    while len(_compiled) > KEPT_IN_MEMORY:
        _compiled.popitem(last=False)


def compiled_from(snapshot):
    """A snapshot (a dictionary with its version), compiled. Raises engine.PatternError."""
    digest = digest_of(snapshot)
    return Published(
        version=snapshot["version"],
        digest=digest,
        snapshot=snapshot,
        compiled=compile_quickly(snapshot, digest),
    )


def compile_quickly(snapshot, digest):
    """`engine.compile` in half of the time."""
    with collector_off():
        return engine.compile(snapshot, digest=digest)


def from_file(path):
    """The snapshot that `export_snapshot` wrote to `path`, compiled, without any database. Raises UnknownSnapshot."""
    return compiled_from(read_file(path))


def read_file(path):
    """The snapshot that `export_snapshot` wrote to `path`, as it is. Raises UnknownSnapshot."""
    try:
        snapshot = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise UnknownSnapshot(f"Cannot read {path}: {error.strerror}.") from error
    except ValueError as error:
        raise UnknownSnapshot(f"{path} is not a snapshot: it is not JSON in UTF-8.") from error
    if not isinstance(snapshot, dict) or not {"format", "version", "checklist"} <= snapshot.keys():
        raise UnknownSnapshot(f"{path} is not a snapshot: it has no format, version and checklist.")
    return snapshot
