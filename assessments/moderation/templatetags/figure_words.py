"""Figures in words."""

from django import template

from assessments.moderation.transparency import in_hours

register = template.Library()


@register.filter
def share(share):
    """A Share: "25 % (7 % to 59 %)"; a dash when there is nothing to share."""
    if not share.whole:
        return "–"
    return f"{share.share:.0%} ({share.low:.0%} to {share.high:.0%})"


@register.filter
def hours(duration):
    """A duration in hours or days; a dash without one."""
    return "–" if duration is None else in_hours(duration)
