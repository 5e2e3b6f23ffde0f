"""Keyset paging: a cursor names the last row that was shown, so that the hundredth page costs what the first does."""

import base64
import json

from assessments.api.problems import no_such_page

MOST = 100
FIRST = 50


def cursor_of(*place):
    """A cursor for what JSON can hold."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_of(cursor, *kinds):
    """What a cursor names: one value of each of these types; None without a cursor. Raises Problem."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        place = None
    if not isinstance(place, list) or [type(one) for one in place] != list(kinds):
        raise no_such_page()
    return place
