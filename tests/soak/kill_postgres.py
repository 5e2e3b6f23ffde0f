"""kill -9 of PostgreSQL's first process, fifty times while people paste posts. Its others see that and end."""

import operator
import os
import random
import signal
import time

from tests.soak.submitting import Crowd, kept
from tests.soak.table import at_most, percentile, told

TIMES = 50
RECOVERY = 5


def run(here, scaled):
    """The Lines. How long PostgreSQL takes to repair itself is its own business; after that it is ours."""
    times, back, up = scaled(TIMES), [], []
    with here.web() as web:
        with Crowd(web) as crowd:
            for _ in range(times):
                time.sleep(random.uniform(0.3, 1.5))
                os.kill(int(here.place.pid_file.read_text().split()[0]), signal.SIGKILL)
                began = time.monotonic()
                here.start_postgres()
                up.append(time.monotonic() - began)
                web.until_it_answers("/readyz")
                back.append(time.monotonic() - began)
        lines = kept(crowd)
    return [
        told("PostgreSQL killed", times),
        *lines,
        told("PostgreSQL itself back, median · slowest", f"{percentile(up, 0.5):.2f} s · {max(up):.2f} s"),
        told("pages back after the kill, median · slowest", f"{percentile(back, 0.5):.2f} s · {max(back):.2f} s"),
        at_most("pages back after PostgreSQL, slowest", max(map(operator.sub, back, up)), RECOVERY),
    ]
