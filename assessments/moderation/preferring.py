"""How a moderator wants to work: the only writer of a ModeratorPreference."""

from django.db import transaction

from assessments.auditing import record
from assessments.moderation.models import ModeratorPreference


class PreferenceError(Exception):
    """A choice that cannot be kept. str() is the sentence for the moderator."""


@transaction.atomic
def save_preference(*, by, display_name="", topics_not_read=(), **choices):
    """Keep what `by` chose about their own work; what is not given becomes the default. Returns the row.

    `choices` are the other fields of ModeratorPreference. Raises PreferenceError; then nothing is stored.
    """
    name = " ".join(display_name.split())
    if name and name.casefold() == by.get_username().casefold():
        raise PreferenceError("This is the name that you sign in with. Choose another one for others to see.")
    blank = {
        field.name: field.get_default()
        for field in ModeratorPreference._meta.concrete_fields
        if field.name not in ("id", "person")
    }
    chosen = blank | choices | {"display_name": name, "topics_not_read": sorted(topics_not_read)}
    kept, _ = ModeratorPreference.objects.update_or_create(person=by, defaults=chosen)
    # That they were changed is on record; what somebody does not want to read is nobody's business.
    record(by=by, verb="change", what=kept)
    return kept


def preference_of(person):
    """What the person chose, or the defaults (not stored)."""
    return ModeratorPreference.objects.filter(person=person).first() or ModeratorPreference(person=person)
