"""The one door to the network: ask a public web server for one small answer, or say why there is none.

    answer = get("https://…", hosts=frozenset({"…"}))    an Answer of any status, or DoorError

Whoever pastes a link chooses what we fetch, so nothing inside may be reachable from here, and nothing may hang:

- `destinations` reads the address: https, port 443, a name that is allowed, no number of a machine;
- a name is looked up once, every answer must be public (`addresses`), and the connection goes to what was checked,
  while TLS still asks for the name;
- each redirect is a new address, checked like the first;
- one end for everything together: lookup, connecting, handshake, headers, body. Each single wait gets what is left;
- bytes are counted as they arrive and again as they are unpacked. Reading stops at the limit, not after it.

There are no proxies, cookies, passwords or second tries, and no variable of the environment changes that.
"""

import logging
import socket  # noqa: TID251
import ssl
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException  # noqa: TID251
from urllib.parse import urljoin

from urllib3.connection import HTTPSConnection  # noqa: TID251
from urllib3.exceptions import HTTPError, ReadTimeoutError  # noqa: TID251

from posts.links.addresses import is_public
from posts.links.answers import Answer, DoorError, Refusal
from posts.links.destinations import destination

USER_AGENT = "SecondLook/0.1"
JSON_TYPES = frozenset({"application/json"})
HTML_TYPES = frozenset({"text/html"})
# Anything else is no answer to what we ask: other protocols, other copies, numbers that mean nothing.
ANSWERS = frozenset({*range(200, 300), *range(400, 600)})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 3

SECONDS = 6.0
# For one address of several: a dead one must leave time for the next.
CONNECT_SECONDS = 2.0
MOST_ADDRESSES = 8
MOST_LOOKUPS = 8

HEADER_BYTES = 64 * 1024
BODY_BYTES = 512 * 1024
# As it comes over the wire, with the seams of its chunks.
WIRE_BYTES = 2 * BODY_BYTES
PIECE_BYTES = 16 * 1024
LONGEST_RETRY = 24 * 3600
# What zlib calls a stream with the head and the tail of gzip.
GZIP = zlib.MAX_WBITS | 16

# At a malformed header urllib3 would write the whole address, which somebody pasted in confidence, into our log.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)


def _resolve(host):
    # The dot says that the name is whole: without it the resolver would also try it inside our own domain.
    found = socket.getaddrinfo(f"{host}.", 443, type=socket.SOCK_STREAM)
    return [address[4][0] for address in found]


def _connect(address, seconds):
    return socket.create_connection((address, 443), timeout=seconds)


@cache
def _tls():
    # Not `create_default_context`, which would write keys to a file if the environment names one.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True, slots=True, kw_only=True)
class Internet:
    """What lies behind the door. Tests put an internet of their own here.

    `resolve(host)` gives all IP addresses of a name, `connect(address, seconds)` a socket to port 443 of one (both
    may raise OSError), `tls()` the context that knows whom to trust.
    """

    resolve: Callable[[str], list[str]]
    connect: Callable[[str, float], socket.socket]
    tls: Callable[[], ssl.SSLContext]


INTERNET = Internet(resolve=_resolve, connect=_connect, tls=_tls)
# Looking a name up cannot be broken off. It waits in a thread, and no attack can make more of them than these.
_LOOKUPS = ThreadPoolExecutor(max_workers=MOST_LOOKUPS, thread_name_prefix="lookup")


class _Limits:
    """What one connection may still take: the time until `ends_at`, and bytes off the wire."""

    def __init__(self, ends_at):
        self.ends_at = ends_at
        self.bytes_left = HEADER_BYTES

    def seconds(self):
        """The seconds left. Raises DoorError(DEADLINE) when there are none."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise DoorError(Refusal.DEADLINE)
        return left

    def take(self, count):
        """Count bytes that came. Raises DoorError(TOO_BIG) when they are too many."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise DoorError(Refusal.TOO_BIG)


class _LimitedSocket(ssl.SSLSocket):
    """A TLS socket that a drip cannot hold: every wait is only as long as what is left of the whole.

    `recv_into` is the only way in which http.client reads. The handshake, which is one wait, is limited by its caller.
    """

    limits: _Limits

    def recv_into(self, *args, **kwargs):
        self.settimeout(self.limits.seconds())
        count = super().recv_into(*args, **kwargs)
        self.limits.take(count)
        return count


class _Connection(HTTPSConnection):
    """One connection for one request, to an address that was checked. `connect` is its only way to the network."""

    def __init__(self, host, limits):
        super().__init__(host, 443, timeout=SECONDS)
        self.limits = limits

    def connect(self):
        context = INTERNET.tls()
        context.sslsocket_class = _LimitedSocket
        raw = _first_that_answers(_public_addresses(self.host, self.limits), self.limits)
        try:
            raw.settimeout(self.limits.seconds())
            self.sock = context.wrap_socket(raw, server_hostname=self.host)
        except ssl.SSLError:
            raise DoorError(Refusal.TLS) from None
        finally:
            # Once wrapped it holds nothing any more, and closing it does nothing.
            raw.close()
        self.sock.limits = self.limits


