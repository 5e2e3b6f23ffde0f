"""YouTube: oEmbed gives the title of a video, and no more. https://oembed.com/#section7"""

from posts.links.not_readable import Reason
from posts.links.providers import oembed
from posts.models import ReadAs

READS = ReadAs.TITLE
HOSTS = frozenset({"www.youtube.com"})
# 400: no such video. 401: its maker does not want it shown elsewhere. 403, as everywhere: private.
REASONS = {400: Reason.GONE, 401: Reason.REFUSED}
KINDS = {"video", "short video"}


def address(link):
    """The address that tells about a video; None for clips and posts of a channel, which have no documented way."""
    return oembed.asking("https://www.youtube.com/oembed", link, format="json") if link.kind in KINDS else None


def words(answer, link):
    """The title. Raises NotReadable."""
    return oembed.titled(answer)
