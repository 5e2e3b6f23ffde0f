"""The WSGI application that a production server runs, and what has to be said before Django reads a request."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


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


application = only_utf8(get_wsgi_application())
