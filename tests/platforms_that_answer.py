"""Platforms of the fake internet, and what they say about a post. All invented, in the shapes that are documented."""

from tests.fake_internet import reply
from tests.public_forms import WORDS

BLUESKY = "https://bsky.app/profile/quokka.example/post/3kexample2222"
TIKTOK = "https://www.tiktok.com/@quokka/video/7329968713464073518"
YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"
INSTAGRAM = "https://www.instagram.com/reel/CxExample01/"

AUTHOR = "Quentin, registered nurse"
# The page for whoever is not signed in. A door that hangs says nothing at all.
BLUESKY_HOST = "public.api.bsky.app"


def bluesky_says(text=WORDS, *, author=AUTHOR, labels=()):
    """A post on Bluesky. The label `!no-unauthenticated` asks for readers who are signed in."""
    post = {
        "author": {
            "handle": "quokka.example",
            "displayName": author,
            "labels": [{"val": label} for label in labels],
        },
        "record": {"$type": "app.bsky.feed.post", "text": text},
        "labels": [],
    }
    return reply({"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": post}})


def oembed_says(title=WORDS, *, author=AUTHOR):
    """The caption of a video on TikTok, or the title of one on YouTube."""
    return reply({"version": "1.0", "type": "video", "title": title, "author_name": author})
