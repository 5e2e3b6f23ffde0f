"""`python -m config.embedded_postgres stop` stops the server unless it is in use; `remove` removes it too."""

import shutil
import sys
from pathlib import Path

from config.embedded_postgres.place import Place
from config.embedded_postgres.server import keep, stop

CHECKOUT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Do what the first argument names; the exit status."""
    match arguments:
        case ["keep", folder, socket_folder, lock]:  # the keeper process that `attach` starts; not for people
            keep(Place(folder=Path(folder), socket_folder=Path(socket_folder)), int(lock))
        case ["stop"]:
            stop(Place.of(CHECKOUT))
        case ["remove"]:
            place = Place.of(CHECKOUT)
            if not stop(place):
                print("The embedded PostgreSQL is in use: end what uses it first.", file=sys.stderr)
                return 1
            shutil.rmtree(place.folder, ignore_errors=True)
            shutil.rmtree(place.socket_folder, ignore_errors=True)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
