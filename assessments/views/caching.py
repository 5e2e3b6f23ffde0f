"""Public pages that are the same for everybody who asks for them in one language: an ETag made from what the page
depends on, before anything is rendered, so that a page that has not changed costs one query and no rendering."""

import hashlib
from functools import wraps

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import condition

from assessments import crisis_help, help_rows, out_of_reach
from assessments.content_state import content_state, release

# Helplines stand on every page, so nobody keeps one for long: a minute, then five more while a fresh one is fetched.
KEPT = {"public": True, "max_age": 60, "stale_while_revalidate": 300}
# A reader of feeds that knows nothing of ETags asks every ten minutes at most.
KEPT_FEED = {"public": True, "max_age": 600, "stale_while_revalidate": 3600}
# What the pages say of these settings.
SETTINGS = ("POST_RETENTION_DAYS", "POST_RETENTION_DAYS_AFTER_DECISION", "POST_RETENTION_DAYS_AT_MOST", "SCREENSHOTS")


def same_for_everybody(view):
    """For pages that depend on the address, the language, the country and our content alone. Answers 304 when nothing
    of that has changed. Without a database there is no ETag, and nobody keeps the page: it is made without our rows."""
    conditional = condition(etag_func=page_mark)(view)

    @wraps(view)
    def kept(request, *args, **kwargs):
        return _for_caches(request, conditional(request, *args, **kwargs), KEPT)

    return kept


def feed(view):
    """As `same_for_everybody`, for a feed: it depends on the versions alone, and says when the newest was published."""
    conditional = condition(etag_func=feed_mark, last_modified_func=newest_at)(view)

    @wraps(view)
    def kept(request, *args, **kwargs):
        return _for_caches(request, conditional(request, *args, **kwargs), KEPT_FEED)

    return kept


def page_mark(request, *args, **kwargs):
    """The ETag of a public page, or None: in development, and when the database does not answer."""
    if settings.DEBUG:  # templates change while the process runs
        return None
    try:
        state = state_of(request)
        # What is shown is at least as new as what the mark is about, or a cache would keep the old for ever.
        help_rows.look_again(state.help)
    except (DatabaseError, InterfaceError) as error:
        # The page must not wait for it again.
        out_of_reach.note(error)
        request.crisis_help = crisis_help.for_request(request, from_rows=False)
        return None
    # What is a week away from its next check is said to be: a page changes with the day too.
    about = (state, timezone.localdate(), request.headers.get("HX-Request"), *_spoken(request))
    return _mark(request, *about, *(getattr(settings, name) for name in SETTINGS))


def feed_mark(request, *args, **kwargs):
    """The ETag of a feed. Raises DatabaseError."""
    return _mark(request, state_of(request).versions)


def software_mark(request, *args, **kwargs):
    """The ETag of what depends on the software and its settings alone; None in development."""
    return None if settings.DEBUG else _mark(request, *(getattr(settings, name) for name in SETTINGS))


def newest_at(request, *args, **kwargs):
    """When the newest version was published, or None."""
    return state_of(request).published_at


def state_of(request):
    """The ContentState, asked for once in a request. Raises DatabaseError."""
    if not hasattr(request, "content_state"):
        request.content_state = content_state()
    return request.content_state


def _for_caches(request, response, kept):
    """The response, to be kept so. Staff always see what is true now, and what belongs to their session is for nobody
    else: their answers may carry its cookie, so Django lets every answer vary by cookies. Readers have none."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        kept = {"private": True, "no_cache": True}
    elif not response.has_header("ETag"):
        kept = {"no_cache": True}
    patch_cache_control(response, **kept)
    return response


def _spoken(request):
    """What a page takes from Accept-Language: the countries, and the language that it offers."""
    return get_language_from_request(request), *crisis_help.spoken_countries(request.headers.get("Accept-Language", ""))


def _mark(request, *about):
    """Weak: a proxy may compress the page, and the bytes are not what matters."""
    parts = (release(), request.build_absolute_uri(), get_language(), *about)
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
