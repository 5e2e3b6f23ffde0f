"""Keeping views of the queue: the only writer of a SavedFilter."""

from assessments.moderation.models import SavedFilter

MOST = 30


class FilterError(Exception):
    """A view that cannot be kept. str() is the sentence for the moderator."""


def save_filter(*, name, choices, is_shared, by):
    """Keep these choices under a name; the same name again changes what it stands for. Returns the SavedFilter.

    Raises FilterError.
    """
    name = name.strip()
    if not name or len(name) > 60:
        raise FilterError("Give the view a name of up to 60 characters.")
    mine = SavedFilter.objects.filter(owner=by)
    if mine.count() >= MOST and not mine.filter(name=name).exists():
        raise FilterError(f"You have {MOST} views already. Delete one first.")
    saved, _ = SavedFilter.objects.update_or_create(
        owner=by, name=name, defaults={"choices": choices, "is_shared": is_shared}
    )
    return saved


def forget_filter(*, key, by):
    """Delete one's own view. Returns whether there was one."""
    deleted, _ = SavedFilter.objects.filter(key=key, owner=by).delete()
    return bool(deleted)
