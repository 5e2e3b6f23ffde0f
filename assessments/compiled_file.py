"""A compiled checklist as a temporary file, so that a web server that starts again need not compile it again.

What is read from such a file is run, so it is read only when it was signed with our key, by this engine on this Python.
Anything else, and any trouble with the file, is as if there were none: then the checklist is compiled as ever.
"""

import hmac
import os
import pickle  # nosec B403: only what we signed ourselves is read
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from assessments import engine
from assessments.collector import collector_off


def read(digest):
    """What `write` was given for the version with this digest, or None."""
    with suppress(Exception):
        whole = _path(digest).read_bytes()
        signature, pickled = whole[: sha256().digest_size], whole[sha256().digest_size :]
        if hmac.compare_digest(signature, _signature(digest, pickled)):
            with collector_off():
                return pickle.loads(pickled)  # nosec B301: signed by us
    return None


def is_there(digest):
    """Whether there is a file for this version; `read` says whether it is any good."""
    return _path(digest).exists()


def write(digest, compiled):
    """Keep `compiled`, if there is a place. Old versions go."""
    with suppress(Exception):
        pickled = pickle.dumps(compiled, pickle.HIGHEST_PROTOCOL)
        path = _path(digest)
        # mkstemp: for nobody but us, and never through somebody else's link.
        number, made = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(number, "wb") as file:
            file.write(_signature(digest, pickled) + pickled)
        os.replace(made, path)
        for old in path.parent.glob(f"{_beginning()}*"):
            if old != path:
                old.unlink()


def _signature(digest, pickled):
    about = "\0".join((__name__, digest, engine.VERSION, sys.version))
    key = sha256(f"{__name__}{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, about.encode() + b"\0" + pickled, sha256).digest()


def _path(digest):
    return Path(tempfile.gettempdir()) / f"{_beginning()}{digest[:16]}"


def _beginning():
    """Two sites on one machine have two keys, and each its own files."""
    return f"second-look-{sha256(settings.SECRET_KEY.encode()).hexdigest()[:12]}-"
