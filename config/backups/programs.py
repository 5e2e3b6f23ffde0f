"""PostgreSQL's own programs, and how they and we reach the database."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from config.backups import BackupError
from config.embedded_postgres.place import MAJOR, is_installed, wheel_folder

# What libpq understands of DATABASES; the limits that settings.py sets on statements are not for these programs.
KEYWORDS = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"options"}
DEBIANS_OWN = Path("/usr/lib/postgresql")


def parameters(database=None):
    """Where the database is, in libpq's words; `database` names another one on the same server."""
    there = connection.settings_dict
    named = {
        "host": there["HOST"],
        "port": there["PORT"],
        "user": there["USER"],
        "password": there["PASSWORD"],
        "dbname": database or there["NAME"],
    }
    options = {name: value for name, value in there["OPTIONS"].items() if name in KEYWORDS}
    return {name: str(value) for name, value in (options | named).items() if value not in ("", None)}


def address(database):
    """The same as an address for DATABASE_URL."""
    found = parameters(database)
    user, password = (quote(found.pop(name, ""), safe="") for name in ("user", "password"))
    host, port, name = (quote(found.pop(name, ""), safe="") for name in ("host", "port", "dbname"))
    who = f"{user}{':' if password else ''}{password}@" if user else ""
    where = f"{host}{':' if port else ''}{port}"
    return f"postgresql://{who}{where}/{name}?{urlencode(found)}".rstrip("?")


def command(name, *arguments, database=None):
    """(words, environment) of a program of PostgreSQL for this server. Raises BackupError when there is none.

    The password goes by the environment: words of a command can be read by everybody on the machine.
    """
    found = parameters(database)
    password = found.pop("password", None)
    environment = os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
    return [str(program(name)), *arguments, f"--dbname={make_conninfo(**found)}"], environment


def program(name):
    """The path of a program that is as new as the server: an older pg_dump refuses."""
    # This also starts the embedded server.
    connection.ensure_connection()
    server = connection.pg_version // 10_000
    candidates = [(major(path), path) for path in (shutil.which(name),) if path]
    if is_installed():
        candidates.append((MAJOR, wheel_folder() / f"pginstall{MAJOR}" / "bin" / name))
    candidates += [(int(path.parts[-3]), path) for path in DEBIANS_OWN.glob(f"[0-9]*/bin/{name}")]
    fitting = [(number, path) for number, path in candidates if number >= server and Path(path).exists()]
    if not fitting:
        raise BackupError(
            f"The server is PostgreSQL {server}, and there is no {name} here that is as new. "
            f"On Debian: apt-get install postgresql-client-{server}"
        )
    return min(fitting, key=lambda found: found[0])[1]


def major(path):
    """The major version that a program says it has; 0 when it says nothing."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.search(r"\) (\d+)", said)
    return int(numbers[1]) if numbers else 0
