"""oEmbed (oembed.com): one address in, a title or a piece of HTML out. Four of the platforms speak it."""

from urllib.parse import urlencode, urlsplit

from posts.links.providers.words import Words, inside, one_line, perhaps, some


def asking(endpoint, link, **more):
    """The address that asks an endpoint about a Link."""
    return f"{endpoint}?{urlencode({'url': link.canonical, **more})}"


def titled(answer):
    """The Words of an answer whose `title` is what we want. Raises NotReadable."""
    return Words(some(inside(answer, "title")), author_name(answer))


def author_name(answer):
    """What the author is called, or "" when it is only that of the account, which tells nothing."""
    name = one_line(perhaps(answer, "author_name"))
    accounts = {perhaps(answer, "author_unique_id"), _last_part(perhaps(answer, "author_url"))}
    return "" if name.startswith("@") or name.casefold() in {account.casefold() for account in accounts} else name


def _last_part(address):
    try:
        return urlsplit(address).path.rstrip("/").rpartition("/")[2].removeprefix("@")
    except ValueError:
        return ""
