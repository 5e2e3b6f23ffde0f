"""Whether waiting for the database was just now in vain, so that nobody waits for it twice on the way to one answer.

Remembered for a moment and for one thread only: what one request found out must not turn others away.
"""

import threading
import time

from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

# No connection, none free in time, a statement that took too long, a full disk: all of it passes.
NO_DATABASE = (OperationalError, InterfaceError)
# Longer than it takes to make a page; shorter than anybody could notice that the database is back.
A_MOMENT = 1.0
_here = threading.local()


def note(error):
    """Remember that there was no connection, if that is what this error of the database says."""
    if isinstance(error.__cause__, PoolTimeout):
        _here.until = time.monotonic() + A_MOMENT


def is_known():
    """Whether this thread has waited for a connection a moment ago and got none."""
    return time.monotonic() < getattr(_here, "until", 0)


def not_again():
    """For a page that cannot do without the database. Raises OperationalError when it is known to be out of reach."""
    if is_known():
        raise OperationalError("There was no connection a moment ago.")
