"""What the pages have in common: taking a form in that carries no words, and headers of an answer."""

from functools import wraps

from django.views.decorators.cache import never_cache

from posts.front_door import read_submission
from posts.rate_limit import TooManyRequests, count_submission


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
    """The response, telling the browser how many seconds to wait when too much was sent."""
    if isinstance(error, TooManyRequests):
        response["Retry-After"] = str(error.retry_after)
    return response
