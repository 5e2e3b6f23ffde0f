"""What the pages have in common: taking a form in that carries no words, and headers of an answer."""

import logging
from contextlib import contextmanager
from functools import wraps

from django.views.decorators.cache import never_cache

from assessments import out_of_reach
from posts.front_door import read_submission
from posts.intake import OutOfReach
from posts.rate_limit import count_submission

log = logging.getLogger(__name__)


def private_page(view):
    """For pages with somebody's words on them: not kept by caches, not found by search engines, not told to others."""

    @never_cache
    @wraps(view)
    def private(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.setdefault("Referrer-Policy", "no-referrer")
        return response

    return private


def accepted_form(request):
    """The number of the form that was sent, once it is ours and not one too many. Raises PostError."""
    submission = read_submission(request.POST.get("submission", ""))
    count_submission(request)
    return submission


def form_page(response):
    """The response, for a page whose form must reach us from old browsers too.

    With `no-referrer` they send `Origin: null`, and the front door asks for the Origin. Others still learn nothing.
    """
    response["Referrer-Policy"] = "same-origin"
    return response


def wait(response, error):
    """The response, telling the browser how many seconds to wait when waiting helps."""
    seconds = getattr(error, "retry_after", None)
    if seconds is not None:
        response["Retry-After"] = str(seconds)
    return response


@contextmanager
def taking_in():
    """Around what keeps something: a database out of reach becomes the PostError OutOfReach, so that the page that
    was sent comes back with all its words, and not an error page without them."""
    if out_of_reach.is_known():
        log.error("database out of reach", extra={"reason": "no connection a moment ago"})
        raise OutOfReach
    try:
        yield
    except out_of_reach.NO_DATABASE as error:
        out_of_reach.note(error)
        # The error goes to the log without its words (config/log_lines.py).
        log.error("database out of reach", extra={"reason": type(error).__name__}, exc_info=True)
        raise OutOfReach from None
