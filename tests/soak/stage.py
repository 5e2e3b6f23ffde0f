"""A production set-up of its own for one soak: PostgreSQL, settings, first content; all of it gone afterwards.

Loopback and a socket in a temporary folder only. Made before Django is set up, so nothing here may import it.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from cryptography.fernet import Fernet

from config.embedded_postgres import server
from config.embedded_postgres.place import Place
from tests.soak.web import PRODUCT, Web

ROOT = Path(__file__).resolve().parents[2]
# What every stage needs. Read twice would be two answers a case; the limits of posts are another promise's business.
VARIABLES = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "0",
    "ALLOWED_HOSTS": "127.0.0.1",
    "BEHIND_HTTPS_PROXY": "1",
    "SCREENSHOTS": "0",
    "RATE_LIMIT_PER_ADDRESS": "1000000000",
    "RATE_LIMIT_GLOBAL": "1000000000",
    "SECOND_READING_OF_SEVERE": "0",
    "SECOND_READING_PERCENT": "0",
}
PREPARED = "prepared"
COMMANDS = (
    ["migrate", "--verbosity", "0"],
    ["make_roles"],
    ["load_first_content"],
    ["load_ruling_reasons"],
    ["collectstatic", "--noinput", "--verbosity", "0"],
)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where a soak plays. `environment` is that of every process on it."""

    place: Place
    environment: dict[str, str]

    def manage(self, *arguments):
        """Run manage.py. Raises CalledProcessError with what it said."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True, stdout=sys.stderr
        )

    def process(self, *arguments, **variables):
        """Start a Python process that leads a group of its own. Returns the Popen."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment | variables,
            stdout=subprocess.DEVNULL,
            stderr=self.log,
            start_new_session=True,
        )

    @property
    def log(self):
        """Where processes write. Opened anew each time: each process has its own end of it."""
        return (self.place.folder.parent / "processes.log").open("ab")

    @contextmanager
    def web(self, application=PRODUCT, **variables):
        """A running Web that answers; killed on leaving."""
        web = Web(self, application, variables)
        web.start()
        try:
            web.until_it_answers()
            yield web
        finally:
            web.kill()

    def begin_anew(self):
        """Give the next soak the database as it was when the stage was made."""
        from django.db import connection

        connection.close()
        connection.close_pool()
        with server.connect(self.place) as there:
            there.execute(f"DROP DATABASE {self.place.DATABASE} WITH (FORCE)")
            there.execute(f"CREATE DATABASE {self.place.DATABASE} TEMPLATE {PREPARED}")

    def start_postgres(self):
        """Start PostgreSQL again after it was stopped or killed."""
        server.ensure_running(self.place)

    def stop_postgres(self, mode="immediate"):
        """Stop PostgreSQL: nobody answers until `start_postgres`."""
        server.run(self.place, "pg_ctl", "stop", "-w", "-t", "30", "-m", mode, "-D", self.place.data)


@contextmanager
def stage():
    """A Stage with the first content published. os.environ is that of its processes from then on."""
    folder = Path(tempfile.mkdtemp(prefix="soak-", dir="/tmp"))
    folder.chmod(0o711)
    place = Place(folder=folder / "postgres", socket_folder=folder / "postgres" / "socket")
    try:
        with server.serving(place):
            # The development server trades the last quarter of a second for speed. Production keeps its word.
            with server.connect(place) as connection:
                connection.execute("ALTER SYSTEM SET synchronous_commit = on")
                connection.execute("SELECT pg_reload_conf()")
            # What processes leave behind for the next start goes with the stage.
            os.environ.update(variables_of(place) | {"TMPDIR": str(folder)})
            here = Stage(place=place, environment=dict(os.environ))
            for command in COMMANDS:
                here.manage(*command)
            with server.connect(place) as connection:
                connection.execute(f"ALTER DATABASE {place.DATABASE} RENAME TO {PREPARED}")
                connection.execute(f"CREATE DATABASE {place.DATABASE} TEMPLATE {PREPARED}")
            yield here
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def variables_of(place):
    """The environment of production on this PostgreSQL."""
    address = f"postgres://{place.ROLE}@{quote(str(place.socket_folder), safe='')}:{place.PORT}/{place.DATABASE}"
    keys = {"SECRET_KEY": secrets.token_urlsafe(50), "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode()}
    return VARIABLES | keys | {"DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
