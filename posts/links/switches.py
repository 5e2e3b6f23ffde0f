"""Which platforms we read from: the only writer of a LinkProvider. Without a row a platform is on."""

from django.conf import settings
from django.utils import timezone

from posts.links.platforms import NAMES
from posts.links.providers import PROVIDERS
from posts.models import LinkProvider


class UnknownProvider(Exception):
    """There is nothing to switch: we never read from this platform. str() is the sentence for staff."""

    def __init__(self, key):
        super().__init__(f"Links to {NAMES.get(key, key)} are never read, so there is no switch for them.")


def switch(*, key, is_on, by):
    """Switch reading from a platform on or off, and return its LinkProvider. Raises UnknownProvider."""
    if key not in PROVIDERS:
        raise UnknownProvider(key)
    provider, _ = LinkProvider.objects.update_or_create(
        key=key, defaults={"is_on": is_on, "switched_by": by, "switched_at": timezone.now()}
    )
    return provider


def switches():
    """The LinkProvider of every platform that we can read, by key; one that nobody has switched is not saved."""
    switched = {provider.key: provider for provider in LinkProvider.objects.select_related("switched_by")}
    return {key: switched.get(key, LinkProvider(key=key)) for key in PROVIDERS}


def is_switched_on(key):
    """Whether we read from this platform now. The setting LINK_READING turns everything off. One query at most."""
    return settings.LINK_READING and not LinkProvider.objects.filter(key=key, is_on=False).exists()
