"""X: oEmbed gives the words of a post, in HTML. https://developer.x.com/en/docs/x-for-websites/oembed-api

The documented host may send us on to its new name.
"""

import re

from posts.links.not_readable import NotReadable, Reason
from posts.links.providers import oembed
from posts.links.providers.words import Words, inside, some
from posts.models import ReadAs
from posts.sanitizing import text_of_html

READS = ReadAs.FULL_TEXT
HOSTS = frozenset({"publish.twitter.com", "publish.x.com"})
REASONS = {}
PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL | re.IGNORECASE)
# Addresses of its own making: of a picture, of a page. They say nothing to a reader.
SHORTENED = re.compile(r"(?:https://t\.co|pic\.(?:twitter|x)\.com)/\w+")
# Of a longer post it gives the first 280 characters or so, and three dots.
CUT_FROM = 200


def address(link):
    """The address that tells about a post; None for t.co, behind which is any page of the web."""
    more = {"omit_script": "1", "dnt": "1", "hide_thread": "1"}
    return oembed.asking("https://publish.twitter.com/oembed", link, **more) if link.kind == "post" else None


def words(answer, link):
    """The words of the post. Raises NotReadable; CUT when it is only the beginning of them."""
    paragraphs = PARAGRAPH.findall(inside(answer, "html"))
    if not paragraphs:
        raise NotReadable(Reason.GARBLED)
    # Only the first is the post. Blanks before an address go with it.
    text = some(re.sub(rf"[ ]*{SHORTENED.pattern}", "", text_of_html(paragraphs[0])))
    if text.endswith("…") and len(text) >= CUT_FROM:
        raise NotReadable(Reason.CUT)
    return Words(text, oembed.author_name(answer))
