"""What comes back through the door: an Answer, or a DoorError with its Refusal. No network."""

import json
from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why there is no answer."""

    ADDRESS = "address"  # not https, not an allowed name, a number, a user, a port
    PRIVATE = "private"  # the name leads, or also leads, to an address that is not public
    DNS = "dns"  # the name leads nowhere
    CONNECT = "connect"
    TLS = "tls"
    DEADLINE = "deadline"
    REDIRECTS = "redirects"
    TYPE = "type"
    TOO_BIG = "too-big"
    GARBLED = "garbled"  # not HTTP, not gzip, not JSON
    NETWORK = "network"  # broken off


class DoorError(Exception):
    """There is no answer; `refusal` says why. Its text is fit for a log: never the address, never what was sent."""

    def __init__(self, refusal):
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said. `address` is where the redirects ended, `retry_after` in seconds, at most a day.

    `content_type` is one of the types asked for, and "" (with an empty body) at an error status of another type.
    """

    address: str
    status: int
    content_type: str
    body: bytes
    retry_after: int | None = None

    def json(self):
        """The body as JSON, halves of characters replaced. Raises DoorError(GARBLED)."""
        try:
            value = json.loads(self.body.decode("utf-8-sig"), parse_constant=_refuse_constant)
            # JSON can spell half a character (\ud83d), which no database and no page can take.
            whole = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-16-le", "surrogatepass")
            return json.loads(whole.decode("utf-16-le", "replace"))
        except (ValueError, RecursionError):
            raise DoorError(Refusal.GARBLED) from None

    def text(self):
        """The body as text; what is no UTF-8 is replaced."""
        return self.body.decode("utf-8-sig", "replace")


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")
