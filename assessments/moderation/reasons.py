"""The reasons that moderators may give: loaded once from the shipped content, edited in the admin after that."""

from django.db import transaction

from assessments import pages
from assessments.moderation.models import RulingReason


@transaction.atomic
def load_reasons():
    """Store the shipped reasons where there are none. Returns how many were stored."""
    if RulingReason.objects.exists():
        return 0
    rows = [RulingReason(order=order, **row) for order, row in enumerate(pages.ruling_reasons(), 1)]
    return len(RulingReason.objects.bulk_create(rows))
