"""Content in one zip file: made so that the same files give the same bytes, and opened with care.

Somebody may have made the zip to do harm: nothing is unpacked before its list of members was looked at, nothing is read
further than it says it is long, and no name leads out of the folder. No Django, no database.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

LARGEST_ARCHIVE = 20_000_000  # bytes, as it comes and unpacked
MOST_MEMBERS = 500
MOST_TIMES = 100  # how many times as long a member may become; texts become some ten times as long
MOST_WORDS_SHOWN = 80

_NAME = re.compile(r"[\w. -]{1,100}\Z")
_DEEPEST = 4  # folders inside each other; a checklist needs one, and the zip of a folder has that folder on top
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OF_THE_SYSTEM = ("__MACOSX", ".DS_Store", "Thumbs.db")
_BESIDE_CONTENT = (".md", ".json")  # what stands in assessments/content and is not part of a checklist
_YAML = (".yaml", ".yml")


class ArchiveError(ValueError):
    """A zip that is not opened. str() is a sentence for whoever sent it."""


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip. Not compressed, and without times: so that the bytes are the same on every machine."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for path, text in files.items():
            member = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            archive.writestr(member, text)
    return written.getvalue()


def unpack(sent: bytes, folder: Path) -> None:
    """Write the YAML files of a zip into an empty folder. A single folder around them all is left out.

    Raises ArchiveError, and then the folder may hold a part of them.
    """
    if len(sent) > LARGEST_ARCHIVE:
        raise ArchiveError(f"The file has {len(sent):,} bytes; at most {LARGEST_ARCHIVE:,} are read.")
    try:
        with zipfile.ZipFile(io.BytesIO(sent)) as archive:
            texts = _texts(archive)
    # All that the library raises over bytes that are no whole zip. Only memory is read here: nothing else can be meant.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError("This is not a zip file that can be opened. It may be broken: make it again.") from error
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)


def _texts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not _is_of_the_system(member.filename)]
    _look_at_all(members)
    files = [member for member in members if not member.is_dir()]
    for member in files:
        _look_at(member)
    around = _folder_around([member.filename for member in files])
    texts: dict[str, bytes] = {}
    for member in files:
        path = member.filename.removeprefix(around)
        if path.endswith(_BESIDE_CONTENT):
            continue
        if path in texts:
            raise ArchiveError(f"{_shown(path)} stands in the zip twice.")
        texts[path] = _text_of(archive, member)
    if not texts:
        raise ArchiveError("There is no YAML file in the zip.")
    return texts


def _is_of_the_system(name: str) -> bool:
    """What macOS and Windows add to a zip by themselves."""
    return bool({*PurePosixPath(name).parts}.intersection(_OF_THE_SYSTEM))


def _look_at_all(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise ArchiveError(f"There are {len(members):,} files in the zip; at most {MOST_MEMBERS} are read.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_ARCHIVE:
        raise ArchiveError(f"Unpacked, the zip would have {unpacked:,} bytes; at most {LARGEST_ARCHIVE:,} are read.")


def _look_at(member: zipfile.ZipInfo) -> None:
    """Raises ArchiveError for a member that is no plain, small, honest file in its place."""
    # Python makes a slash of what Windows writes: the name as it was written tells.
    name, parts = member.orig_filename, member.filename.split("/")
    if "\\" in name or len(parts) > _DEEPEST or not all(_NAME.match(part) and part.strip(". ") for part in parts):
        raise ArchiveError(f"{_shown(name)} is not a name that is read: names are letters, digits, dots, - and _.")
    if not name.endswith((*_YAML, *_BESIDE_CONTENT)):
        raise ArchiveError(f"{_shown(name)} is not a YAML file. Nothing else is read, and no zip in a zip.")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise ArchiveError(f"{_shown(name)} is a link or something else that is no file.")
    if member.flag_bits & 1:
        raise ArchiveError(f"{_shown(name)} is locked with a password. Send the files without one.")
    if member.compress_type not in _METHODS:
        raise ArchiveError(f"{_shown(name)} is packed in a way that is not read. Make an ordinary zip.")
    if member.file_size > MOST_TIMES * max(member.compress_size, 1):
        raise ArchiveError(f"{_shown(name)} would become more than {MOST_TIMES} times as long. It is not opened.")


def _text_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What the member holds, and never more than it says: the sum of what they say was looked at."""
    with archive.open(member) as opened:
        text = opened.read(member.file_size + 1)
    if len(text) != member.file_size:
        raise ArchiveError(f"{_shown(member.filename)} is not as long as the zip says. It is not opened.")
    return text


def _folder_around(names: list[str]) -> str:
    """`content/` when everything stands in that folder, as in the zip of a folder; otherwise nothing."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _shown(name: str) -> str:
    plain = "".join(character if character.isprintable() else "?" for character in name)
    return f"“{plain[:MOST_WORDS_SHOWN]}”"
