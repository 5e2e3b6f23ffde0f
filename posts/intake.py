"""Taking a post in: the only writer of a Post. What is refused is refused here, with a sentence for the person."""

import unicodedata
from functools import wraps

from django.db import connection
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posts.happenings import happened
from posts.links import is_only_links, links_in, recognise, source_of
from posts.links.copying import steps
from posts.models import Post, ReadAs
from posts.retention import expires_at
from posts.source_marks import source_mark

MAX_CHARACTERS = 10_000
MAX_AUTHOR_LINE = 300

# What people see as a letter or a digit: a post needs at least one, in any script.
WORDY = {"L", "N"}
# Letters that draw nothing (Hangul fillers, used to fake an empty message) and the Braille blank.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")

FIELDS = [field for field in Post._meta.concrete_fields if not field.primary_key]
# As SQL, because Django would ask first whether there is one, and set a savepoint to insert behind.
INSERT = (
    f"INSERT INTO {Post._meta.db_table} ({', '.join(field.column for field in FIELDS)}) "  # nosec B608: no input
    f"VALUES ({', '.join('%s' for _ in FIELDS)}) ON CONFLICT (submission) DO NOTHING RETURNING id"
)


class PostError(Exception):
    """Something is wrong with what was sent. str() is the sentence for the person.

    `field` is the box that it belongs to (None: the whole form), `status` the HTTP answer.
    """

    field = "post"
    status = 422
    sentence = ""

    def __init__(self, sentence=""):
        super().__init__(sentence or self.sentence)


class NothingWritten(PostError):
    """Empty, or only characters that nobody can see."""

    sentence = _("Paste the words of a post first. The box is empty.")


class NoWords(PostError):
    """Only emoji, symbols or punctuation."""

    sentence = _("We can only read words, and we found none here. Please add the words of the post.")


class TooLong(PostError):
    """More than MAX_CHARACTERS."""

    def __init__(self, length):
        sentence = gettext(
            "This post is too long for us: it has %(length)s characters and we can read %(most)s. "
            "Paste the part you want to check."
        )
        numbers = {"length": length, "most": MAX_CHARACTERS}
        super().__init__(sentence % {name: number_format(one, force_grouping=True) for name, one in numbers.items()})


class UnreadableCharacters(PostError):
    """NUL bytes or halves of characters: they cannot be kept as text."""

    sentence = _("Some characters in here are broken, so we cannot read it. Copy the words again, or type them.")


class OnlyALink(PostError):
    """The box holds a link and almost no words. `platform` is its name or "", `steps` how to copy the words there."""

    sentence = _(
        "We do not know this address, so we do not open it. Open the post, copy its words and paste them here."
    )
    on_platform = _(
        "This is a link to %(platform)s. We cannot read it for you. Open it, copy the caption or type what is said, "
        "and paste it here."
    )

    def __init__(self, link=None, sentence=""):
        self.platform = link.name if link else ""
        self.steps = steps(link)
        super().__init__(sentence or (self.on_platform % {"platform": link.name} if link else ""))


class AuthorLineTooLong(PostError):
    """More than MAX_AUTHOR_LINE characters about the author."""

    field = "author_line"
    sentence = format_lazy(_("Keep the line about the author under {most} characters."), most=MAX_AUTHOR_LINE)


class OutOfReach(PostError):
    """The database does not answer, so that nothing can be kept now. What was sent may be sent again as it is."""

    field = None
    status = 503
    retry_after = 30
    sentence = _("We cannot take anything in right now. Your words are still here: wait a minute, then try again.")


class AlreadySent(PostError):
    """The same form was sent before, with other words."""

    sentence = _(
        "This form was already used for another post. Nothing is lost: press the button again to check these words."
    )


def _refusals_counted(action):
    """Let operators count how often the action refuses, by the name of what was wrong."""

    @wraps(action)
    def counted(**given):
        try:
            return action(**given)
        except PostError as error:
            happened("submission", outcome=type(error).__name__)
            raise

    return counted


@_refusals_counted
def submit_post(*, text, author_line="", country="", submission, source_link="", read_as=ReadAs.TYPED):
    """Store one post and return it; the same form with the same words gives the same Post again (its `is_new` tells).

    `submission` is the single-use number of the form. `source_link` is the canonical link that the words were read
    from; without it the only link among the words is taken. `read_as` is a ReadAs: how the words came to us.
    Raises PostError subclasses; then nothing is stored.
    Offsets of evidence count from the stored text, so it is kept as given but for line ends (LF).
    """
    words = {"text": read_text(text), "author_line": read_author_line(author_line), "country": country}
    source = recognise(source_link) or source_of(words["text"])
    canonical = source.canonical if source else ""
    created_at = timezone.now()
    post = _stored(
        Post(
            **words,
            submission=submission,
            source_link=canonical,
            source_mark=source_mark(canonical),
            read_as=read_as,
            created_at=created_at,
            expires_at=expires_at(created_at),
        )
    )
    if any(getattr(post, name) != value for name, value in words.items()):
        raise AlreadySent
    happened("submission", outcome="accepted" if post.is_new else "already_there")
    return post


def _stored(post):
    """The post, stored now, or the one that the same form stored before.

    Safe against two presses at once: the unique `submission` lets one win and the other read.
    """
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [field.get_db_prep_save(getattr(post, field.attname), connection) for field in FIELDS])
        inserted = cursor.fetchone()
    if not inserted:
        post = Post.objects.get(submission=post.submission)
    else:
        (post.pk,) = inserted
        post._state.adding, post._state.db = False, connection.alias
    post.is_new = bool(inserted)
    return post


def read_text(text):
    """The post's words, ready to store. Raises PostError when there is nothing that can be read."""
    text = normal_line_ends(text)
    _refuse_broken(text, field="post")
    if not any(is_visible(character) for character in text):
        raise NothingWritten
    if len(text) > MAX_CHARACTERS:
        raise TooLong(len(text))
    if is_only_links(text):
        raise OnlyALink(_first_known(text))
    if not any(unicodedata.category(character)[0] in WORDY and is_visible(character) for character in text):
        raise NoWords
    return text


def read_author_line(line):
    """What the person says about the author, ready to store; may be empty. Raises PostError."""
    line = normal_line_ends(line).strip()
    _refuse_broken(line, field="author_line")
    if len(line) > MAX_AUTHOR_LINE:
        raise AuthorLineTooLong
    return line if any(is_visible(character) for character in line) else ""


def _first_known(text):
    """The first Link of a text of links, or None."""
    return next(filter(None, map(recognise, links_in(text) or [text])), None)


def normal_line_ends(text):
    """CR LF and lone CR become LF: browsers send CR LF, the rest of the world does not."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_visible(character):
    """Whether the character draws something: not white space, control, format, filler, mark or unassigned."""
    return unicodedata.category(character)[0] in "LNPS" and character not in BLANK_LETTERS


def _refuse_broken(text, *, field):
    """Refuse NUL and lone surrogates, which neither UTF-8 nor PostgreSQL can hold."""
    if any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in text):
        error = UnreadableCharacters()
        error.field = field
        raise error
