"""Bluesky: the public AppView gives the whole post. https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread

It finds the account behind a handle itself, so that one request is enough.
"""

import re
from urllib.parse import urlencode

from posts.links.not_readable import NotReadable, Reason
from posts.links.providers.words import Words, inside, one_line, perhaps, some
from posts.models import ReadAs

READS = ReadAs.FULL_TEXT
HOSTS = frozenset({"public.api.bsky.app"})
# No such post, no such account, an account that was closed.
REASONS = {400: Reason.GONE}
POST = re.compile(r"https://bsky\.app/profile/([^/]+)/post/([a-z2-7]+)")
THREAD = "app.bsky.feed.defs#threadViewPost"
WHY_NONE = {
    "app.bsky.feed.defs#notFoundPost": Reason.GONE,
    "app.bsky.feed.defs#blockedPost": Reason.PRIVATE,
}
# How somebody on Bluesky asks that only people who are signed in see their posts. The interface hands them out anyway.
ONLY_SIGNED_IN = "!no-unauthenticated"


def address(link):
    """The address of a post without the posts around it; None for anything else."""
    match = POST.fullmatch(link.canonical) if link.kind == "post" else None
    if match is None:
        return None
    about = {"uri": f"at://{match[1]}/app.bsky.feed.post/{match[2]}", "depth": 0, "parentHeight": 0}
    return f"https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?{urlencode(about)}"


def words(answer, link):
    """The whole text. Raises NotReadable; PRIVATE when its author asks for readers who are signed in."""
    kind = inside(answer, "thread", "$type")
    if kind != THREAD:
        raise NotReadable(WHY_NONE.get(kind, Reason.GARBLED))
    post = inside(answer, "thread", "post", kind=dict)
    labels = perhaps(post, "author", "labels", kind=list) + perhaps(post, "labels", kind=list)
    if any(perhaps(label, "val") == ONLY_SIGNED_IN for label in labels):
        raise NotReadable(Reason.PRIVATE)
    name = one_line(perhaps(post, "author", "displayName"))
    return Words(some(inside(post, "record", "text")), name)
