"""Bringing in the first help services. From then on people keep them right: see help_keeping.py."""

from django.db import transaction

from assessments.auditing import record
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
        # One entry for all: these are the words of the repository, which has a history of its own.
        record(by=None, verb="load", what=HelpService, after={"services": len(services), "countries": len(countries)})
    return len(services)
