"""Django's PostgreSQL backend, which starts the embedded server before the first connection."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, client

from config.embedded_postgres.place import Place
from config.embedded_postgres.server import attach

PLACE = Place.of(Path(__file__).resolve().parents[2])


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell` with the wheel's own psql: the machine may have none."""

    def runshell(self, parameters: list[str]) -> None:
        """Start the server if need be, then psql."""
        attach(PLACE)
        self.executable_name = str(PLACE.program("psql"))
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the server when Django asks how to connect: later is too late, earlier is not needed."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """The connection parameters of a server that runs. PlaceError when it cannot."""
        attach(PLACE)
        return super().get_connection_params()
