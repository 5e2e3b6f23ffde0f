#!/usr/bin/env python
"""Django's command-line entry. An embedded PostgreSQL starts when a command first asks for a row."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:] == ["serve"]:
        from posts.management.commands.serve import serve

        sys.exit(serve())
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit("Django is not installed here: run `make setup`, use .venv/bin/python") from error
    with server_of_reloader():
        execute_from_command_line(sys.argv)


def server_of_reloader() -> AbstractContextManager[None]:
    """For `runserver` and `run_here` on the embedded PostgreSQL: a hold on it while reloaded children come and go.

    When the command ends, by Ctrl-C too, PostgreSQL has stopped before it.
    """
    if sys.argv[1:2] in (["runserver"], ["run_here"]) and "RUN_MAIN" not in os.environ:
        from django.conf import settings

        if settings.DATABASES["default"]["ENGINE"] == "config.embedded_postgres":
            from config.embedded_postgres.place import Place
            from config.embedded_postgres.server import serving

            return serving(Place.of(settings.BASE_DIR))
    return nullcontext()


if __name__ == "__main__":
    main()
