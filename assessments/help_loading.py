"""Help services: bringing in the first ones, and a person vouching for them. Otherwise they are edited in the admin."""

from django.db import transaction
from django.utils import timezone

from assessments.models import HelpCountry, HelpGuidance, HelpService

SERVICE_TEXTS = ("name", "kind", "phone", "text_or_chat", "url", "hours", "languages", "audience")


def load_help(content):
    """Write what content_loading.read_help returned, into empty tables. Returns the number of services.

    Every service starts as not verified, whatever the file says: only a person who looked can vouch for a number.
    """
    countries = [
        HelpCountry(
            code=entry["code"],
            name=entry["country"],
            emergency=entry["emergency"],
            note=entry["note"],
            order=order,
        )
        for order, entry in enumerate(content["countries"], 1)
    ]
    services = [
        HelpService(
            country=country,
            order=order,
            confidence=service["confidence"],
            how_checked=service["how_checked"],
            **{name: service[name] for name in SERVICE_TEXTS},
        )
        for country, entry in zip(countries, content["countries"], strict=True)
        for order, service in enumerate(entry["services"], 1)
    ]
    with transaction.atomic():
        HelpGuidance.objects.create(id=1, texts=content["guidance"])
        HelpCountry.objects.bulk_create(countries)
        HelpService.objects.bulk_create(services)
    return len(services)


def confirm_services(services, *, by):
    """Note that `by` looked at these services (a QuerySet) today and found them right. Returns how many."""
    return services.update(verified_at=timezone.localdate(), verified_by=by)
