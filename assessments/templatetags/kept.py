"""`{% kept "name" this that %}…{% endkept %}`: drawn once for each `this` and `that`, and kept in the process.

    {% kept "keep" crisis.mark blanks key address %}    what is the reader's alone is filled in each time
    {% kept "rows" cards unless has_quotes %}           drawn anew, and not kept, where there is something

What is inside may use nothing but what is named, the language of the page, and what never changes while a process
lives. No word of a post and no address of a report may be among what it is kept under: those go into blanks. As
Django's own `cache` tag, but nothing leaves the process, and nothing runs out.
"""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.kept import pieces

register = template.Library()

BLANKS, UNLESS = "blanks", "unless"
# Stands in a kept piece for what is filled in. Made of what may stand in an address, which a blank may be a part of.
STAND_IN = "0-blank-{}-blank-0"
_STAND_IN = re.compile(STAND_IN.format("([a-z_]+)"))


class KeptNode(template.Node):
    """The part between the tags. `parts` are what it shows: hashable, and the same only when they look the same."""

    def __init__(self, nodelist, name, *, parts, blanks, unless):
        self.nodelist, self.name, self.parts, self.blanks, self.unless = nodelist, name, parts, blanks, unless

    def render(self, context):
        """The part as it is kept, or drawn now, with its blanks filled in."""
        if self.unless is not None and self.unless.resolve(context, ignore_failures=True):
            return self.nodelist.render(context)
        key = (self.name, get_language(), *[part.resolve(context) for part in self.parts])
        piece = pieces.get(key, lambda: self._draw(context))
        if not self.blanks:
            return piece
        filled = piece[:]
        filled[1::2] = [conditional_escape(context[name]) for name in piece[1::2]]
        return SafeString("".join(filled))

    def _draw(self, context):
        """The part as text; with blanks, its text around them and their names, in turns."""
        with context.push(**{name: STAND_IN.format(name) for name in self.blanks}):
            drawn = self.nodelist.render(context)
        return _STAND_IN.split(drawn) if self.blanks else drawn


@register.tag
def kept(parser, token):
    """The tag: a name in quotes, everything that the part shows, `blanks` and their names, `unless` and a value."""
    _, name, *words = token.split_contents()
    words, unless = _until(UNLESS, words)
    parts, blanks = _until(BLANKS, words)
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(
        nodelist,
        name,
        parts=[parser.compile_filter(part) for part in parts],
        blanks=blanks,
        unless=parser.compile_filter(unless[0]) if unless else None,
    )


def _until(word, words):
    """What stands before a word, and what after it."""
    at = words.index(word) if word in words else len(words)
    return words[:at], words[at + 1 :]
