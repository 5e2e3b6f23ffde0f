"""Servers and resolvers that behave badly, described by a dictionary: the form of the collection `ssrf_scenarios`."""

import datetime
import gzip
import json
import time

import trustme

from tests.fake_internet import context_for, redirect, reply
from tests.posts.links.visits import CHUNKED, JSON_HEAD, NAME

BODY = b'{"a": 1}'
ODD_BODIES = {"odd": b'{"a": NaN, "a": Infinity}', "oembed": b'{"html": "<iframe srcdoc=x><script>x</script>"}'}
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)


def put(internet, behaviour):
    """Put a server at NAME that behaves like this. Returns the Site, or None if nobody knows how."""
    behaviour = json.loads(json.dumps(behaviour).replace("{canary}", str(internet.canary.port)))
    if "answers" in behaviour:
        site = internet.serve(NAME, reply(BODY))
        answers = (OSError("no such name") if answer == "gaierror" else answer for answer in behaviour["answers"])
        internet.answer(NAME, *answers)
        return site
    if "tls" in behaviour:
        own = {"issuer": trustme.CA()} if behaviour["tls"] == "self" else {"expires": YESTERDAY}
        return internet.serve(NAME, reply(BODY), context=context_for(NAME, **own))
    says = next((says for key, says in SAYS.items() if key in behaviour), None)
    return says and internet.serve(NAME, says(behaviour))


def _chain(behaviour):
    return lambda asked: redirect(f"/{int(asked.target[1:] or behaviour['chain']) - 1}")


def _headers(behaviour):
    headers = behaviour["headers"]
    if isinstance(headers, int):
        headers = {f"X-{number}": "x" for number in range(headers)}
    return reply(BODY, headers=headers.items())


def _drip(behaviour):
    for byte in reply(BODY):
        yield bytes([byte])
        time.sleep(0.02)


def _hang(behaviour):
    time.sleep(1)
    yield reply(BODY)


def _bomb(behaviour):
    bomb = gzip.compress(b"0" * 2_000_000)
    return reply(bomb, headers=[("Content-Encoding", "gzip")])


def _odd_json(behaviour):
    return reply(ODD_BODIES.get(behaviour["json"]) or b'{"a": "%s"}' % behaviour["json"].encode())


# What the server says, by the key that gives its behaviour away; the first that is there.
SAYS = {
    "location": lambda behaviour: redirect(behaviour["location"], behaviour["status"]),
    "chain": _chain,
    "loop": lambda behaviour: redirect("/"),
    "headers": _headers,
    "header_drip": lambda behaviour: lambda asked: _drip(behaviour),
    "hang": lambda behaviour: lambda asked: _hang(behaviour),
    "content_length": lambda behaviour: JSON_HEAD + b"Content-Length: %d\r\n\r\n" % behaviour["content_length"] + BODY,
    # The second answer hides behind the length of the first.
    "cl": lambda behaviour: reply(BODY) + reply({"b": "smuggled"}),
    "gzip_ratio": _bomb,
    "encodings": lambda behaviour: reply(BODY, headers=[("Content-Encoding", ", ".join(behaviour["encodings"]))]),
    "chunk": lambda behaviour: CHUNKED + behaviour["chunk"].encode() + b"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "status": lambda behaviour: reply(BODY, status=behaviour["status"]),
    "content_type": lambda behaviour: reply(BODY, content_type=behaviour["content_type"]),
    "json": _odd_json,
    "bytes": lambda behaviour: reply(behaviour["bytes"].encode().decode("unicode_escape").encode("latin-1")),
    "oembed": lambda behaviour: reply(ODD_BODIES["oembed"]),
}