def get(address, *, hosts, types=JSON_TYPES):
    """Fetch an https address, following up to MOST_REDIRECTS redirects, and return the Answer, of whatever status.

    `hosts` are the only host names allowed, for redirects too; None allows any public name. A success must be of one
    of `types`, and every body that is read is at most BODY_BYTES unpacked. Raises DoorError, and nothing else. Call it
    outside any transaction: it takes up to SECONDS.
    """
    ends_at = time.monotonic() + SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        there = destination(address, hosts)
        if there is None:
            raise DoorError(Refusal.ADDRESS)
        limits = _Limits(ends_at)
        with _named_errors(), _asked(there, types, limits) as response:
            if response.status not in REDIRECTS:
                return _answer(response, there.address, types, limits)
            address = _redirected(there.address, response.headers.get("location", ""))
    raise DoorError(Refusal.REDIRECTS)


@contextmanager
def _named_errors():
    """Give every way in which a conversation can fail its name. The first error stays out: it may quote the address."""
    try:
        yield
    except (TimeoutError, ReadTimeoutError):
        raise DoorError(Refusal.DEADLINE) from None
    except OSError:
        raise DoorError(Refusal.NETWORK) from None
    except (HTTPException, HTTPError, ValueError, zlib.error) as error:
        broke_off = isinstance(error.__cause__, OSError)
        raise DoorError(Refusal.NETWORK if broke_off else Refusal.GARBLED) from None


def _public_addresses(host, limits):
    """All IP addresses of a name, looked up once. Raises DoorError: DNS, DEADLINE, or PRIVATE if any is not public."""
    lookup = _LOOKUPS.submit(INTERNET.resolve, host)
    try:
        found = list(dict.fromkeys(lookup.result(timeout=limits.seconds())))
    except TimeoutError:
        lookup.cancel()
        raise DoorError(Refusal.DEADLINE) from None
    except (OSError, UnicodeError):
        raise DoorError(Refusal.DNS) from None
    if not found:
        raise DoorError(Refusal.DNS)
    if not all(map(is_public, found)):
        raise DoorError(Refusal.PRIVATE)
    return found[:MOST_ADDRESSES]


def _first_that_answers(found, limits):
    """A socket to the first of these addresses that takes one. Raises DoorError: CONNECT or DEADLINE."""
    for address in found:
        try:
            return INTERNET.connect(address, min(CONNECT_SECONDS, limits.seconds()))
        except OSError:
            continue
    limits.seconds()
    raise DoorError(Refusal.CONNECT)


@contextmanager
def _asked(there, types, limits):
    """The response to our request, read up to its body; closed at the end, with its connection."""
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ", ".join(sorted(types)),
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    with closing(_Connection(there.host, limits)) as connection:
        connection.request("GET", there.target, headers=headers, preload_content=False)
        with closing(connection.getresponse()) as response:
            if response.status not in ANSWERS | REDIRECTS:
                raise DoorError(Refusal.GARBLED)
            yield response


def _redirected(address, location):
    """Where a redirect leads, as yet unchecked. Without a location it leads nowhere."""
    if not location:
        raise DoorError(Refusal.GARBLED)
    try:
        return urljoin(address, location)
    except ValueError:
        raise DoorError(Refusal.ADDRESS) from None


def _answer(response, address, types, limits):
    """The Answer in a response that is no redirect. Raises DoorError(TYPE) at a success of another type."""
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_wanted = content_type in types
    if response.status < 300 and not is_wanted:
        raise DoorError(Refusal.TYPE)
    return Answer(
        address=address,
        status=response.status,
        content_type=content_type if is_wanted else "",
        body=_body(response, limits) if is_wanted else b"",
        retry_after=_retry_after(response.headers.get("retry-after", "")),
    )


def _body(response, limits):
    """The body, unpacked piece by piece. Raises DoorError: TOO_BIG, or GARBLED at a packing not asked for or broken."""
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in ("gzip", "identity", ""):
        raise DoorError(Refusal.GARBLED)
    if (response.length_remaining or 0) > BODY_BYTES:
        raise DoorError(Refusal.TOO_BIG)
    limits.bytes_left = WIRE_BYTES
    # Unpacked here and not by urllib3: so one byte over the limit is the most that is ever made of a bomb. (Some
    # servers call an empty body packed.)
    is_packed = packing == "gzip" and response.length_remaining != 0
    unpacker = zlib.decompressobj(wbits=GZIP) if is_packed else None
    body = bytearray()
    for piece in response.stream(PIECE_BYTES, decode_content=False):
        body += unpacker.decompress(piece, BODY_BYTES + 1 - len(body)) if unpacker else piece
        if len(body) > BODY_BYTES:
            raise DoorError(Refusal.TOO_BIG)
    if unpacker and (unpacker.unused_data or not unpacker.eof):
        raise DoorError(Refusal.GARBLED)
    return bytes(body)


def _retry_after(header):
    """The seconds that a server asks us to wait, given as a number or as a date: 0 to LONGEST_RETRY, else None."""
    if header.isascii() and header.isdigit():
        return min(int(header[:9]), LONGEST_RETRY)
    try:
        at = parsedate_to_datetime(header)
        seconds = (at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
    return int(min(max(seconds.total_seconds(), 0), LONGEST_RETRY))
