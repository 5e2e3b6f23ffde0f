"""Who may come in, asked before anything of the call is read: a key with its scope and quota, or anybody.

Browsers are not meant to call this: a key in a page is no secret. So there are no cookies, no sessions and no CORS.
"""

import hashlib

from ninja.security.base import AuthBase

from assessments.api import quotas
from assessments.api.keys import hash_of
from assessments.api.problems import Problem
from posts.rate_limit import ADDRESS_WINDOW_SECONDS, count_one, hashed_address

BODY_BYTES = 256 * 1024
BATCH_BYTES = 4 * 1024 * 1024
JSON = "application/json"
REALM = 'Bearer realm="Second Look"'
READS_PER_ADDRESS = 300


class Bearer(AuthBase):
    """Lets a call in whose key has the `scope`; its body may have `most_bytes`."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope, *, most_bytes=BODY_BYTES):
        super().__init__()
        self.scope = scope.value
        self.most_bytes = most_bytes

    def __call__(self, request):
        """The quotas.Use of the key. Raises Problem."""
        use = count(request, scope=self.scope)
        if request.method == "POST":
            take_body(request, most_bytes=self.most_bytes)
        return use


class Anybody:
    """Lets everybody in who does not come too often; with a key its own quota counts, whatever its scopes."""

    def __call__(self, request):
        """The quotas.Use of the key, or True. Raises Problem."""
        if "Authorization" in request.headers:
            return count(request)
        # Apart from the allowance for sending posts: reading the checklist takes nothing from a reader's own.
        who = hashlib.sha256(f"api {hashed_address(request)}".encode()).hexdigest()
        number, left = count_one(who, ADDRESS_WINDOW_SECONDS)
        if number > READS_PER_ADDRESS:
            raise Problem("too-many", retry_after=left)
        return True


def count(request, *, scope="", weight=1):
    """Count a call of the key that the request shows, and return the Use. Raises Problem."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Problem("no-key", headers={"WWW-Authenticate": REALM})
    use = quotas.use(secret_hash=hash_of(secret.strip()), weight=weight)
    if use is None:
        raise Problem("no-key", headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'})
    request.api_use = use
    if scope and scope not in use.scopes:
        refused = f'{REALM}, error="insufficient_scope", scope="{scope}"'
        raise Problem(
            "not-allowed", detail=f"The key lacks the scope “{scope}”.", headers={"WWW-Authenticate": refused}
        )
    if use.is_refused:
        fewer = f"The quota is {use.per_minute} a minute: send fewer texts at once." if weight >= use.per_minute else ""
        raise Problem("too-many", detail=fewer, retry_after=use.retry_after)
    return use


def take_body(request, *, most_bytes):
    """Read the body, of this length at most, and only if it is JSON. Raises Problem."""
    if request.content_type != JSON:
        raise Problem("not-json", headers={"Accept-Post": JSON})
    try:
        declared = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        declared = 0
    body = request.read(most_bytes + 1) if declared <= most_bytes else None
    if body is None or len(body) > most_bytes:
        raise Problem("too-big", detail=f"A body may have {most_bytes // 1024} KB here.")
    # Where Django keeps a body that was read; its own limit is that of our forms.
    request._body = body
