"""Answers in JSON: with an ETag where something is fetched, with what is left of the quota, and never with a cookie."""

import hashlib
import json
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

PUBLIC = "public, max-age=60"
OWN = "private, max-age=60"
PRIVATE = "private, no-store"


def told(value, *, status=200, headers=None):
    """The answer to a POST: `value` as JSON, kept by no cache."""
    response = HttpResponse(json.dumps(value), status=status, content_type="application/json", headers=headers)
    response["Cache-Control"] = PRIVATE
    return response


def fetched(request, value, *, cache=PUBLIC):
    """The answer to a GET, or 304 when the caller has it already (If-None-Match)."""
    body = json.dumps(value).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    response = get_conditional_response(request, etag=etag, response=response)
    # With a key the headers tell its quota, which is nobody else's business.
    response["Cache-Control"] = OWN if cache == PUBLIC and hasattr(request, "api_use") else cache
    return response


def open_to_programs(view):
    """For every address of the API: no sign-in, HEAD wherever there is GET, and the quota in the headers."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        response = view(request, *args, **kwargs)
        request.method = method
        if use := getattr(request, "api_use", None):
            for name, value in use.headers.items():
                response[name] = value
        return response

    return login_not_required(opened)
