"""The only importer of bleach and nh3. Makes editors' HTML harmless, and makes text out of HTML.

Two cleaners of different make, one after the other, so that a hole in one parser is not a hole in the page:
bleach (html5lib) has had its last release; nh3 (ammonia, Rust) is maintained and has the last word. What they are given
is made normal first, and bleach's `linkify` is never used: its time grows with the square of the text.
"""

import html
import re
import unicodedata
from functools import lru_cache

import bleach
import nh3

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# What makes a new paragraph, and what a new line, when HTML becomes plain text.
BLOCKS = {"p", "div", "blockquote", "pre", "ul", "ol"}
LINES = {"br", "li"}
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w-]*)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+)")
# Controls, halves of characters, and code points that are none. Joiners stay: some scripts and emoji need them.
INVISIBLE = {"Cc", "Cs", "Cn"}
LINK_REL = "noopener noreferrer nofollow"


@lru_cache(maxsize=2_000)  # more than a checklist has of them
def clean_guidance(text):
    """Guidance as an editor wrote it (a little HTML or plain text) in, HTML that is safe to mark safe out.

    Keeps TAGS, and on links only an absolute `href` with one of SCHEMES. Everything else shows as the text it is.
    """
    once = bleach.clean(normal(text), tags=TAGS, attributes=_is_absolute_link, protocols=SCHEMES, strip=False)
    return nh3.clean(
        once,
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=LINK_REL,
    )


def normal(text):
    """The text with one form of each letter, LF as its line ends, and without characters that nobody can see or type:
    what differs only in them could mean one thing to one parser and another to the next."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in INVISIBLE)


def not_kept(text):
    """What `clean_guidance` will not keep of this HTML: tags, attributes and addresses by name, each once, in order.

    For the editor who wrote it: what counts is what `clean_guidance` does.
    """
    found = {}
    for tag in _TAG.finditer(text):
        name = tag[1].lower()
        if name not in TAGS:
            found[f"<{name}>"] = None
            continue
        for attribute in _ATTRIBUTE.finditer(tag[2]):
            value = attribute[2].strip("\"'")
            if not _is_absolute_link(name, attribute[1].lower(), value):
                found[f"the address “{value}”" if (name, attribute[1].lower()) == ("a", "href") else attribute[1]] = (
                    None
                )
    return list(found)


def plain_text(markup):
    """HTML in, its words out: no tags, no entities, script and style contents gone, blank space tidied."""
    # A tag becomes a space: "<p>one</p><p>two</p>" must not read as one word.
    spaced = re.sub(r"<(?=[/a-zA-Z])", " <", markup)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"})).split())


def text_of_html(markup):
    """HTML in, its words as people see them out: a blank line between paragraphs, line breaks kept, no tags."""
    kept = nh3.clean(markup, tags=BLOCKS | LINES, attributes={"*": set()}, clean_content_tags={"script", "style"})
    # White space in HTML is one space, whatever it is; only tags break lines.
    text = re.sub(r"<(/?)(\w+)>", _breaking, " ".join(kept.split()))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", html.unescape(text))).strip()


def _breaking(tag):
    is_end, name = tag.groups()
    if name in BLOCKS:
        return "\n\n"
    return "" if is_end else "\n"


def _is_absolute_link(tag, name, value):
    """Whether bleach may keep this attribute: only `href` on `a`, only absolute, only our schemes."""
    if (tag, name) != ("a", "href"):
        return False
    scheme, colon, rest = html.unescape(value).strip().partition(":")
    if not colon or scheme.lower() not in SCHEMES or not rest:
        return False
    return rest.startswith("//") if scheme.lower() in {"http", "https"} else not rest.startswith("//")
