"""Links among words: where they are, and whether there is anything besides them."""

import re
import unicodedata

from posts.links.recognising import recognise

# Marks that end a sentence, or close a bracket, and are no part of the link before them.
AFTER_A_LINK = ".,;:!?)]}’”'…"
WITH_SCHEME = r"https?://[^\s<>\"]+"
WEB_ADDRESS = re.compile(WITH_SCHEME, re.IGNORECASE)
# With a scheme, or a host with a path as people type it. It starts where a word starts.
LINK = re.compile(
    WITH_SCHEME + r"|(?<![\w@.:/-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/[^\s<>\"]+", re.IGNORECASE | re.ASCII
)
LINK_ONLY = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
# "Look at" beside a link is no post. Three words can be: "Running cures depression".
FEWEST_WORDS = 3


def web_addresses(text):
    """The addresses with a scheme in a text, as they are written, in order, as often as they stand there."""
    return _found(WEB_ADDRESS, text)


def links_in(text):
    """The addresses in a text, as they are written, each once, in order."""
    found = _found(LINK, text)
    # A full stop without a space ("he/she.they/them") looks like a host: without a scheme only the known ones count.
    return list(dict.fromkeys(link for link in found if "://" in link or recognise(link)))


def source_of(text):
    """The Link to the post that a text was copied from: the only address in it, when that leads to a post; else None.

    With more than one, none is taken: they may be what the post is about.
    """
    found = links_in(text)
    link = recognise(found[0]) if len(found) == 1 else None
    return link if link and link.is_post else None


def is_only_links(text):
    """Whether a text is links, with almost no words beside them."""
    if LINK_ONLY.fullmatch(text.strip()):
        return True
    found = links_in(text)
    # Longest first: one address may be the beginning of another.
    for link in sorted(found, key=len, reverse=True):
        text = text.replace(link, " ")
    return bool(found) and sum(map(_words_in, WORD.findall(text))) < FEWEST_WORDS


def only_link(text):
    """The Link that a text is, with almost no words beside it; None for words, two addresses, or one we do not know."""
    found = (links_in(text) or [text.strip()]) if is_only_links(text) else []
    return recognise(found[0]) if len(found) == 1 else None


def _found(shape, text):
    return [link.rstrip(AFTER_A_LINK) for link in shape.findall(text)]


def _words_in(run):
    """How many words a run of letters is. Letters without case may be words of their own: 今日は疲れた."""
    return max(1, sum(unicodedata.category(letter) == "Lo" for letter in run))
