"""`python -m tests.soak load`: play one soak or several, print their tables, exit with 1 when a promise is broken."""

import argparse
import sys
from importlib import import_module

from tests.soak.stage import stage
from tests.soak.table import as_text

SOAKS = (
    "load",
    "kill_web",
    "kill_postgres",
    "kill_worker",
    "moderators_over_http",
    "redos",
    "faults",
    "observatory",
    "proxy",
)


def main():
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=sys.modules[__name__].__doc__)
    parser.add_argument("soaks", nargs="+", choices=SOAKS, metavar="soak", help=", ".join(SOAKS))
    parser.add_argument("--share", type=float, default=1.0, help="0.05: a twentieth of the counts, for a quick look")
    options = parser.parse_args()
    kept = True
    with stage() as here:
        import django

        django.setup()
        for name in options.soaks:
            here.begin_anew()
            lines = import_module(f"tests.soak.{name}").run(here, lambda number: max(1, int(number * options.share)))
            print(f"\n{name}\n\n{as_text(lines)}", flush=True)
            kept = kept and all(line.kept for line in lines)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
