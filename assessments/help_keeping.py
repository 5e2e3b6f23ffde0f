"""Keeping help services right: a person vouches for a number, or says that nobody answers there any more.

The texts themselves are edited in the admin, or brought in as CSV (help_exchange.py).
"""

from django.db import transaction
from django.utils import timezone

from assessments.auditing import changed_fields, record_many, state_of
from assessments.models import HelpService

# What a person vouches for by checking a service: when it changes, somebody must check again.
VOUCHED_FOR = frozenset({"name", "phone", "text_or_chat", "url", "hours", "languages", "audience", "country"})


def confirm_services(services, *, by):
    """Note that `by` looked at these services (a QuerySet) today and found them right. Returns how many."""
    found = {"verified_at": timezone.localdate(), "verified_by": by, "closed_reported_at": None}
    return _change(services, found, verb="check", by=by)


def report_closed(services, *, by):
    """Note that these services (a QuerySet) are said to have closed. Returns how many."""
    return _change(services, {"closed_reported_at": timezone.localdate()}, verb="report closed", by=by)


def forget_check(service):
    """What was vouched for has changed, so nobody has checked `service` as it is now. The caller saves it."""
    service.verified_at = service.verified_by = None


@transaction.atomic
def _change(services, changes, *, verb, by):
    rows = list(HelpService.objects.filter(pk__in=services.values("pk")).order_by("pk").select_for_update())
    before = {row.pk: state_of(row) for row in rows}
    HelpService.objects.filter(pk__in=before).update(**changes)
    after = {row.pk: state_of(row) for row in HelpService.objects.filter(pk__in=before)}
    record_many(by=by, verb=verb, changes=[(row, *changed_fields(before[row.pk], after[row.pk])) for row in rows])
    return len(rows)
