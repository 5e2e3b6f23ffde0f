"""The only door to tqdm: a bar on standard error that says how much of the input is done, and how fast it goes."""

import threading
import time
from contextlib import contextmanager

from tqdm import tqdm

SHAPE = "{desc}{percentage:3.0f} % |{bar}| {postfix}, {elapsed} gone, {remaining} to go"
SHAPE_WITHOUT_END = "{desc}{postfix}, {elapsed} gone"
SECONDS_ON_A_SCREEN, SECONDS_IN_A_FILE = 0.2, 10

# Workers are forked beside the bar: it may neither have a thread that watches it nor a lock between processes.
tqdm.monitor_interval = 0
tqdm.set_lock(threading.RLock())


@contextmanager
def shown(stream, *, total, rows=0, wanted=True):
    """A bar while the block runs. Gives a function that takes bytes done of `total` (0: unknown), and rows in all.

    `rows` have been done by a run before. Nothing is shown unless `wanted`.
    """
    is_screen = hasattr(stream, "isatty") and stream.isatty()
    bar = tqdm(
        total=total or None,
        file=stream,
        disable=not wanted,
        bar_format=(SHAPE if total else SHAPE_WITHOUT_END) + ("" if is_screen else "\n"),
        mininterval=SECONDS_ON_A_SCREEN if is_screen else SECONDS_IN_A_FILE,
        ncols=None if is_screen else 90,
        postfix="0 rows",
    )
    begun = time.monotonic()

    def moved(done, rows_in_all):
        rate = (rows_in_all - rows) / max(time.monotonic() - begun, 1e-6)
        bar.set_postfix_str(f"{rows_in_all:,} rows, {rate:,.0f} a second", refresh=False)
        bar.update(max(0, done - bar.n))

    with bar:
        yield moved
