"""Is the web server of this container alive? For HEALTHCHECK: ends with 0 when /healthz says so, else with 1."""

import os
import sys
from urllib.request import Request, urlopen  # noqa: TID251 - asks the process beside it, and nobody else

ADDRESS = "http://127.0.0.1:8000/healthz"


def main():
    """Ask under a name that the site answers to; whatever goes wrong ends with an error, and so with 1."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    with urlopen(Request(ADDRESS, headers={"Host": host}), timeout=4) as answer:
        sys.exit(answer.status != 200)


main()
