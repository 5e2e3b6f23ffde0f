"""What the tests of the door share: a name, an address, beginnings of answers, and asking why there is none."""

import pytest

from posts.links.door import DoorError, get

NAME = "ok.example"
HOSTS = frozenset({NAME, "also.example"})
PAGE = f"https://{NAME}/"
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
UNTIL_CLOSED = JSON_HEAD + b"\r\n"


def refusal(address=PAGE, *, hosts=HOSTS):
    """Why the door gives no answer for an address."""
    with pytest.raises(DoorError) as refused:
        get(address, hosts=hosts)
    return refused.value.refusal
