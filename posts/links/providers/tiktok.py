"""TikTok: oEmbed gives the caption, not what is said or shown. https://developers.tiktok.com/doc/embed-videos/

Short links (vm.tiktok.com) need not be followed: the endpoint takes them as they are.
"""

from posts.links.not_readable import Reason
from posts.links.providers import oembed
from posts.models import ReadAs

READS = ReadAs.CAPTION
HOSTS = frozenset({"www.tiktok.com"})
# Deleted, private and unknown videos all get the same answer.
REASONS = {400: Reason.GONE}
KINDS = {"video", "photo", "short"}


def address(link):
    """The address that tells about a video, a row of photos or a short link; None for anything else."""
    return oembed.asking("https://www.tiktok.com/oembed", link) if link.kind in KINDS else None


def words(answer, link):
    """The caption. Raises NotReadable."""
    return oembed.titled(answer)
