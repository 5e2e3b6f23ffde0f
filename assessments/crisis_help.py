"""Crisis help for the person who reads: which country, which numbers. It is on every page, so it must never fail.

The rows in the database come first, because they are current. When the database does not answer, or holds no help
yet, the reviewed YAML that is shipped with the code steps in.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import DatabaseError
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from assessments import help_freshness, help_rows
from assessments.content_loading import read_help
from assessments.help_freshness import Standing
from assessments.models.help import INTERNATIONAL

# The order in which the groups stand on the help page, and their headings. Any other kind goes under the last one.
KINDS = {
    "crisis": _("Talk to someone now"),
    "crisis-text": _("Text someone now"),
    "listening": _("Someone to listen"),
    "youth": _("For young people"),
    "eating-disorder": _("Eating problems"),
    "addiction": _("Alcohol and drugs"),
    "lgbt": _("LGBTQ+ people"),
    "perinatal": _("Pregnancy and new parents"),
    "bereavement": _("When someone has died"),
    "information": _("Information and advice"),
    "professional": _("Find a professional"),
    "directory": _("Find a helpline anywhere"),
}
OTHER_KINDS = _("More help")

# So many lines fit on the first screen; the help page has all of them.
IN_PANEL = 4

# Digits in groups, as people write phone numbers. Two digits is the shortest real one (France: 15).
NUMBER = re.compile(r"(?<![\w+*])[+*]?\d(?:[ -]?\d)+(?!\w)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ENGLISH_REGION = re.compile(r"^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a line about how to reach somebody: words, or a number or address to tap (`href`)."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One helpline as a page shows it. `is_verified` is False until a person has checked it.

    `unchecked_since` is the day of the last check when that is long ago; `is_closed` means that somebody said so, and
    that there is nothing better to show.
    """

    name: str
    kind: str
    phone: tuple[Piece, ...]
    text_or_chat: tuple[Piece, ...]
    url: str
    hours: str
    languages: str
    audience: str
    is_verified: bool
    unchecked_since: date | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisHelp:
    """Everything a page needs to show help for one country. `international` is always filled.

    `mark` is another one whenever anything in here is.
    """

    mark: tuple
    code: str
    name: str
    emergency: tuple[Piece, ...]
    note: str
    services: tuple[Service, ...]
    international: tuple[Service, ...]
    countries: tuple[tuple[str, str], ...]

    @property
    def is_international(self):
        """Whether no country is known."""
        return self.code == INTERNATIONAL

    @property
    def line(self):
        """The first crisis line to ring, or None."""
        return next((one for one in self.services if one.kind in ("crisis", "listening") and one.phone), None)

    @property
    def text_line(self):
        """The first crisis line to text, or None."""
        return next((one for one in self.services if one.kind == "crisis-text" and one.text_or_chat), None)

    @property
    def has_unverified(self):
        """Whether the strip shows a number that nobody has checked yet."""
        return any(one and not one.is_verified for one in (self.line, self.text_line))

    @property
    def has_stale(self):
        """Whether the strip shows a number that was checked long ago, or is said to be closed."""
        return any(one and (one.unchecked_since or one.is_closed) for one in (self.line, self.text_line))

    @property
    def lines_now(self):
        """Who can be reached right now, for the panel: the line to ring and the one to text, then a few more."""
        now = [one for one in self.services if one.kind in ("crisis", "crisis-text")]
        firsts = [one for one in (self.line, self.text_line) if one]
        return tuple([*firsts, *(one for one in now if one not in firsts)][:IN_PANEL])

    @property
    def directory(self):
        """The first international directory, or None."""
        return next((one for one in self.international if one.url), None)

    @property
    def groups(self):
        """(heading, services) pairs in the order of KINDS; no empty group."""
        headings = [*KINDS.values(), OTHER_KINDS]
        rows = {
            heading: [one for one in self.services if KINDS.get(one.kind, OTHER_KINDS) == heading]
            for heading in headings
        }
        return tuple((heading, tuple(services)) for heading, services in rows.items() if services)


def context(request):
    """Context processor: `crisis`, looked up only when a template uses it."""
    return {"crisis": SimpleLazyObject(lambda: of(request))}


def of(request):
    """The CrisisHelp of this request, looked up once. A view that knows better sets `request.crisis_help` first."""
    if not hasattr(request, "crisis_help"):
        request.crisis_help = for_request(request)
    return request.crisis_help


def for_request(request, *, picked="", post_country="", from_rows=True):
    """The CrisisHelp for the one who asks: what they picked (in a form, else in the address), else the post's
    country, else what the browser says. Never reads the body: it may be what is wrong with the request.
    `from_rows=False` asks no database."""
    spoken = spoken_countries(request.headers.get("Accept-Language", ""))
    find = first_known if from_rows else from_content
    return find(picked, request.GET.get("country"), post_country, *spoken)


def first_known(*codes):
    """The CrisisHelp for the first code that we have help for, else the international one. Never fails."""
    try:
        found = _from_rows(help_rows.current(), codes)
    except DatabaseError:
        found = None
    return found or from_content(*codes)


def for_countries(codes):
    """{code: the CrisisHelp of that country, else the international one} for many codes. Never fails."""
    try:
        rows = help_rows.current()
        found = {code: _from_rows(rows, [code]) for code in codes}
    except DatabaseError:
        found = {}
    return {code: found.get(code) or from_content(code) for code in codes}


