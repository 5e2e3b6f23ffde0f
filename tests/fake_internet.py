"""An internet of our own: HTTPS servers on loopback, names that only it knows, and a canary that nobody may reach.

    def test_it(fake_internet):                                   # the fixture stands in tests/conftest.py
        site = fake_internet.serve("public.api.bsky.app", reply({"thread": …}))
        …                                                         # whatever fetches, in this process: live_server too
        assert site.requests[0].target == "/xrpc/…"

What a site says is bytes, pieces of bytes (a generator may take its time), or a function of the Request that gives
either. `reply` makes the bytes of an ordinary answer. Only the name and the connection are borrowed: TLS, HTTP and
everything that the door does are real. Afterwards every connection must have gone to a site that was served.
"""

import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import count

import trustme

from posts.links.door import Internet

LOOPBACK = "127.0.0.1"
Said = bytes | Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Request:
    """What a site was asked. The names of `headers` are in small letters."""

    target: str
    headers: dict[str, str]


def reply(body=b"", *, status=200, content_type="application/json", headers=(), packed=False):
    """The bytes of an HTTP answer. `body` is bytes, text, or anything that JSON can say; `packed`: with gzip."""
    if not isinstance(body, bytes | str):
        body = json.dumps(body)
    body = body.encode() if isinstance(body, str) else body
    body = gzip.compress(body, mtime=0) if packed else body
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *(f"{name}: {text}" for name, text in headers)]
    lines += [f"Content-Type: {content_type}"] * bool(content_type) + ["Content-Encoding: gzip"] * packed
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location, status=302):
    """The bytes of an answer that sends us elsewhere."""
    return reply(status=status, content_type="text/html", headers=[("Location", location)])


@cache
def authority():
    """The certificate authority that this internet trusts."""
    return trustme.CA()


@cache
def trusting_context():
    """The TLS of a visitor who trusts our authority, and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(context)
    return context


@cache
def context_for(*names, issuer=None, expires=None):
    """The TLS of a server with a certificate for these names, from our authority unless told otherwise."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (issuer or authority()).issue_cert(*names, not_after=expires).configure_cert(context)
    return context


class Listener:
    """A TCP server on loopback that gives each connection to `talk`, in a thread of its own."""

    def __init__(self, talk: Callable[[socket.socket], None]):
        self.talk = talk
        self.reached = 0
        self._door = socket.create_server((LOOPBACK, 0))
        self.port = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self):
        # Closing alone would not wake the thread that waits in accept.
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()

    def _listen(self):
        with suppress(OSError):
            while True:
                visitor, _ = self._door.accept()
                self.reached += 1
                threading.Thread(target=self._meet, args=[visitor], daemon=True).start()

    def _meet(self, visitor):
        # Whoever is refused hangs up: that is the visitor's business.
        with visitor, suppress(OSError):
            self.talk(visitor)


class Site:
    """An HTTPS server. `requests` are those that reached it, in order."""

    def __init__(self, says, context):
        self.says, self.context = says, context
        self.requests: list[Request] = []
        self.listener = Listener(self._talk)

    def _talk(self, visitor):
        with self.context.wrap_socket(visitor, server_side=True) as secured:
            request = _read_request(secured)
            if request is None:
                return
            self.requests.append(request)
            said = self.says(request) if callable(self.says) else self.says
            for piece in [said] if isinstance(said, bytes) else said:
                secured.sendall(piece)


def _read_request(secured):
    """The Request that was sent, or None when the visitor left before."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = secured.recv(4096)
        if not more:
            return None
        head += more
    first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Request(first.split(" ")[1], {name.lower(): text for name, text in pairs})


class FakeInternet:
    """All sites, who looked which name up (`lookups`) and where connections went (`connections`, IP addresses)."""

    def __init__(self):
        self.lookups: list[str] = []
        self.connections: list[str] = []
        # What looking up a name that nobody was put at gives.
        self.unknown: object = socket.gaierror(socket.EAI_NONAME, "unknown")
        self.canary = Listener(lambda visitor: None)
        self._answers: dict[str, object] = {}
        self._listeners: dict[str, Listener | None] = {}
        self._numbers = count(1)
        self.behind_the_door = Internet(resolve=self._resolve, connect=self._connect, tls=trusting_context)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        for listener in filter(None, (self.canary, *self._listeners.values())):
            listener.close()
        if not failure[0]:
            self.check_nothing_else_was_reached()

    def serve(self, name, says, *, context=None):
        """Put a site at a name, with a certificate for it or the TLS given. Returns the Site."""
        site = Site(says, context or context_for(name))
        self._put(name, site.listener)
        return site

    def serve_raw(self, name, talk):
        """Put a TCP server at a name that need not speak TLS: `talk` gets each socket. Returns the Listener."""
        listener = Listener(talk)
        self._put(name, listener)
        return listener

    def answer(self, name, *answers):
        """What looking a name up gives, one after the other, the last one for ever.

        Each is a list of IP addresses, an error to raise, or a function that gives a list in its own time.
        """
        self._answers[name] = list(answers)

    def dead_address(self):
        """A public IP address at which nobody takes a connection."""
        address = self._new_address()
        self._listeners[address] = None
        return address

    def address_of(self, name):
        """The public IP address that a site was given."""
        return self._answers[name][0][0]

    def check_nothing_else_was_reached(self):
        """Fail if a connection went anywhere but to a site that was served."""
        strangers = [address for address in self.connections if address not in self._listeners]
        assert strangers == [], f"connected to {strangers}"
        assert self.canary.reached == 0, "the canary was reached"

    def _put(self, name, listener):
        address = self._new_address()
        self._listeners[address] = listener
        self._answers[name] = [[address]]

    def _new_address(self):
        return f"93.184.216.{next(self._numbers)}"

    def _resolve(self, host):
        self.lookups.append(host)
        answers = self._answers.get(host, [self.unknown])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else answer

    def _connect(self, address, seconds):
        self.connections.append(address)
        listener = self._listeners.get(address, self.canary)
        if listener is None:
            raise ConnectionRefusedError
        return socket.create_connection((LOOPBACK, listener.port), timeout=seconds)
