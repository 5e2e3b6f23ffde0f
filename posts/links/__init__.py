"""Links to posts on social platforms: told apart by their shape alone.

    recognise(address)  -> a Link, or None for an address that we do not know
    is_address(text)    -> whether a text is one address of the public web, known or not
    source_of(text)     -> the one Link to a post that a text has, or None
    is_only_links(text) -> whether a text is links with almost no words
    only_link(text)     -> the one Link that such a text is, or None
    links_in(text)      -> the addresses in a text, as they are written
    web_addresses(text) -> only those with a scheme, as often as they stand there

`platforms.py` holds the data: hosts and shapes of addresses. `copying.py` says how to copy a post's words there.
What is above never asks anybody. `reading.py` does, for the words of a post, through `door.py`.
"""

from posts.links.finding import is_only_links, links_in, only_link, source_of, web_addresses
from posts.links.recognising import Link, is_address, recognise

__all__ = ["Link", "is_address", "is_only_links", "links_in", "only_link", "recognise", "source_of", "web_addresses"]