def from_content(*codes):
    """As `first_known`, from the shipped content alone: for pages that must not touch the database."""
    countries = {country["code"]: country for country in _content()["countries"]}
    country = countries[_choose(codes, countries)]
    return CrisisHelp(
        mark=("content", country["code"], get_language()),
        code=country["code"],
        name=_spoken(country.get("name") or country["country"]),
        emergency=pieces(country["emergency"]),
        note=country["note"] or "",
        services=tuple(_service(**row) for row in country["services"]),
        international=tuple(_service(**row) for row in countries[INTERNATIONAL]["services"]),
        countries=tuple(
            (code, _spoken(one.get("name") or one["country"]))
            for code, one in countries.items()
            if code != INTERNATIONAL
        ),
    )


def guidance():
    """How to seek help (steps, what to say, what to expect), from the row or from the shipped content."""
    try:
        texts = help_rows.current().guidance
    except DatabaseError:
        texts = None
    return texts or _content()["guidance"]


def name_of(code):
    """The name of the country with this code, from the shipped content; the code itself when it is not there."""
    return next((_spoken(country["country"]) for country in _content()["countries"] if country["code"] == code), code)


def spoken_countries(accept_language):
    """Country codes that an Accept-Language header names, in its order: "en-GB,en;q=0.8" gives GB.

    A language is not a country, so "en" alone gives nothing. The header is cut short: it is a hint, not a text.
    """
    tags = [part.split(";")[0].strip() for part in accept_language[:200].split(",")]
    matches = [ENGLISH_REGION.match(tag) for tag in tags]
    return [match.group(1).upper() for match in matches if match]


def pieces(line):
    """A line such as "116 123 (free)" or "text SHOUT to 85258" as Pieces, with what can be tapped as links."""
    line = line or ""
    found = sorted([*NUMBER.finditer(line), *EMAIL.finditer(line)], key=lambda match: match.start())
    result, at = [], 0
    for match in found:
        if match.start() < at:
            continue
        if line[at : match.start()]:
            result.append(Piece(text=line[at : match.start()]))
        result.append(Piece(text=match.group(), href=_href(line[: match.start()], match.group())))
        at = match.end()
    return tuple([*result, Piece(text=line[at:])] if line[at:] else result)


def _href(before, written):
    """The link for a number or an e-mail address, by the words before it."""
    if "@" in written:
        return f"mailto:{written}"
    digits = re.sub(r"[ -]", "", written)
    if re.search(r"whatsapp\s*$", before, re.IGNORECASE):
        return ""
    return f"{'sms' if re.search(r'(text|sms)[^;,.(]*$', before, re.IGNORECASE) else 'tel'}:{digits}"


def _from_rows(rows, codes):
    """The CrisisHelp of these HelpRows, made once a day for each country and language; None when no help is loaded."""
    if INTERNATIONAL not in rows.countries:
        return None
    code, today = _choose(codes, rows.countries), timezone.localdate()
    mark = (rows.stamp, code, get_language(), today)
    if mark not in rows.drawn:
        rows.drawn[mark] = _made(rows, code, mark=mark, today=today)
    return rows.drawn[mark]


def _made(rows, code, *, mark, today):
    """The CrisisHelp of these HelpRows for one country."""
    country = rows.countries[code]
    return CrisisHelp(
        mark=mark,
        code=country.code,
        name=_spoken(country.name),
        emergency=pieces(country.emergency),
        note=country.note,
        services=_shown(rows.services[code], today=today),
        international=_shown(rows.services[INTERNATIONAL], today=today),
        countries=tuple((code, _spoken(one.name)) for code, one in rows.countries.items() if code != INTERNATIONAL),
    )


_TEXTS = ("name", "kind", "phone", "text_or_chat", "url", "hours", "languages", "audience", "verified_at")


def _shown(rows, *, today):
    """The rows of one country as Services, without those that are hidden (see help_freshness.py)."""
    return tuple(
        _service(
            **{name: getattr(row, name) for name in _TEXTS},
            standing=help_freshness.standing(row.verified_at, row.closed_reported_at, today=today),
        )
        for row in help_freshness.shown(rows, today=today)
    )


def _service(*, name, kind, phone, text_or_chat, url, hours, languages, audience, verified_at, standing=None, **_):
    """One row, of the database or of the content, as a Service. The content, without a standing, is shown as it is."""
    return Service(
        name=name,
        kind=kind,
        phone=pieces(phone),
        text_or_chat=pieces(text_or_chat),
        # Only a web address may become a link: staff can type anything into a row.
        url=url if (url or "").startswith(("https://", "http://")) else "",
        hours=hours or "",
        languages=languages or "",
        audience=audience or "",
        is_verified=verified_at is not None,
        unchecked_since=verified_at if standing in (Standing.STALE, Standing.VERY_STALE) else None,
        is_closed=standing is Standing.CLOSED,
    )


def _spoken(name):
    """A country's name in the reader's language, if the catalogues have it."""
    return gettext(name) if name else name


def _choose(codes, known):
    """The first of `codes` that is known, else the international one."""
    wanted = ((code or "").upper() for code in codes)
    return next((code for code in wanted if code in known), INTERNATIONAL)


@cache
def _content():
    """The shipped help content, read once per process."""
    return read_help()
