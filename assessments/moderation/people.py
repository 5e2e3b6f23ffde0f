"""How moderators are named to each other and to readers: never by their account, unless they want that."""


def shown_name(person):
    """The name that colleagues see."""
    return person.get_short_name() or person.get_username()
