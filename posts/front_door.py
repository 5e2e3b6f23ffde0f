"""The way in for forms on public pages. They have no cookies, so Django's CSRF token cannot protect them; this does:

the browser's own word on where the form came from (Origin, Sec-Fetch-Site), and a signed single-use number in the
form, which is also the key that makes pressing twice harmless. Here too: how much may be sent, and in which shape.
"""

import secrets
from functools import partial, wraps
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpResponse, RawPostDataException, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from posts.intake import PostError

SUBMISSION_HOURS = 12
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_signer = TimestampSigner(salt="posts.front_door.submission")

TOO_BIG = _("That is more than we can take. A post can have up to 10,000 characters.")
PICTURE_TOO_BIG = _("This is too big for us. A picture can have up to 10 MB. Take a smaller screenshot, or cut it.")
NOT_A_FORM = _("We can only read what is sent with the form on our page.")
NOT_READABLE = _("What was sent is broken, so we could not read it. Please go back and try again.")
FROM_ELSEWHERE = _("This did not come from our own page, so we did not take it. Please use the form on this site.")


class NotOurForm(PostError):
    """The form's number is missing or was not signed by us."""

    field = None
    status = 403
    sentence = _("We could not tell that this came from our form. Nothing is lost: press the button again.")


class FormExpired(PostError):
    """The form's number is ours, but older than SUBMISSION_HOURS."""

    field = None
    sentence = _("This page was open for a long time. Nothing is lost: press the button again.")


class Refused(HttpResponse):
    """A bare refusal with a sentence; `config.errors` puts it into a page of our look."""

    def __init__(self, status, sentence):
        super().__init__(sentence, status=status, content_type="text/plain; charset=utf-8")
        self.sentence = sentence


class InMemoryOnly(MemoryFileUploadHandler):
    """Keeps what is uploaded in memory, whatever its size: it must never stand in a file. The door limits the size."""

    def handle_raw_input(self, *args, **kwargs):
        self.activated = True


def front_door(view=None, *, asks_origin=True, picture_bytes=0):
    """Let a POST through to the view only if it is small enough, a form, whole, and from our own pages.

    `asks_origin=False` is for a form that stores and changes nothing, so that nobody gains by sending it for somebody
    else. A private page tells no referrer, and from there an old browser cannot prove where its form comes from.
    With `picture_bytes` a form may also carry that much of a picture.
    """
    if view is None:
        return partial(front_door, asks_origin=asks_origin, picture_bytes=picture_bytes)

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and (
            refusal := refuse(request, asks_origin=asks_origin, picture_bytes=picture_bytes)
        ):
            return refusal
        return view(request, *args, **kwargs)

    return guarded


def refuse(request, *, asks_origin=True, picture_bytes=0):
    """The Refused response for a POST that may not come in, or None. Reads no body before its size is known."""
    picture_bytes = picture_bytes if request.content_type == "multipart/form-data" else 0
    if _declared_length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE + picture_bytes:
        return Refused(413, PICTURE_TOO_BIG if picture_bytes else TOO_BIG)
    if request.content_type not in FORM_TYPES:
        return Refused(422, NOT_A_FORM)
    if asks_origin and not is_same_origin(request):
        return Refused(403, FROM_ELSEWHERE)
    try:
        if picture_bytes:
            request.upload_handlers = [InMemoryOnly(request)]
        else:
            # Body first: once POST is parsed from the stream the bytes are gone, and `has_broken_bytes` needs them.
            _ = request.body
        _ = request.POST
    except RequestDataTooBig:
        return Refused(413, TOO_BIG)
    except (
        SuspiciousOperation,
        BadRequest,
        MultiPartParserError,
        UnreadablePostError,
        LookupError,
        ValueError,
    ):
        # Not logged with its exception: Django's own message may quote what was sent.
        return Refused(400, NOT_READABLE)
    return None


def is_same_origin(request):
    """Whether the browser says that this request comes from one of our own pages.

    Sec-Fetch-Site is enough on its own: a page with the referrer policy `no-referrer` sends `Origin: null` even to
    itself. Without it (an old browser, or plain HTTP off localhost) the Origin must be ours. Neither: refused.
    """
    origin = request.headers.get("Origin")
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:
        return origin in ours
    return site == "same-origin" and (origin in ours or origin in (None, "null"))


def new_submission():
    """A signed number for one form, valid for SUBMISSION_HOURS."""
    return _signer.sign(secrets.token_urlsafe(18))


def read_submission(signed):
    """The number that was signed. Raises NotOurForm or FormExpired."""
    try:
        return _signer.unsign(signed, max_age=SUBMISSION_HOURS * 3600)
    except SignatureExpired:
        raise FormExpired from None
    except BadSignature:
        raise NotOurForm from None


def has_broken_bytes(request):
    """Whether the body is not whole UTF-8 (half a character, say). Django would put U+FFFD there."""
    try:
        body = request.body
    except RawPostDataException:
        # A form that may carry a picture was read from the stream: Django has put U+FFFD where a character was broken.
        return any("\ufffd" in value for values in request.POST.lists() for value in values[1])
    if request.content_type == "application/x-www-form-urlencoded":
        # Field separators are ASCII, so the body as a whole is UTF-8 exactly when every field is.
        body = unquote_to_bytes(body)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _declared_length(request):
    """Content-Length as a number; 0 when missing or malformed (the server then gives Django an empty body)."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
