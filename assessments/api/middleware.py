"""Under /api/ nobody is known by a cookie, and no refusal is a page: whatever says no (a wrong host, a lost method, our
own mistake), a program reads it."""

from assessments.api.problems import MEDIA_TYPE, body_of, of_status

ADDRESSES = "/api/"


class ApiMiddleware:
    """Outside all that can refuse a request. Headers that were set (Allow, Retry-After) stay."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer; a refusal as a problem."""
        if not request.path.startswith(ADDRESSES):
            return self.get_response(request)
        # Staff who open the documentation in their browser are nobody here either.
        request.COOKIES = {}
        response = self.get_response(request)
        vary = [name for name in response.headers.get("Vary", "").split(", ") if name not in ("", "Cookie")]
        response.headers["Vary"] = ", ".join(vary)
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            response.content = body_of(of_status(response.status_code))
            response.headers["Content-Type"] = MEDIA_TYPE
            response.headers["Content-Length"] = str(len(response.content))
            response.headers["Cache-Control"] = "no-store"
        return response
