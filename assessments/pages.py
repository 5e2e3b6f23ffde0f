"""The words of the pages beside the report, from the reviewed content that is shipped with the code.

They need no database and no published checklist, so a person who looks for support is never turned away.
"""

from functools import cache

from assessments.content_loading import read_pages
from assessments.reference import source_link


def support_page(key):
    """The support page with this key: its row, with `sources` as SourceLinks. Raises KeyError for any other key."""
    content = _content()
    page = {row["key"]: row for row in content["support_pages"]}[key]
    return page | {"sources": [source_link(content["sources"][row["source"]]) for row in page["citations"]]}


def platforms():
    """The platforms on which a post can be reported, with the steps."""
    return _content()["platforms"]


def appointment_questions():
    """(step key or "always", questions) for the appointment card, in the order of printing."""
    return [(row["key"], row["questions"]) for row in _content()["appointment_questions"]]


def ruling_reasons():
    """The reasons that moderators may give, as they are shipped: rows in order."""
    return _content()["ruling_reasons"]


@cache
def _content():
    """The shipped pages, read once per process."""
    return read_pages()
