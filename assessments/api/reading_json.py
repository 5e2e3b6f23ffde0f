"""JSON as every reader of JSON takes it: UTF-8, no NaN, no name twice."""

import json


def from_json(body):
    """What `body` (bytes) says. Raises ValueError, or RecursionError when it is nested too deeply."""
    return json.loads(body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_once_each)


def _refuse(name):
    raise ValueError("not JSON")


def _once_each(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
