"""A picture of a post in, its words out. The picture is never kept: it stays in memory, and is gone with the request.

Reading is optional (the requirements of requirements-screenshots.txt) and heavy, so it happens in a child process that
limits itself (`screenshot_reading.py`), a few at a time, and is stopped when it takes too long.
"""

import json
import logging
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from importlib.util import find_spec

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from posts.intake import PostError
from posts.picture_files import BadPicture, picture_in
from posts.screenshot_lines import Line, words_of

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# Somebody else's picture is usually done by then.
WAIT_SECONDS = 4
# What a browser may offer to choose; what is in a file is decided by its content.
FORMATS = ("image/png", "image/jpeg", "image/webp")
LIBRARIES = ("rapidocr", "onnxruntime", "cv2", "PIL")

logger = logging.getLogger(__name__)
_turns = threading.BoundedSemaphore(settings.SCREENSHOTS_AT_ONCE)


class PictureError(PostError):
    """Something is wrong with the picture, or with reading it."""

    field = "picture"


class NoPicture(PictureError):
    """No file was chosen, or an empty one."""

    sentence = _("Choose a picture first.")


class PictureTooBig(PictureError):
    """More than MOST_BYTES."""

    status = 413
    sentence = _("This picture is too big for us. It can have up to 10 MB. Take a smaller screenshot, or cut it.")


class TooManyPixels(PictureError):
    """More than MOST_PIXELS, by the picture's own word or by the decoder's."""

    sentence = _("This picture is too large for us. Take a screenshot of just the post, or cut the picture.")


class UnusablePicture(PictureError):
    """The file is not a still PNG, JPEG or WebP picture that is whole. Made from what BadPicture says."""

    sentences = {
        "unknown": _("We could not tell that this is a picture. We can read PNG, JPEG and WebP."),
        "newer": _("We cannot read this kind of picture (HEIC or AVIF). Take a screenshot of it, and choose that one."),
        "moving": _("This picture moves. We can only read still ones. Take a screenshot of it, and choose that one."),
        "broken": _("This picture is broken or not all there. Take the screenshot again."),
        "attached": _("Something else is hidden in this file, so we did not open it. Take the screenshot again."),
    }

    def __init__(self, why):
        super().__init__(self.sentences[why])


class NoWordsSeen(PictureError):
    """The picture was read, and there are no words of a post in it."""

    sentence = _("We could not find words in this picture. Try a sharper one, or type the words of the post.")


class CouldNotRead(PictureError):
    """The child took too long or too much memory, or fell over."""

    sentence = _("We could not read this picture. Cut it to just the post and try again, or type the words.")


class BusyReading(PictureError):
    """Other pictures are being read, and did not get done in time."""

    status = 503
    sentence = _("We are reading other pictures right now. Wait a minute, then try again.")


class NoPicturesHere(PictureError):
    """A picture was shared where none is read."""

    sentence = _("We could not take the picture in here. Copy the words of the post, or type them.")


def is_offered():
    """Whether this installation reads screenshots: it is not switched off, and all that it takes is installed."""
    return settings.SCREENSHOTS and all(find_spec(library) for library in LIBRARIES)


def read_screenshot(content):
    """The Words (text and author line) in the bytes of a picture. Stores nothing. Raises PictureError."""
    if not content:
        raise NoPicture
    if len(content) > MOST_BYTES:
        raise PictureTooBig
    try:
        picture = picture_in(content)
    except BadPicture as error:
        raise UnusablePicture(error.why) from None
    if picture.width * picture.height > MOST_PIXELS:
        raise TooManyPixels
    with _turn():
        told = _ask_child(picture)
    words = words_of([Line.of(line) for line in _lines_of(told)])
    if not words.text:
        raise NoWordsSeen
    return words


@contextmanager
def _turn():
    """One of the few places for a child. Raises BusyReading when none gets free."""
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise BusyReading
    try:
        yield
    finally:
        _turns.release()


def _ask_child(picture):
    """What the child wrote about the picture, as a dictionary. Raises CouldNotRead."""
    began = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "posts.screenshot_reading", picture.kind],
            input=picture.content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=settings.SCREENSHOT_SECONDS,
            cwd=settings.BASE_DIR,
            # None of our secrets, and as many threads as the child asks for itself.
            env={"PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"},
            check=True,
        )
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        logger.warning("reading a screenshot failed", extra={"reason": _reason(error)})
        raise CouldNotRead from None
    logger.info("a screenshot was read", extra={"seconds": round(time.monotonic() - began, 2)})
    return told


def _reason(error):
    """What happened to the child, for the log: never what it wrote."""
    if isinstance(error, subprocess.CalledProcessError):
        return f"status {error.returncode}"
    return type(error).__name__


def _lines_of(told):
    """The lines out of a child's answer. Raises PictureError for the problem that it told."""
    problem = told.get("problem")
    if problem == "pixels":
        raise TooManyPixels
    if problem == "broken":
        raise UnusablePicture("broken")
    if problem:
        logger.warning("reading a screenshot failed", extra={"reason": problem})
        raise CouldNotRead
    return told["lines"]
