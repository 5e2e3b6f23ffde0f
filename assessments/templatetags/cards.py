"""What other sites need for the card that they show for a link to us."""

from django import template
from django.core.exceptions import DisallowedHost

register = template.Library()


@register.simple_tag(takes_context=True)
def site_address(context):
    """Scheme and host of this site, because a card needs whole addresses; empty where neither can be told."""
    request = context.get("request")
    try:
        return f"{request.scheme}://{request.get_host()}" if request else ""
    except DisallowedHost:
        return ""
