"""What a phone hands over when somebody shares a post with us, made into words for the paste form. Nothing is kept."""

import re

from posts.links import is_address, web_addresses


def shared_words(*, title="", text="", url=""):
    """One text out of the three parts that may be shared: the words as they are, then the link on a line of its own.

    Apps put words of their own around a link ("Check this out! https://… #fun"): when there is one link, it is taken
    out of them. With more than one, the words stay as they are: the links may be what the post is about.
    """
    title, text, url = title.strip(), text.strip(), url.strip()
    found = web_addresses(text)
    link = url or (found[0] if len(set(found)) == 1 else "")
    words = tidied(text.replace(link, "")) if link and set(found) == {link} else text
    if title and title not in words and title != link:
        words = f"{title}\n{words}".strip()
    return "\n".join(part for part in (words, "" if link in words.split() else link) if part)


def is_one_link(text):
    """Whether a text is one address on the public web and nothing else: not too long, and nothing hidden in it."""
    return bool(re.fullmatch(r"https?://[^\s<>\"]+", text, re.IGNORECASE)) and is_address(text)


def tidied(text):
    """The text without the gap that a link left in it: no double spaces, no blank space at the end of a line."""
    return "\n".join(re.sub(r"[ \t]{2,}", " ", line).strip() for line in text.split("\n")).strip()
