"""The platforms that let anybody read a post without signing in: one small module each, by the key of the platform.

Each module is data and pure functions; it never touches the network or the database:

    READS          a ReadAs: how much of a post its words are
    HOSTS          the only hosts that it may ask, exactly; None: only the host that the link itself is at
    REASONS        what an HTTP status means there, where it differs from reading.py
    address(link)  the address of its interface for a Link, or None when there is no documented way for this one
    words(answer, link) -> Words   raises NotReadable; `answer` is the JSON

Instagram, Facebook and Threads are never asked: their terms forbid it. The others offer no words without signing in.
"""

from posts.links.providers import bluesky, mastodon, reddit, tiktok, x, youtube

PROVIDERS = {
    "bluesky": bluesky,
    "mastodon": mastodon,
    "x": x,
    "tiktok": tiktok,
    "youtube": youtube,
    "reddit": reddit,
}
