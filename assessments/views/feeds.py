"""The Atom feeds. They depend on the versions alone, so a reader that knows the newest gets 304 for one query."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from assessments.feeds import CorrectionsFeed, VersionsFeed
from assessments.views import caching


@login_not_required
@require_safe
@caching.feed
def versions(request):
    """Every version of the checklist."""
    return _answer(VersionsFeed(), request)


@login_not_required
@require_safe
@caching.feed
def corrections(request):
    """The versions that take something back."""
    return _answer(CorrectionsFeed(), request)


def _answer(feed, request):
    response = feed(request)
    # Of the newest entry. What we compare with is the newest version, and `caching` says that.
    del response["Last-Modified"]
    return response
