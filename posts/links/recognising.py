"""Telling which platform an address leads to, and how that address is written without tracking. No network."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from posts.links.platforms import BORROWED, COUNTRY_HOST, MASTODON, NAMES, PLACE_OF, TUMBLR_BLOG, WRAPPERS

LONGEST = 2048
DEEPEST = 3
WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:[/?].*)?", re.IGNORECASE | re.ASCII | re.DOTALL)
# A name that anybody can register: no numbers of machines, no letters of other scripts in disguise (xn--).
PUBLIC_HOST = re.compile(r"(?!.*xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}")
# Phones put these around a copied link. Inside one they only deceive.
AROUND = " \t\r\n\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a platform. `kind` is "other" when it leads to no post that we can tell, like a profile.

    `is_short`: it leads on to an address that only the platform knows.
    """

    platform: str
    kind: str
    canonical: str
    is_short: bool = False

    @property
    def name(self):
        """What the platform is called: the same in every language."""
        return NAMES[self.platform]

    @property
    def is_post(self):
        """Whether it leads to one post."""
        return self.kind != OTHER

    @property
    def shown(self):
        """Host and path, to be read and not to be pressed."""
        return self.canonical.removeprefix("https://")


@dataclass(frozen=True, slots=True)
class _Address:
    host: str
    path: str
    parameters: dict


def recognise(address):
    """The Link for one address (any text at all), or None. Never raises."""
    for _ in range(DEEPEST):
        parts = _parts(address)
        if parts is None:
            return None
        inner = _wrapped(parts)
        if inner is None:
            return _link(_at_home(parts))
        address = inner
    return None


def is_address(text):
    """Whether a text is one address of the public web, of whatever website: what a person would share. Never raises."""
    return _parts(text) is not None


def _parts(address):
    """The _Address in a text, or None when it is none that a person would share."""
    address = address.strip(AROUND)
    if not address or len(address) > LONGEST or "\\" in address or any(map(_is_hidden, address)):
        return None
    if WITHOUT_SCHEME.fullmatch(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        port = parts.port
        parameters = parse_qs(parts.query)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port not in (None, 80, 443):
        return None
    # Lowering would make Latin letters of some others, such as the sign for kelvin.
    if not parts.netloc.isascii() or "@" in parts.netloc or not PUBLIC_HOST.fullmatch(parts.hostname or ""):
        return None
    path = re.sub(r"/{2,}", "/", "/" + unquote(parts.path))
    return _Address(parts.hostname, path, parameters)


def _is_hidden(character):
    """White space, control characters, marks of direction, halves of characters: none belongs into an address."""
    return unicodedata.category(character)[0] in "CZ"


def _wrapped(parts):
    """The address that a page of a platform leads on to, or None when it is no such page."""
    names = WRAPPERS.get((parts.host, parts.path), ())
    return next((parts.parameters[name][0] for name in names if name in parts.parameters), None)


def _at_home(parts):
    """The same address at the host that has the shapes: not in its country's part, not at the blog's own host."""
    if blog := TUMBLR_BLOG.fullmatch(parts.host):
        path = re.sub(r"^/post/", "/", parts.path)
        return _Address("www.tumblr.com", f"/{blog[1]}{path}", parts.parameters)
    if country := COUNTRY_HOST.fullmatch(parts.host):
        return _Address(f"www.{country[1]}", parts.path, parts.parameters)
    return parts


def _link(parts):
    """The Link for an address, by its host or, where the host is nobody's, by the shape of a Mastodon address."""
    place = PLACE_OF.get(parts.host)
    if place is None:
        return None if BORROWED.search(parts.host) else _matched("mastodon", MASTODON, parts.path, parts.host)
    kept = "&".join(f"{name}={parts.parameters[name][0]}" for name in place.keeps if name in parts.parameters)
    link = _matched(place.platform, place.shapes, f"{parts.path}?{kept}" if kept else parts.path, parts.host)
    return link or Link(place.platform, OTHER, f"https://{parts.host}{quote(parts.path, safe='/@:')}")


def _matched(platform, shapes, path, host):
    for shape in shapes:
        if match := shape.path.fullmatch(path):
            return Link(platform, shape.kind, shape.canonical.format(*match.groups(), host=host), shape.is_short)
    return None
