"""Finding posts by the link that they came from, although the link itself is encrypted and cannot be searched.

Beside it stands a keyed hash of its canonical form. Without our key nobody can try links against it.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac


def source_mark(canonical):
    """64 hexadecimal characters for a canonical link; "" for no link."""
    return _mark(canonical, settings.SECRET_KEY) if canonical else ""


def source_marks(canonical):
    """The marks under which posts from this link may be kept: one for each key, as keys are changed now and then."""
    return [_mark(canonical, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _mark(canonical, key):
    return salted_hmac("posts.source_marks", canonical, secret=key, algorithm="sha256").hexdigest()
