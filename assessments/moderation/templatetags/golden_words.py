"""Words about practice cases."""

from django import template

from assessments.moderation import golden

register = template.Library()


@register.filter
def expected(case):
    """The expected answer to a GoldenCase, in words."""
    return golden.expected(case)
