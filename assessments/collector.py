"""Python's collector of rubbish, out of the way for a while."""

import gc
from contextlib import contextmanager


@contextmanager
def collector_off():
    """Do not look for rubbish meanwhile: where millions of small things are made and nearly all kept, the collector,
    which would go through them again and again, takes half of the time."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()
