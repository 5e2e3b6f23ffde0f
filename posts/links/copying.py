"""How to get the words of a post out of each platform, in plain steps."""

from django.utils.translation import gettext_lazy as _

OPEN = _("Open the link, so that you see the post.")
ALL_OF_IT = _("If you see “more”, tap it to see all the words.")
COPY = _("Press and hold the words, then tap “Copy”.")
COPY_FROM_MENU = _("Tap the three dots at the post. If you see “Copy text” there, tap it.")
IN_A_BROWSER = _("If the app does not let you copy, open the link in a browser and copy the words there.")
TYPE = _("If there is nothing to copy, type what is said or shown.")
PASTE = _("Come back here and put the words above the link. Leave out people’s names.")

VIDEO = (OPEN, ALL_OF_IT, COPY, TYPE, PASTE)
WORDS = (OPEN, ALL_OF_IT, COPY, PASTE)
MENU = (OPEN, COPY_FROM_MENU, COPY, PASTE)
CLOSED = (OPEN, ALL_OF_IT, IN_A_BROWSER, TYPE, PASTE)
NO_COPYING = (OPEN, TYPE, PASTE)
STEPS = {
    "tiktok": VIDEO,
    "youtube": VIDEO,
    "x": WORDS,
    "instagram": CLOSED,
    "facebook": WORDS,
    "threads": WORDS,
    "reddit": MENU,
    "bluesky": MENU,
    "mastodon": WORDS,
    "tumblr": WORDS,
    "pinterest": CLOSED,
    "linkedin": WORDS,
    "snapchat": NO_COPYING,
}


def steps(link):
    """What to do, step by step, for a Link, or for None: an address that we do not know."""
    return STEPS[link.platform] if link else (OPEN, COPY, TYPE, PASTE)
