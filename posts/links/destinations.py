"""Where an address of the web leads, if it is one that may be fetched. No network.

One pattern reads the address, and only what it read goes on: the host to the resolver, the rest into the request. So
no second reading of the same text can come to another host.
"""

import re
from dataclasses import dataclass

from posts.links.recognising import LONGEST, PUBLIC_HOST

# Visible ASCII only, no user, no backslash, no other port. What follows the # is for a browser.
ADDRESS = re.compile(r"(?i:https)://([A-Za-z0-9.-]+)(?::443)?([/?][!-\"$-\[\]-~]*)?(?:#[!-\[\]-~]*)?")
LONGEST_HOST = 253  # RFC 1035
# Names that mean something else in every network, or lead into the one that we are in.
NOT_PUBLIC_NAMES = (
    *("localhost", "test", "invalid"),  # RFC 6761
    *("local", "onion", "alt"),  # RFC 6762, 7686, 9476
    *("internal", "home", "corp", "mail", "lan", "intranet", "private"),  # ICANN: .internal; and never to be given out
    "arpa",  # RFC 3172, 8375: the net about the net
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A host name in small letters, and what to ask it for: the path and all that follows."""

    host: str
    target: str

    @property
    def address(self):
        """The whole address, in the one way that it is written here."""
        return f"https://{self.host}{self.target}"


def destination(address, hosts):
    """The Destination of an address (any text), or None if it may not be fetched.

    `hosts` are the only names allowed, letter by letter; None allows every public name. A number in any form (decimal,
    octal, hexadecimal, IPv6, with a dot at the end) is not a name.
    """
    match = ADDRESS.fullmatch(address) if len(address) <= LONGEST else None
    if match is None:
        return None
    host, target = match[1].lower(), match[2] or "/"
    if (hosts is not None and host not in hosts) or not _is_public_name(host):
        return None
    return Destination(host=host, target=target if target.startswith("/") else f"/{target}")


def _is_public_name(host):
    """Whether anybody can register the name: the last part is letters, as no written number's is."""
    is_name = len(host) <= LONGEST_HOST and PUBLIC_HOST.fullmatch(host)
    return bool(is_name) and host.rpartition(".")[2] not in NOT_PUBLIC_NAMES
