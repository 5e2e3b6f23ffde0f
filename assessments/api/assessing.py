"""Assessing texts and links for programs. Nothing is stored: text in, the contract out."""

from ninja import Router

from assessments import snapshots
from assessments.answering import answer
from assessments.api import asked, told
from assessments.api.answers import told as answered
from assessments.api.entrance import BATCH_BYTES, Bearer, count
from assessments.api.helping import with_help
from assessments.api.models import Scope
from assessments.api.problems import Problem
from assessments.post_lines import PostLine
from assessments.report import NOT_READ
from posts.intake import NothingWritten, NoWords, OnlyALink, PostError, read_text
from posts.link_reading import read_and_keep_nothing
from posts.links import only_link
from posts.links.not_readable import NotReadable, Reason

# Seconds that a call waits for a place where its link can be read.
PATIENCE = 2

router = Router(tags=["Assess"])


@router.post("assess", auth=Bearer(Scope.ASSESS), response=told.Contract, summary="Assess a text")
def assess_text(request, body: asked.NamedText):
    """Nothing is stored. The answer is what `manage.py assess` writes for the post; with `crisis` it has `help`."""
    [record] = _assessed(request, [_line(body)])
    return answered(record)


@router.post("assess/link", auth=Bearer(Scope.ASSESS), response=told.LinkContract, summary="Read a link and assess it")
def assess_link(request, body: asked.Link):
    """Reads the post where its platform gives the words to everybody; takes six seconds at most.

    Nothing is stored with you; what the platform said is kept for a day, encrypted, so that it need not be asked twice.
    """
    found = _read(body.link)
    author_line = body.author_line or found.author_line[: asked.MAX_AUTHOR_LINE]
    post = PostLine(id=None, text=_words_of(found), author_line=author_line, country=body.country)
    [record] = _assessed(request, [post])
    read = {
        "link": found.link.canonical,
        "platform": found.link.name,
        "read_as": found.read_as.value,
        "not_read": str(NOT_READ.get(found.read_as, "")),
    }
    return answered(record | {"read": read})


@router.post(
    "assess/batch",
    auth=Bearer(Scope.ASSESS, most_bytes=BATCH_BYTES),
    response=told.Results,
    summary="Assess up to 100 texts",
)
def assess_batch(request, body: asked.Batch):
    """As one by one, in the same order. Each text counts as one call; either all are taken, or none."""
    if more := len(body.posts) - 1:
        count(request, weight=more)
    return answered({"results": _assessed(request, list(map(_line, body.posts)))})


def _line(post):
    return PostLine(id=post.id, text=post.text, author_line=post.author_line, country=post.country)


def _assessed(request, posts):
    """The records of these PostLines."""
    published = snapshots.published()
    records = [answer(post, published) for post in posts]
    return with_help(records, [post.country for post in posts], request=request)


def _read(address):
    """The Reading of a link. Raises Problem and NoPlaceFree."""
    link = only_link(address)
    if link is None:
        raise Problem("link-not-read", detail=OnlyALink())
    try:
        return read_and_keep_nothing(link=link, patience=PATIENCE)
    except NotReadable as error:
        raise Problem("link-not-read", detail=error) from None


def _words_of(found):
    """The words of a Reading, if there are any, and not too many. Raises Problem."""
    try:
        return read_text(found.text)
    except (NothingWritten, NoWords, OnlyALink):
        raise Problem("link-not-read", detail=NotReadable(Reason.EMPTY)) from None
    except PostError as error:
        raise Problem("link-not-read", detail=error) from None
