"""Crisis help as JSON, for whoever embeds an answer that says `crisis`."""

from django.urls import reverse

from assessments import crisis_help

MOST = 4


def with_help(records, countries, *, request):
    """Put `help` into each of these answers that has a crisis. `countries` are theirs, in the same order.

    The help services are kept (see help_rows.py), so it makes no difference how many have.
    """
    wanted = {country for record, country in zip(records, countries, strict=True) if record.get("crisis")}
    if not wanted:
        return records
    found = {code: _told(help_, request) for code, help_ in crisis_help.for_countries(wanted).items()}
    for record, country in zip(records, countries, strict=True):
        if record.get("crisis"):
            record["help"] = found[country]
    return records


def _told(help_, request):
    """One CrisisHelp: the few lines that can be reached right now, and where all of them stand."""
    services = help_.lines_now or help_.services[:MOST] or help_.international[:MOST]
    return {
        "country": help_.code,
        "name": help_.name,
        "emergency": _line(help_.emergency),
        "note": help_.note,
        "services": [
            {
                "name": service.name,
                "kind": service.kind,
                "phone": _line(service.phone),
                "text_or_chat": _line(service.text_or_chat),
                "url": service.url,
                "hours": service.hours,
                "is_verified": service.is_verified,
            }
            for service in services
        ],
        "more": request.build_absolute_uri(f"{reverse('assessments:help')}?country={help_.code}"),
    }


def _line(pieces):
    return "".join(piece.text for piece in pieces)
