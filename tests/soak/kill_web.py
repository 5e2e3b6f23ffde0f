"""kill -9 of the web server, all its processes at once, a hundred times while people paste posts."""

import random
import time

from tests.soak.submitting import Crowd, kept
from tests.soak.table import at_most, percentile, told

TIMES = 100
RECOVERY = 5


def run(here, scaled):
    """The Lines."""
    times, back = scaled(TIMES), []
    with here.web() as web:
        with Crowd(web) as crowd:
            for _ in range(times):
                # Not before somebody got through: a server that is always killed at once would prove little.
                crowd.until_more_are_taken()
                time.sleep(random.uniform(0, 0.5))
                web.kill()
                began = time.monotonic()
                web.start()
                web.until_it_answers()
                back.append(time.monotonic() - began)
        lines = kept(crowd)
    return [
        told("web server killed", times),
        *lines,
        told("recovery, median", f"{percentile(back, 0.5):.2f} s"),
        at_most("recovery, slowest", max(back), RECOVERY),
    ]
