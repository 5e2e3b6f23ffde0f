"""What the first page of the staff pages says beside its list."""

from django import template
from django.utils import timezone

from assessments.help_freshness import NEEDS_A_CHECK
from assessments.models import HelpService

register = template.Library()


@register.simple_tag
def help_services_due():
    """How many help services need a check. One query."""
    return HelpService.objects.of_standing(*NEEDS_A_CHECK, today=timezone.localdate()).count()
