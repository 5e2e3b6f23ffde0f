"""How moderators are named to each other and to readers: never by their account, unless they want that."""

from django.core.exceptions import ObjectDoesNotExist


def shown_name(person):
    """The name that others see: the one the person chose, or the first name, or in a new team the account's.

    Lists bring `moderator_preference` along with the person (select_related), or this asks once for each.
    """
    return _chosen_name(person) or person.get_short_name() or person.get_username()


def _chosen_name(person):
    try:
        return person.moderator_preference.display_name
    except ObjectDoesNotExist:
        return ""
