"""The hosts of each platform and the shapes of their addresses. Data only: `recognising.py` reads it.

A host is in here letter by letter or it is not the platform's. A shape is a pattern for the path, with the few
parameters that name a post ("keeps") behind a question mark; its groups fill the canonical address.
"""

import re
from dataclasses import dataclass

NAMES = {
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "x": "X",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "threads": "Threads",
    "reddit": "Reddit",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "tumblr": "Tumblr",
    "pinterest": "Pinterest",
    "linkedin": "LinkedIn",
    "snapchat": "Snapchat",
}
# Whatever follows the part that names a post: a title, the number of a picture, a comment.
REST = r"(?:[/?].*)?"


@dataclass(frozen=True, slots=True)
class Shape:
    """`kind` of post, the `path` it is known by, its `canonical` address; `is_short`: only the platform knows more."""

    kind: str
    path: re.Pattern
    canonical: str
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Hosts that share their shapes. `keeps` are the parameters that may name a post, in the order of the patterns."""

    platform: str
    hosts: tuple[str, ...]
    shapes: tuple[Shape, ...]
    keeps: tuple[str, ...] = ()


def shape(kind, path, canonical, *, is_short=False):
    """A Shape for a pattern that what follows may not change."""
    return Shape(kind, re.compile(path + REST, re.ASCII | re.DOTALL), canonical, is_short)


def short(path, canonical):
    """The Shape of a short link."""
    return shape("short", path, canonical, is_short=True)


def under(domain, *names):
    """The domain itself and these names under it."""
    return (domain, *(f"{name}.{domain}" for name in names))


CODE = r"/([\w-]{4,40})"
VIDEO = r"([\w-]{11})"
PINTEREST = (
    *("at", "ca", "ch", "cl", "co.uk", "com", "com.au", "com.mx", "de", "dk", "es", "fr", "ie", "it", "jp", "nl", "nz"),
    *("ph", "pt", "se"),
)

PLACES = (
    Place(
        "tiktok",
        under("tiktok.com", "www", "m"),
        (
            short("/t" + CODE, "https://www.tiktok.com/t/{0}/"),
            shape("video", r"/@([\w.-]{1,40})/video/(\d{8,22})", "https://www.tiktok.com/@{0}/video/{1}"),
            shape("photo", r"/@([\w.-]{1,40})/photo/(\d{8,22})", "https://www.tiktok.com/@{0}/photo/{1}"),
            shape(
                "video",
                r"/(?:v|embed|embed/v2|embed/v3|player/v1)/(\d{8,22})(?:\.html)?",
                "https://www.tiktok.com/@i/video/{0}",
            ),
        ),
    ),
    Place("tiktok", ("vm.tiktok.com",), (short(CODE, "https://vm.tiktok.com/{0}/"),)),
    Place("tiktok", ("vt.tiktok.com",), (short(CODE, "https://vt.tiktok.com/{0}/"),)),
    Place(
        "youtube",
        (*under("youtube.com", "www", "m", "music"), *under("youtube-nocookie.com", "www")),
        (
            shape("video", rf"/watch/?\?v={VIDEO}", "https://www.youtube.com/watch?v={0}"),
            shape("short video", f"/shorts/{VIDEO}", "https://www.youtube.com/shorts/{0}"),
            shape("video", f"/(?:live|embed|v|e)/{VIDEO}", "https://www.youtube.com/watch?v={0}"),
            shape("post", r"/post/([\w-]{10,60})", "https://www.youtube.com/post/{0}"),
            short(r"/clip/([\w-]{10,60})", "https://www.youtube.com/clip/{0}"),
        ),
        keeps=("v",),
    ),
    Place("youtube", under("youtu.be", "www"), (shape("video", f"/{VIDEO}", "https://www.youtube.com/watch?v={0}"),)),
    Place(
        "x",
        (
            *under("x.com", "www", "mobile", "m"),
            *under("twitter.com", "www", "mobile", "m"),
            # Doors to X that show its posts better in chats.
            *("fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com"),
        ),
        (
            shape("post", r"/i/web/status/(\d{5,25})", "https://x.com/i/status/{0}"),
            shape("post", r"/(\w{1,15})/status(?:es)?/(\d{5,25})", "https://x.com/{0}/status/{1}"),
        ),
    ),
    Place("x", ("t.co",), (short(CODE, "https://t.co/{0}"),)),
    Place(
        "instagram",
        (*under("instagram.com", "www", "m"), *under("instagr.am", "www")),
        (
            short(r"/share/(p|reel)/([\w-]{5,40})", "https://www.instagram.com/share/{0}/{1}"),
            short(r"/share/([\w-]{5,40})", "https://www.instagram.com/share/{0}"),
            shape("post", r"/(?:[\w.]{1,30}/)?(?:p|tv)/([\w-]{5,40})", "https://www.instagram.com/p/{0}/"),
            shape("reel", r"/(?:[\w.]{1,30}/)?reels?/([\w-]{5,40})", "https://www.instagram.com/reel/{0}/"),
            shape("story", r"/stories/([\w.]{1,30})/(\d{8,25})", "https://www.instagram.com/stories/{0}/{1}/"),
        ),
    ),
    Place(
        "facebook",
        (*under("facebook.com", "www", "m", "web", "mbasic", "touch"), *under("fb.com", "www")),
        (
            short(r"/share/([pvr])/([\w-]{5,40})", "https://www.facebook.com/share/{0}/{1}/"),
            short(r"/share/([\w-]{5,40})", "https://www.facebook.com/share/{0}/"),
            shape(
                "post",
                r"/(?:story|permalink)\.php\?story_fbid=([\w-]{1,150})&(?:.*&)?id=([\w.-]{1,60})",
                "https://www.facebook.com/story.php?story_fbid={0}&id={1}",
            ),
            shape("photo", r"/photo(?:\.php)?/?\?fbid=(\d{1,25})", "https://www.facebook.com/photo/?fbid={0}"),
            shape("video", r"/(?:watch|video\.php)/?\?v=(\d{1,25})", "https://www.facebook.com/watch/?v={0}"),
            shape("reel", r"/reel/(\d{5,25})", "https://www.facebook.com/reel/{0}"),
            shape(
                "post",
                r"/groups/([\w.-]{1,100})/(?:posts|permalink)/([\w-]{5,150})",
                "https://www.facebook.com/groups/{0}/posts/{1}",
            ),
            shape(
                "photo",
                r"/([\w.-]{1,100})/photos/[\w.-]{1,100}/(\d{5,25})",
                "https://www.facebook.com/photo/?fbid={1}",
            ),
            # What stands between is the title, and may be left out.
            shape(
                "post",
                r"/([\w.-]{1,100})/posts/(?:[^/]{1,300}/)?(pfbid\w{5,150}|\d{5,25})",
                "https://www.facebook.com/{0}/posts/{1}",
            ),
            shape(
                "video",
                r"/([\w.-]{1,100})/videos/(?:[^/]{1,300}/)?(\d{5,25})",
                "https://www.facebook.com/{0}/videos/{1}",
            ),
        ),
        keeps=("story_fbid", "fbid", "v", "id"),
    ),
    Place("facebook", under("fb.watch", "www"), (short(CODE, "https://fb.watch/{0}/"),)),
    Place("facebook", ("fb.me",), (short(CODE, "https://fb.me/{0}"),)),
    Place(
        "threads",
        (*under("threads.net", "www"), *under("threads.com", "www")),
        (
            shape("post", r"/@([\w.]{1,30})/post/([\w-]{5,40})", "https://www.threads.com/@{0}/post/{1}"),
            shape("post", r"/t/([\w-]{5,40})", "https://www.threads.com/t/{0}"),
        ),
    ),
    Place(
        "reddit",
        under("reddit.com", "www", "old", "new", "np", "m", "amp", "i", "sh"),
        (
            short(r"/r/(\w{2,21})/s/(\w{6,16})", "https://www.reddit.com/r/{0}/s/{1}"),
            short(r"/(?:u|user)/([\w-]{2,24})/s/(\w{6,16})", "https://www.reddit.com/user/{0}/s/{1}"),
            shape("post", r"/r/(\w{2,21})/comments/(\w{4,10})", "https://www.reddit.com/r/{0}/comments/{1}/"),
            shape(
                "post",
                r"/(?:u|user)/([\w-]{2,24})/comments/(\w{4,10})",
                "https://www.reddit.com/user/{0}/comments/{1}/",
            ),
            shape("post", r"/(?:comments|gallery)/(\w{4,10})", "https://www.reddit.com/comments/{0}/"),
        ),
    ),
    Place("reddit", under("redd.it", "www"), (shape("post", r"/(\w{4,10})", "https://www.reddit.com/comments/{0}/"),)),
    Place("reddit", ("v.redd.it",), (short(CODE, "https://v.redd.it/{0}"),)),
    Place(
        "bluesky",
        (*under("bsky.app", "www", "staging"), "main.bsky.dev"),
        (
            shape(
                "post",
                r"/profile/(did:[a-z]{1,20}:[\w.:-]{1,200}|[\w.-]{1,250}\.[A-Za-z]{2,})/post/([a-z2-7]{8,20})",
                "https://bsky.app/profile/{0}/post/{1}",
            ),
        ),
    ),
    Place("bluesky", ("go.bsky.app",), (short(CODE, "https://go.bsky.app/{0}"),)),
    Place(
        "tumblr",
        under("tumblr.com", "www", "m"),
        (shape("post", r"/(?:blog/view/)?([\w-]{1,32})/(\d{6,20})", "https://www.tumblr.com/{0}/{1}"),),
    ),
    Place("tumblr", ("tmblr.co",), (short(CODE, "https://tmblr.co/{0}"),)),
    Place(
        "pinterest",
        tuple(host for ending in PINTEREST for host in under(f"pinterest.{ending}", "www")),
        (shape("pin", r"/pin/(?:[^/]{0,300}--)?(\d{6,22})", "https://www.pinterest.com/pin/{0}/"),),
    ),
    Place("pinterest", ("pin.it",), (short(CODE, "https://pin.it/{0}"),)),
    Place(
        "linkedin",
        under("linkedin.com", "www", "m", "touch"),
        (
            shape(
                "post",
                r"/feed/update/urn:li:(activity|share|ugcPost):(\d{15,22})",
                "https://www.linkedin.com/feed/update/urn:li:{0}:{1}/",
            ),
            shape(
                "post",
                r"/posts/[^/?]{0,300}-(activity|share|ugcPost)-(\d{15,22})(?:-[\w-]{1,20})?",
                "https://www.linkedin.com/feed/update/urn:li:{0}:{1}/",
            ),
            shape("article", r"/pulse/([\w-]{3,200})", "https://www.linkedin.com/pulse/{0}/"),
        ),
    ),
    Place("linkedin", ("lnkd.in",), (short(CODE, "https://lnkd.in/{0}"),)),
    Place(
        "snapchat",
        under("snapchat.com", "www", "story"),
        (
            short("/t" + CODE, "https://www.snapchat.com/t/{0}"),
            shape(
                "spotlight", r"/(?:@[\w.-]{3,20}/)?spotlight/([\w-]{4,120})", "https://www.snapchat.com/spotlight/{0}"
            ),
            shape("story", r"/p/([\w-]{8,60})", "https://www.snapchat.com/p/{0}"),
        ),
    ),
    Place("snapchat", ("t.snapchat.com",), (short(CODE, "https://t.snapchat.com/{0}"),)),
)
PLACE_OF = {host: place for place in PLACES for host in place.hosts}

# Any host may be a Mastodon server: only the path tells. A host that borrows the name of another platform is none.
MASTODON = (
    shape("post", r"/(@[\w.-]{1,60}(?:@[\w-]{1,60}(?:\.[\w-]{1,60}){1,8})?)/(\d{15,22})", "https://{host}/{0}/{1}"),
    shape("post", r"/users/([\w.-]{1,60})/statuses/(\d{15,22})", "https://{host}/@{0}/{1}"),
)
BORROWED = re.compile("tiktok|youtu|twitter|instagram|facebook|threads|reddit|bsky|tumblr|pinterest|linkedin|snapchat")

# Pages that lead on to the address in one of their parameters, and what it is called.
WRAPPERS = {
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("l.facebook.com", "/"): ("u",),
    ("lm.facebook.com", "/"): ("u",),
    ("l.instagram.com", "/"): ("u",),
    ("l.threads.net", "/"): ("u",),
    ("l.threads.com", "/"): ("u",),
    ("out.reddit.com", "/"): ("url",),
    ("www.youtube.com", "/redirect"): ("q",),
    ("m.youtube.com", "/redirect"): ("q",),
    ("t.umblr.com", "/redirect"): ("z",),
    ("go.bsky.app", "/redirect"): ("u",),
    ("www.linkedin.com", "/redir/redirect"): ("url",),
    ("www.google.com", "/url"): ("q", "url"),
}
# One blog is one host on Tumblr; one country or language is one on these others.
TUMBLR_BLOG = re.compile(
    r"(?!(?:www|m|t|at|api|blog|assets|media|static|embed|secure)\.)([a-z0-9-]{1,32})\.tumblr\.com"
)
COUNTRY_HOST = re.compile(r"[a-z]{2}(?:-[a-z]{2})?\.((?:facebook|linkedin|pinterest)\.com)")
