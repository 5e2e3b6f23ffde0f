"""Mastodon: every server gives its public posts. https://docs.joinmastodon.org/methods/statuses/#get

Any host may be such a server, so the answer has to prove that it is one: it must be the very post that was asked for.
"""

from urllib.parse import urlsplit

from posts.links.not_readable import NotReadable, Reason
from posts.links.providers.words import Words, inside, one_line, perhaps, some
from posts.models import ReadAs
from posts.sanitizing import text_of_html

READS = ReadAs.FULL_TEXT
# Only the host in the link: there are thousands of servers.
HOSTS = None
# A server that is closed to strangers says 401, also for a post that it shows in the browser.
REASONS = {401: Reason.LOGIN}
OPEN_TO_ALL = {"public", "unlisted"}


def address(link):
    """The address of one post on its server; None for anything else."""
    parts = urlsplit(link.canonical)
    return f"https://{parts.hostname}/api/v1/statuses/{_number(link)}" if link.kind == "post" else None


def words(answer, link):
    """The content warning, if there is one, then the whole text. Raises NotReadable."""
    if inside(answer, "id") != _number(link):
        raise NotReadable(Reason.GARBLED)
    if inside(answer, "visibility") not in OPEN_TO_ALL:
        raise NotReadable(Reason.PRIVATE)
    warning = perhaps(answer, "spoiler_text").strip()
    text = some(text_of_html(inside(answer, "content")))
    about = text_of_html(perhaps(answer, "account", "note"))
    author = one_line(perhaps(answer, "account", "display_name"), about)
    return Words(some(f"{warning}\n\n{text}"), author)


def _number(link):
    return urlsplit(link.canonical).path.rpartition("/")[2]
