"""The WSGI application that a production server runs, and what has to be said before Django reads a request."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

MOST_READ_AWAY = 16 * 1024 * 1024
PIECE_BYTES = 64 * 1024


def only_utf8(application):
    """A WSGI application that never sees a charset but UTF-8; a form in another one is no form to it.

    Django decodes a whole request, its address too, with the charset that the sender names, and it does so before any
    middleware: a codec such as `hex`, which is not for text, ends in an error that no page can be made of.
    """

    def guarded(environ, start_response):
        try:
            charset = parse_header_parameters(environ.get("CONTENT_TYPE", ""))[1].get("charset", "utf-8")
        except ValueError:
            charset = ""
        if charset.lower() not in {"utf-8", "utf8"}:
            environ["CONTENT_TYPE"] = "application/octet-stream"
        return application(environ, start_response)

    return guarded


def heard_out(application):
    """A WSGI application that answers only when all was sent, even if nobody wants to read it.

    A post that is far too long is refused by its length. A server that closes while the rest is still on its way breaks
    the connection, and the sentence that says what to do is lost. What is larger than anybody pastes is left to break.
    """

    def patient(environ, start_response):
        answer = application(environ, start_response)
        # Said by servers whose input ends where the request ends; from others we would wait for more.
        if environ.get("wsgi.input_terminated"):
            left = MOST_READ_AWAY
            # Whoever stops sending gets no answer, whatever a server calls that.
            with suppress(Exception):
                while left > 0 and (piece := environ["wsgi.input"].read(PIECE_BYTES)):
                    left -= len(piece)
        return answer

    return patient


application = heard_out(only_utf8(get_wsgi_application()))
