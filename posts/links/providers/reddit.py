"""Reddit: oEmbed gives the title of a post, not its text. https://oembed.com/providers.json

Its share links (/s/) are not among the addresses that the endpoint is said to take, so nobody asks about them.
"""

from posts.links.not_readable import Reason
from posts.links.providers import oembed
from posts.links.providers.words import Words, inside, some
from posts.models import ReadAs

READS = ReadAs.TITLE
HOSTS = frozenset({"www.reddit.com"})
# It shuts whole networks out, with a page of HTML: that says nothing about the post.
REASONS = {403: Reason.REFUSED}


def address(link):
    """The address that tells about a post; None for anything else."""
    return oembed.asking("https://www.reddit.com/oembed", link) if link.kind == "post" else None


def words(answer, link):
    """The title; people have no names on Reddit, only accounts. Raises NotReadable."""
    return Words(some(inside(answer, "title")))
