"""Errors as pages in our own look, each with crisis help on it: somebody in danger may land on any of them."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from assessments import crisis_help
from assessments.out_of_reach import NO_DATABASE
from assessments.views.keeping import Gone
from posts.intake import OutOfReach

# Bare answers with these codes become pages. The staff pages keep Django's own.
STATUSES = frozenset({400, 403, 404, 405, 413, 422, 429})
STAFF = "/admin/"
RETRY_AFTER_SECONDS = OutOfReach.retry_after
# What the bare answer says to the browser, and the page must go on saying.
KEPT_HEADERS = ("Allow", "Retry-After")

# Translators: HUMAN REVIEW NEEDED. The last thing left when everything else is broken.
LAST_WORDS = _(
    # Translators: HUMAN REVIEW NEEDED. The last thing left when everything else is broken.
    "Something went wrong on our side. If you are in danger, call your emergency number now "
    "(112 works on mobiles in many countries). Help in your country: https://findahelpline.com/"
)


class ErrorPagesMiddleware:
    """Puts bare refusals (from the front door, from `require_POST`…) into pages. Stands inside the CSP middleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The page for a bare refusal; any other answer as it is."""
        response = self.get_response(request)
        if response.status_code not in STATUSES or request.path.startswith(STAFF) or not is_bare(response):
            return response
        page = error_page(request, response.status_code, sentence=getattr(response, "sentence", ""))
        for name in KEPT_HEADERS:
            if name in response:
                page[name] = response[name]
        return page


def is_bare(response):
    """Whether an answer has no page in it: nothing at all, or one sentence from the front door."""
    return hasattr(response, "sentence") or (not response.streaming and not response.content)


def error_page(request, status, *, sentence=""):
    """The page for `status`; `sentence` says what exactly was wrong, if more is known than the code."""
    page = render(request, f"{status}.html", {"sentence": sentence}, status=status)
    # The country of the crisis help and the offer of another language are guessed from it.
    patch_vary_headers(page, ["Accept-Language"])
    return page


@login_not_required
def bad_request(request, exception=None):
    """Something about the request itself is broken. What Django says about it is not for people."""
    return error_page(request, 400)


@login_not_required
def permission_denied(request, exception=None):
    """Not allowed."""
    return error_page(request, 403)


@login_not_required
def csrf_failure(request, reason=""):
    """A staff form without its token. `reason` is for developers; the page says what to do."""
    return error_page(request, 403, sentence="This page was open for too long. Go back, load it again and send it.")


@login_not_required
def page_not_found(request, exception=None):
    """No such page (404), or an address of a report without one (410)."""
    if not isinstance(exception, Gone):
        return error_page(request, 404)
    page = error_page(request, 410)
    add_never_cache_headers(page)
    return page


@login_not_required
def too_many_tries(request):
    """Somebody tries to sign in too often."""
    return error_page(request, 429, sentence="That was too often. Wait a minute, then try again.")


@login_not_required
@sensitive_variables()
def server_error(request):
    """Our own mistake (500), or the database out of reach, too slow or full (503). Uses no database and no request
    context: either may be what is broken."""
    # Django calls this while it deals with the exception.
    status = 503 if isinstance(sys.exc_info()[1], NO_DATABASE) else 500
    try:
        spoken = crisis_help.spoken_countries(request.headers.get("Accept-Language", ""))
        body = render_to_string(f"{status}.html", {"crisis": crisis_help.from_content(*spoken)})
        answer = HttpResponse(body, status=status)
    except Exception:
        answer = HttpResponse(LAST_WORDS, status=status, content_type="text/plain; charset=utf-8")
    if status == 503:
        answer["Retry-After"] = RETRY_AFTER_SECONDS
    return answer
