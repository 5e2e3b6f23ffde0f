"""Words for the queue of moderators."""

from django import template
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from assessments.moderation.models import ReferralSource
from assessments.moderation.people import shown_name

register = template.Library()


@register.filter
def why(case):
    """Who asked for the case: "The checklist, a reader"."""
    words = ", ".join(ReferralSource(source).label for source in case.sources)
    return words[:1] + words[1:].lower()


@register.filter
def titled(titles, key):
    """The title of a section, or its key when the published version does not have it any more."""
    return titles.get(key, key)


@register.filter
def is_late(case):
    """Whether the case waits longer than its band allows."""
    return case.is_waiting and case.due_at < timezone.now()


@register.filter
def read_by(case):
    """The person who reads the case now, or None."""
    return case.reader_now()


@register.filter
def shown(person):
    """A moderator's name, as colleagues see it."""
    return shown_name(person)


@register.filter
def has_shortcuts_off(person):
    """Whether the person wants no keyboard shortcuts."""
    try:
        return person.moderator_preference.shortcuts_off
    except ObjectDoesNotExist:
        return False


@register.simple_tag
def moderator_support():
    """Whom moderators can turn to; empty when nobody said."""
    return settings.MODERATOR_SUPPORT
