"""`python -m tests.soak load`: plays one soak, prints its table, and exits with 1 when a promise is broken."""

import argparse
import sys
from importlib import import_module

from tests.soak.stage import stage
from tests.soak.table import as_text

SOAKS = ("load", "kill_web", "kill_postgres", "kill_worker", "moderators", "redos", "faults")


def main():
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=sys.modules[__name__].__doc__)
    parser.add_argument("soak", choices=SOAKS)
    parser.add_argument("--share", type=float, default=1.0, help="0.05: a twentieth of the counts, for a quick look")
    options = parser.parse_args()
    with stage() as here:
        import django

        django.setup()
        lines = import_module(f"tests.soak.{options.soak}").run(
            here, lambda number: max(1, int(number * options.share))
        )
    print(as_text(lines))
    return 0 if all(line.kept for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
