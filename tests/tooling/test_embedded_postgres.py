"""The embedded PostgreSQL comes and goes with those who use it, and touches nothing of others."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.embedded_postgres.place import MAX_SOCKET_PATH, Place, PlaceError, own_folder
from config.embedded_postgres.server import command_line
from tests.workers import hear_ctrl_c

ROOT = Path(__file__).resolve().parents[2]

# Attaches, says so, and stays until its standard input is closed.
USER = """
import sys
from pathlib import Path
from config.embedded_postgres.place import Place
from config.embedded_postgres.server import attach, connect
place = Place.of(Path(sys.argv[1]))
attach(place)
with connect(place) as connection:
    print(connection.execute("SELECT 1").fetchone()[0], flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A checkout of its own, so that the server of this one is left alone."""
    folder = Path(tempfile.mkdtemp(prefix="second-look-test-"))
    folder.chmod(0o755)
    yield folder
    remove(folder)


def remove(checkout: Path) -> None:
    """Remove the checkout and the place of its server."""
    place = Place.of(checkout)
    until(lambda: not processes(place))
    for folder in (place.folder, place.socket_folder, checkout):
        shutil.rmtree(folder, ignore_errors=True)


def start_user(checkout: Path) -> subprocess.Popen[str]:
    """Start a process that uses the server of the checkout; it leads a process group, as under a terminal."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(checkout)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_ctrl_c,
    )


@contextmanager
def using(checkout: Path, count: int = 1) -> Iterator[list[subprocess.Popen[str]]]:
    """So many processes that use the server, all started at once; ended on leaving."""
    users = [start_user(checkout) for _ in range(count)]
    try:
        for user in users:
            line = user.stdout.readline()
            assert line == "1\n", user.stderr.read()
        yield users
    finally:
        for user in users:
            user.communicate()


def processes(place: Place) -> list[int]:
    """The server's and the keeper's process numbers."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        words = command_line(int(folder.name))
        if str(place.data) in words or ("embedded_postgres" in words and str(place.folder) in words):
            found.append(int(folder.name))
    return found


def until(condition: Callable[[], bool], seconds: float = 15) -> bool:
    """Wait for the condition; whether it came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def test_stops_with_its_last_user(checkout):
    place = Place.of(checkout)
    with using(checkout):
        first = place.pid_file.read_text().splitlines()[0]
        with using(checkout):
            assert place.pid_file.read_text().splitlines()[0] == first, "the second user attaches"
        time.sleep(2)
        assert processes(place), "the first user still needs it"
    assert until(lambda: not processes(place))


def test_two_that_start_at_once_share_one_server(checkout):
    place = Place.of(checkout)
    with using(checkout, count=3):
        servers = [pid for pid in processes(place) if "bin/postgres" in command_line(pid)]
        assert len(servers) == 1
    assert until(lambda: not processes(place))


@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL"])
def test_stops_when_its_user_is_stopped_from_outside(checkout, name):
    place = Place.of(checkout)
    with using(checkout) as [user]:
        os.killpg(user.pid, signal.Signals[name])
        user.wait()
    assert until(lambda: not processes(place))
    log = place.log.read_text().splitlines()
    assert "database system is shut down" in log[-1], "cleanly, not killed along with its user"


def test_starts_again_after_everything_was_killed(checkout):
    place = Place.of(checkout)
    with using(checkout) as [user]:
        for pid in [user.pid, *processes(place)]:
            os.kill(pid, signal.SIGKILL)
    assert place.pid_file.exists(), "a killed server leaves its pid file"
    with using(checkout):
        pass
    assert until(lambda: not processes(place))


def test_starts_when_the_old_process_number_is_taken_by_another_process(checkout):
    place = Place.of(checkout)
    with using(checkout):
        pass
    assert until(lambda: not processes(place))
    taken = os.getpid()
    place.pid_file.write_text(f"{taken}\n{place.data}\n1\n5432\n{place.socket_folder}\n\n1 1\nready\n")
    with using(checkout):
        assert int(place.pid_file.read_text().splitlines()[0]) != taken


def test_opens_no_folder_above_its_own():
    closed = Path(tempfile.mkdtemp(prefix="second-look-test-"))  # 0700
    checkout = closed / "checkout"
    checkout.mkdir()
    # As an ordinary user nothing has to be opened: the server runs under the same account.
    inside = os.geteuid() != 0
    watched = [checkout, *checkout.parents, Path(sys.prefix), *Path(sys.prefix).parents]
    before = [path.stat().st_mode for path in watched]
    place = Place.of(checkout)
    try:
        with using(checkout):
            assert place.folder.is_relative_to(checkout) == inside
            assert [path.stat().st_mode for path in watched] == before
            assert stat.S_IMODE(place.socket_folder.stat().st_mode) == 0o700
            assert stat.S_IMODE(place.data.stat().st_mode) == 0o700
    finally:
        remove(checkout)
        shutil.rmtree(closed)


def test_the_socket_path_is_short_enough_under_a_deep_folder(tmp_path):
    deep = Path("/usr", *["a-rather-long-name"] * 8)
    place = Place.of(deep)
    assert len(str(place.socket_folder / ".s.PGSQL.5432")) <= MAX_SOCKET_PATH


def test_refuses_a_folder_that_is_a_link_to_elsewhere(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlaceError, match="belongs to another account"):
        own_folder(tmp_path / "link", os.geteuid(), 0o700)
