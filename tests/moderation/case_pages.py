"""The page of a case, as a moderator's browser fills it in."""

from tests.factories import a_reason


def address(case, part=""):
    return f"/moderation/cases/{case.key}/{part}"


def typed(case, *, decision="stands", missed=(), **fields):
    """What the form sends: an answer that can be taken, changed by `fields`. `missed` are dictionaries, one a row."""
    case.refresh_from_db()
    rows = {f"missed-{number}-{name}": text for number, row in enumerate(missed) for name, text in row.items()}
    return {
        "version": case.version,
        "decision": decision,
        "reason": a_reason(decision or "stands").key,
        "note": "We read it again.",
        "missed-TOTAL_FORMS": max(1, len(missed)),
        "missed-INITIAL_FORMS": 0,
        **rows,
        **fields,
    }


def send(browser, case, part="decide/", **fields):
    """The answer to the form, sent to one of its buttons."""
    return browser.post(address(case, part), typed(case, **fields))


def page_of(browser, case):
    return browser.get(address(case)).content.decode()
