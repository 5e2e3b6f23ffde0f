"""Start the embedded server with its first user and stop it with its last.

Every process that uses the server holds a shared lock on `users` for as long as it lives; the operating
system lets go of it however the process ends, kill -9 included. A small keeper process, in a session of its
own so that Ctrl-C does not reach it, waits until nobody holds that lock and stops the server. `door` lets one
process at a time start or stop.
"""

import fcntl
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.embedded_postgres.place import Place, PlaceError, own_folder

# Long enough for the next command of a Makefile or the reloaded development server, short enough for Ctrl-C.
SECONDS_BEFORE_STOPPING = 1.5
SECONDS_TO_START = 60

# For a server on a developer's machine: small, no shared memory files (/dev/shm is tiny in containers), and a
# log without the text of statements or rows.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    "synchronous_commit": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

# The locks that this process holds until it ends, by folder.
_held: dict[Path, int] = {}


def attach(place: Place) -> None:
    """Make sure that the server runs, has the database, and stays until this process ends.

    A few milliseconds when it runs already. PlaceError when it cannot run here.
    """
    if place.folder in _held:
        return
    place.prepare()
    with door(place):
        users = open_lock(place, "users")
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            ensure_keeper(place)
            ensure_running(place)
            ensure_database(place)
        except BaseException:
            os.close(users)
            raise
        _held[place.folder] = users


@contextmanager
def serving(place: Place) -> Iterator[None]:
    """Keep the server for the whole of a long command, and stop it before the command ends, not just after."""
    attach(place)
    try:
        yield
    finally:
        os.close(_held.pop(place.folder))
        stop(place)


def keep(place: Place, keeper: int) -> None:
    """The keeper's whole life: wait until nobody uses the server, stop it, let go of its own lock, end."""
    users = open_lock(place, "users")
    while True:
        fcntl.flock(users, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_UN)
        wait_for_next_user(place)
        with door(place):
            if stop_if_unused(place, users):
                # Behind the shut door: the next user must not mistake a keeper that is leaving for one that
                # stays.
                os.close(keeper)
                return


def wait_for_next_user(place: Place) -> None:
    """Give the next user a moment to come, unless somebody has stopped the server already."""
    deadline = time.monotonic() + SECONDS_BEFORE_STOPPING
    while place.pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)


def stop(place: Place) -> bool:
    """Stop the server now unless somebody uses it; whether it is stopped."""
    if not place.data.exists():
        return True
    place.prepare()
    users = open_lock(place, "users")
    try:
        with door(place):
            return stop_if_unused(place, users)
    finally:
        os.close(users)


def stop_if_unused(place: Place, users: int) -> bool:
    """Stop the server when `users` is free; whether it was free. Only behind the shut door."""
    if not try_lock(users):
        return False
    try:
        remove_stale_pid_file(place)
        if place.pid_file.exists():
            run(place, "pg_ctl", "stop", "-w", "-t", "30", "-m", "fast", "-D", place.data)
    finally:
        fcntl.flock(users, fcntl.LOCK_UN)
    return True


def ensure_keeper(place: Place) -> None:
    """Start the keeper if none is alive: before the server, so that no server is ever without one."""
    keeper = open_lock(place, "keeper")
    try:
        if not try_lock(keeper):
            return
        with (place.folder / "keeper.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", __package__, "keep", place.folder, place.socket_folder, str(keeper)],
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                # The keeper inherits the lock itself, so there is no moment in which a second one could
                # start.
                pass_fds=[keeper],
            )
        # It outlives this process on purpose: no warning that nobody waited for it.
        process.returncode = 0
    finally:
        os.close(keeper)


def ensure_running(place: Place) -> None:
    """Start the server unless it answers. PlaceError with what it said when it does not come up."""
    if answers(place):
        return
    if not place.data.exists():
        create_data(place)
    socket_folder = shlex.quote(f'-k"{place.socket_folder}"')
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        remove_stale_pid_file(place)
        start = ["start", "-w", "-t", "30", "-s", "-D", place.data, "-l", place.log, "-o", socket_folder]
        said = run(place, "pg_ctl", *start).stdout
        if answers(place):
            return
        if time.monotonic() > deadline:
            raise PlaceError(f"The embedded PostgreSQL does not start, see {place.log}\n{said}")
        # What a killed server left running goes away by itself within a moment.
        time.sleep(0.5)


def create_data(place: Place) -> None:
    """Make the data folder with initdb: under another name first, so that half is never taken for whole."""
    print("Preparing the embedded PostgreSQL (once)…", file=sys.stderr, flush=True)
    unfinished = place.data.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    own_folder(unfinished, place.account().pw_uid, 0o700)
    settings = [part for name, value in SERVER_SETTINGS.items() for part in ("--set", f"{name}={value}")]
    # The builtin locale sorts alike on every machine; trust is safe behind a socket folder closed to others.
    made = run(
        place,
        "initdb",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
        *settings,
        f"--username={place.ROLE}",
        f"--pgdata={unfinished}",
    )
    if made.returncode:
        raise PlaceError(f"The embedded PostgreSQL cannot make its data folder:\n{made.stdout}")
    unfinished.rename(place.data)


def ensure_database(place: Place) -> None:
    """Make the database if the server has none yet."""
    with connect(place) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [place.DATABASE]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(place.DATABASE)))


def connect(place: Place) -> psycopg.Connection:
    """A connection to the server's own database; psycopg.OperationalError when nobody answers."""
    return psycopg.connect(
        host=str(place.socket_folder),
        port=place.PORT,
        user=place.ROLE,
        dbname="postgres",
        connect_timeout=10,
        autocommit=True,
    )


def answers(place: Place) -> bool:
    """Does the server take connections?"""
    try:
        connect(place).close()
    except psycopg.OperationalError:
        return False
    return True


def remove_stale_pid_file(place: Place) -> None:
    """Remove the pid file of a killed server whose number another process may have by now.

    PostgreSQL would refuse to start, and pg_ctl would stop that process.
    """
    try:
        pid = int(place.pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if "postgres" not in command_line(pid):
        place.pid_file.unlink(missing_ok=True)


def command_line(pid: int) -> str:
    """The command line of a process; empty when there is no such process or it has ended."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout


def run(place: Place, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a PostgreSQL program as the server's account, out of reach of Ctrl-C and of PG* variables."""
    account = place.account()
    other_account: dict[str, Any] = {}
    if os.geteuid() == 0:
        other_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return subprocess.run(
        [place.program(program), *arguments],
        # The checkout may be closed to the account.
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        check=False,
        **other_account,
    )


@contextmanager
def door(place: Place) -> Iterator[None]:
    """Hold the lock under which the server is started or stopped; waits for whoever is at it."""
    lock = open_lock(place, "door")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def open_lock(place: Place, name: str) -> int:
    """A descriptor of the named lock file, made if need be; not inherited by the programs one starts."""
    return os.open(place.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def try_lock(lock: int) -> bool:
    """Take the lock if nobody has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
