"""The checklist as files: a version or the draft written out, files taken in as the draft, and the two compared.

The files are in the format of assessments/content. Only words go out and in: no version number, no people, no comments.
"""

from dataclasses import dataclass
from pathlib import Path

from assessments import content_loading, publishing
from assessments.checklist_rows import content_of
from assessments.models import Checklist
from assessments.snapshots import canonical_bytes
from assessments.version_differences import GroupDifference, differences


class FilesMissing(Exception):
    """There is nothing to read at this place. str() is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A version beside the files: what must change in the files to make them the version. No groups: the same."""

    checklist: Checklist
    groups: tuple[GroupDifference, ...]
    is_same: bool


def files_of(checklist):
    """Path -> bytes of a version, or of the draft as it is now, mistakes included."""
    return content_loading.files_of(content_of(checklist, with_notes=True))


def zip_of(checklist):
    """The same as one zip: the same content gives the same bytes."""
    return content_loading.zip_of(files_of(checklist))


def import_zip(sent, *, by, replace=False):
    """Make a draft out of the bytes of a zip. Returns it.

    Nothing is written unless everything is right. With `replace` it takes the place of the present draft.
    Raises content_loading.ArchiveError, content_loading.ContentError with every mistake, publishing.AlreadyADraft.
    """
    _refuse_second_draft(replace)
    return publishing.load_draft(content_loading.read_zip(sent), by=by, replace=replace)


def import_path(path, *, by, replace=False):
    """The same for a folder or a zip on this machine. Raises FilesMissing, too."""
    path = Path(path)
    if path.is_dir():
        _refuse_second_draft(replace)
        content = content_loading.read_content(path, with_notes=True, with_patterns=True)
        return publishing.load_draft(content, by=by, replace=replace)
    try:
        with path.open("rb") as opened:
            sent = opened.read(content_loading.LARGEST_ARCHIVE + 1)
    except OSError as error:
        raise FilesMissing(f"Cannot read {path}: {error.strerror}.") from error
    return import_zip(sent, by=by, replace=replace)


def drift_of(checklist, content):
    """How a version differs from `content`, what the files hold."""
    found = content_of(checklist)
    same = canonical_bytes(found) == canonical_bytes(content)
    return Drift(checklist=checklist, groups=differences(content, found), is_same=same)


def _refuse_second_draft(replace):
    """Said before the files are read, which takes a moment; the database has the last word."""
    if not replace and Checklist.objects.drafts().exists():
        raise publishing.AlreadyADraft
