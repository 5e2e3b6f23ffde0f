"""Headers that every answer carries, whatever made it. The Content-Security-Policy is django-csp's, the rest of the
security headers Django's own; these are the ones that neither sets."""

from django.conf import settings

# Nothing here needs a sensor, a payment or a place; a reader's browser should not even be asked.
NOT_ALLOWED = (
    "accelerometer",
    "ambient-light-sensor",
    "attribution-reporting",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "interest-cohort",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in NOT_ALLOWED)
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
# What may be found by search engines: pages that say what this is. Everything else may hold what somebody brought.
FOUND = frozenset(
    {
        "",
        "for-websites",
        "help",
        "how-it-works",
        "privacy",
        "own-words",
        "a-friend",
        "reporting-a-post",
        "put-it-on-your-phone",
        "static",
    }
)


class MoreHeadersMiddleware:
    """Adds what is missing; a view's own header wins. The outermost of all, so that refusals get them too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not is_found(request.path):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


def is_found(path):
    """Whether search engines may show this address: by its first part, after that of the language."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in LANGUAGES:
        first = rest.partition("/")[0]
    return first in FOUND
