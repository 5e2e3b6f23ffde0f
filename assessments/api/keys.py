"""Making and stopping keys: the only writer of an ApiKey. A secret is known to whoever got it, and to nobody else."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from assessments.api.models import ApiKey, Scope
from assessments.auditing import record

BEGINNING = "slk_"
PREFIX_LENGTH = 12


class KeyRefused(Exception):
    """A key cannot be made so. str() is the sentence for the person."""


def make_key(*, name, contact, scopes, per_minute=300, per_day=10_000, by=None):
    """Make a key and return (ApiKey, its secret). `by` is the member of staff, None for the command line.

    Raises KeyRefused for a scope that there is none of; then nothing is stored.
    """
    if not scopes or set(scopes) - set(Scope.values):
        raise KeyRefused(f"Choose what the key may do: {', '.join(Scope.values)}.")
    key = ApiKey(name=name, contact=contact, scopes=sorted(scopes), per_minute=per_minute, per_day=per_day)
    secret = give_secret(key, by=by)
    with transaction.atomic():
        key.save()
        record(by=by, verb="add", what=key, after={"scopes": key.scopes, "contact": contact})
    return key, secret


def give_secret(key, *, by):
    """Put a new secret's hash into a key that was never saved, and return the secret."""
    secret = BEGINNING + secrets.token_urlsafe(32)
    key.prefix, key.secret_hash, key.made_by = secret[:PREFIX_LENGTH], hash_of(secret), by
    return secret


def stop_keys(keys, *, by):
    """Stop these keys (a queryset) from now on, for ever. Returns how many this call stopped."""
    with transaction.atomic():
        rows = list(keys.working().select_for_update())
        for key in rows:
            key.stopped_at = timezone.now()
            key.save(update_fields=["stopped_at"])
            record(by=by, verb="stop", what=key, before={"stopped_at": None}, after={"stopped_at": key.stopped_at})
    return len(rows)


def hash_of(secret):
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
