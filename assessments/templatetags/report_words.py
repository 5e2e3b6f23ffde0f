"""Template filters for words that are not ours: what an editor wrote, what a visitor pasted, how to reach somebody.

The only place where such words become HTML, and each piece is escaped or cleaned here.
"""

from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from assessments import crisis_help, marking
from assessments.report import BADGES
from posts.sanitizing import clean_guidance

register = template.Library()


@register.filter
def guidance(text):
    """Guidance with its little HTML, cleaned."""
    # Two cleaners of different make have been at it: that is what this filter is for.
    return mark_safe(clean_guidance(text or ""))  # nosec B308 B703


@register.filter
def harmless(text):
    """Words of a visitor without signs that could reorder the page; autoescaping does the rest."""
    return marking.harmless(text)


@register.filter
def shipped_words(text):
    """Words of the checklist or the help services, in the reader's language if we have them, else marked as English."""
    # A lazy sentence is one of ours, and in the reader's language already.
    return str(text) if isinstance(text, Promise) else _in_readers_language(text, text)


@register.filter
def tappable(pieces):
    """Pieces of a line such as "116 123 (free)", with links for what can be tapped, in the reader's language."""
    line = "".join(piece.text for piece in pieces)
    translated = gettext(line) if line else ""
    if translated != line:
        return _linked(crisis_help.pieces(translated))
    return _in_readers_language(line, _linked(pieces))


def _in_readers_language(text, shown):
    """The translation of `text`; where there is none `shown`, marked as English if it has words in it."""
    translated = gettext(text) if text else ""
    if translated != text:
        return translated
    if (get_language() or "en").startswith("en") or not any(character.isalpha() for character in text):
        return shown
    return format_html('<span lang="en">{}</span>', shown)


def _linked(pieces):
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a class="tap" href="{}">{}</a>', piece.href, piece.text) if piece.href else piece.text,)
            for piece in pieces
        ),
    )


@register.filter
def badge(effect):
    """An effect in words, never in colour alone."""
    return BADGES.get(effect, "")


@register.filter
def country_name(code):
    """The name of a country by its two letters; the letters when we do not know it."""
    return crisis_help.name_of(code)


@register.filter
def marked(segments):
    """The segments of a post: evidence in <mark> with its number, hidden words as a neutral block, all escaped.

    Folded stretches can be opened without script; hidden words that were asked for are not printed.
    """
    return format_html_join("", "{}", ((_segment(segment),) for segment in segments))


def _segment(segment):
    if segment.folded:
        return _fold(segment)
    numbers = format_html_join(
        "",
        '<a class="number" id="{}" href="#item-{}"><span class="away">{} </span>{}</a>',
        ((opening.anchor, opening.number, gettext("Note"), opening.number) for opening in segment.openings),
    )
    words = _hidden_words(segment) if segment.hidden else segment.shown
    if segment.numbers:
        return format_html('<mark class="{}">{}{}</mark>', segment.tone, numbers, words)
    return format_html("{}", words)


def _hidden_words(segment):
    """A block in place of hidden words; where the reader asked for them the words, with the block on paper."""
    if not segment.asked_for:
        return format_html('<span class="hidden-words">{}</span>', segment.shown)
    return format_html(
        '<span class="asked-for screen">{}</span><span class="hidden-words paper">{}</span>',
        segment.shown,
        marking.HIDDEN,
    )


def _fold(segment):
    """A stretch that is closed until somebody opens it, searches in it or prints it. Its summary is in our words."""
    number = number_format(len(segment.text), use_l10n=True, force_grouping=True)
    # Translators: opens a part of a long post; always more than two hundred.
    summary = gettext("Show {number} more characters").format(number=number)
    return format_html(
        '<details class="fold"><summary lang="{}" dir="auto">{}</summary>{}</details>',
        get_language() or "en",
        summary,
        segment.shown,
    )
