"""A form of staff that came when their session had just ended: kept, encrypted, until they have signed in again.

It waits in the session of the browser that sent it, for an hour, and is shown to the person who wrote it and nobody
else. Nothing happens by itself: they send it again with a button, and the page it goes to checks it as ever.
"""

import json
import time

from posts.encryption import CannotDecrypt, decrypt, encrypt

KEPT = "kept_form"
SECONDS_KEPT = 60 * 60
# The pages on which people write. Accounts and passwords are never kept: what is typed there is secret.
PAGES = ("moderation_staff:", "admin:")
NEVER = ("admin:auth_", "admin:password", "admin:log")


def kept_from(request, name):
    """What to keep of a request to the address with this name, as an encrypted text; "" when there is nothing.

    A file cannot be put into a form again, and a part of a page that htmx asked for is no page.
    """
    is_kept = name.startswith(PAGES) and not name.startswith(NEVER)
    if request.method != "POST" or not is_kept or request.FILES or request.htmx:
        return ""
    fields = [[name, text] for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    kept = {"by": request.user.pk, "at": time.time(), "path": request.path, "fields": fields}
    return encrypt(json.dumps(kept))


def kept_for(request):
    """{path, fields} of the form that is kept for the person who is signed in now, or None."""
    try:
        kept = json.loads(decrypt(request.session.get(KEPT, "")))
    except CannotDecrypt:
        return None
    if kept["by"] != request.user.pk or time.time() - kept["at"] > SECONDS_KEPT:
        return None
    return kept
