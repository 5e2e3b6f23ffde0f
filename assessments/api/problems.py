"""Everything that goes wrong, as RFC 9457 `application/problem+json`. Never a word of what was sent.

    raise Problem("too-many", detail="…", retry_after=30)

What keeps somebody from an answer (too many calls, our own trouble) carries help for whoever waits in front of the
embedder's page: it may be somebody in danger.
"""

import json
import logging

from django.http import Http404, HttpResponse, UnreadablePostError
from django.urls import reverse
from ninja.errors import HttpError, ValidationError

from assessments.api.repeats import SentBefore
from assessments.out_of_reach import NO_DATABASE
from assessments.snapshots import NoPublishedChecklist, UnknownSnapshot
from posts.intake import OutOfReach, PostError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
HELP = {
    "say": (
        "If you are in danger, call your emergency number now (112 works on mobiles in many countries). "
        "Help in your country: https://findahelpline.com/"
    ),
    "url": "https://findahelpline.com/",
}

# name: (status, title, what to do about it). The documentation prints this table.
KINDS = {
    "broken-request": (400, "The request is broken", "Send the body as JSON in UTF-8, exactly as the schema says."),
    "no-key": (401, "A key is needed", "Send the header “Authorization: Bearer” with a key that works."),
    "not-allowed": (403, "This key may not do that", "Ask for a key with the scope that the operation names."),
    "not-found": (404, "There is nothing here", "Look at the address again."),
    "wrong-method": (405, "This address does not take that method", "Look at the header Allow."),
    "gone": (410, "This report is gone", "It was deleted, or its time was over. Make a new one."),
    "too-big": (413, "The body is too big", "Send less in one call."),
    "not-json": (415, "The body is not JSON", "Send the header “Content-Type: application/json”."),
    "not-as-described": (422, "What was sent is not as the schema says", "Look at `errors`: each names its place."),
    "not-accepted": (422, "These words cannot be taken", "Look at `errors`. The sentences can be shown to a person."),
    "link-not-read": (422, "The link was not read", "Send the words of the post. `detail` can be shown to a person."),
    "used-for-something-else": (422, "This Idempotency-Key was used before", "Take a new one for a new call."),
    "too-many": (429, "Too many calls", "Wait as many seconds as Retry-After says."),
    "our-mistake": (
        500,
        "Something went wrong on our side",
        "Try again later. We have a note of it, without the text.",
    ),
    "not-now": (503, "We cannot answer right now", "Wait as many seconds as Retry-After says, then send it again."),
}
BY_STATUS = {status: kind for kind, (status, *_) in reversed(KINDS.items())} | {422: "not-as-described"}
CARRY_HELP = (429, 500, 503)


class Problem(Exception):
    """The answer is a problem of this kind. `errors` are pairs (place, what is wrong), `headers` go along."""

    def __init__(self, kind, *, detail="", errors=(), headers=None, retry_after=None):
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(retry_after)


def response_of(problem):
    """The HttpResponse of a Problem."""
    status = KINDS[problem.kind][0]
    response = HttpResponse(body_of(problem), status=status, content_type=MEDIA_TYPE, headers=problem.headers)
    response["Cache-Control"] = "no-store"
    return response


def body_of(problem):
    """Its JSON."""
    status, title, todo = KINDS[problem.kind]
    body = {
        "type": f"{reverse('api:docs')}#problem-{problem.kind}",
        "title": title,
        "status": status,
        "detail": str(problem.detail) or todo,
    }
    if problem.errors:
        body["errors"] = [{"place": place, "detail": str(detail)} for place, detail in problem.errors]
    if status in CARRY_HELP:
        body["help"] = HELP
    return json.dumps(body)


def of_status(status, *, headers=None):
    """The Problem for an answer that has this status and nothing that a program could read."""
    return Problem(BY_STATUS.get(status) or ("our-mistake" if status >= 500 else "broken-request"), headers=headers)


def no_such_page():
    """The Problem for a cursor that leads nowhere."""
    return Problem("not-found", detail="This cursor is not one of ours.", errors=[("query cursor", "leads nowhere")])


def of_post_error(error):
    """The Problem for what the actions refuse. Their sentences are made for people, and hold no word of the post."""
    kind = "used-for-something-else" if isinstance(error, SentBefore) else "not-accepted"
    kind = kind if error.status == KINDS[kind][0] else BY_STATUS[error.status]
    # The boxes of our pages by the names of the API.
    place = {"post": "/text"}.get(error.field, f"/{error.field}")
    errors = [(place, error)] if error.field and kind == "not-accepted" else []
    wait = getattr(error, "retry_after", None) or (OutOfReach.retry_after if error.status == 503 else None)
    return Problem(kind, detail=error, errors=errors, retry_after=wait)


# What pydantic calls a mistake, in plain words. What was sent is never part of it.
WORDS = {
    "missing": "is missing",
    "string_type": "must be a string",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "string_unicode": "has a character that is broken",
    "extra_forbidden": "has a field that nobody knows here",
    "int_parsing": "must be a whole number",
}
WITH_LIMITS = {
    "string_too_long": "may have {max_length} characters",
    "string_too_short": "is empty",
    "too_long": "may have {max_length} entries",
    "too_short": "is empty",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "enum": "must be one of these: {expected}",
    "literal_error": "must be one of these: {expected}",
    "string_pattern_mismatch": "must match {pattern}",
}


def of_validation(error):
    """The Problem for a body, an address or a header that is not as the schema says."""
    errors = list(dict.fromkeys(_error(one) for one in error.errors))[:20]
    return Problem("not-as-described", detail=f"{errors[0][0]} {errors[0][1]}.", errors=errors)


def _error(one):
    source, *places = one["loc"]
    # The first place in a body is the name of our own parameter.
    places = [str(place) for place in (places[1:] if source == "body" else places)]
    if one["type"] == "extra_forbidden":
        places.pop()  # a name that somebody else chose is not repeated
    words = WORDS.get(one["type"])
    if words is None and one["type"] in WITH_LIMITS:
        words = WITH_LIMITS[one["type"]].format_map(one.get("ctx", {}))
    where = "/" + "/".join(places) if source == "body" else f"{source} {'/'.join(places)}"
    return where if where != "/" else "body", words or "is not as the schema says"


def handle_with(api):
    """Let this NinjaAPI answer every exception with a problem."""
    handlers = {
        Problem: lambda problem: problem,
        ValidationError: of_validation,
        PostError: of_post_error,
        UnreadablePostError: lambda error: Problem("broken-request"),
        Http404: lambda error: Problem("not-found"),
        # Ninja's own: what it says may quote the body.
        HttpError: lambda error: of_status(error.status_code),
        NoPublishedChecklist: lambda error: Problem("not-now", detail=error, retry_after=OutOfReach.retry_after),
        UnknownSnapshot: lambda error: no_such_page(),
        Exception: _our_mistake,
    } | dict.fromkeys(NO_DATABASE, _no_database)
    for kind, make in handlers.items():
        api.add_exception_handler(kind, lambda request, error, make=make: response_of(make(error)))


def _no_database(error):
    log.error("database out of reach", extra={"reason": type(error).__name__}, exc_info=error)
    return Problem("not-now", retry_after=OutOfReach.retry_after)


def _our_mistake(error):
    log.error("call failed", extra={"reason": type(error).__name__}, exc_info=error)
    return Problem("our-mistake")
