"""Why the words of a link could not be read, and what the person can do instead."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Why not. The value is what is kept and logged; the sentence is in SENTENCES."""

    NO_WAY = "no_way"
    SHORT = "short"
    SWITCHED_OFF = "switched_off"
    GONE = "gone"
    PRIVATE = "private"
    LOGIN = "login"
    REFUSED = "refused"
    BUSY = "busy"
    DOWN = "down"
    TOO_SLOW = "too_slow"
    EMPTY = "empty"
    CUT = "cut"
    GARBLED = "garbled"


SENTENCES = {
    Reason.NO_WAY: _(
        "We cannot read posts on %(platform)s ourselves. Open the post, copy its words and paste them here."
    ),
    Reason.SHORT: _(
        "This is a short link, and only %(platform)s knows where it leads. "
        "Open it, copy the words of the post and paste them here."
    ),
    Reason.SWITCHED_OFF: _(
        "We do not read links to %(platform)s just now. Open the post, copy its words and paste them here."
    ),
    Reason.GONE: _(
        "We could not find this post. It may be deleted. If you can still see it, copy its words and paste them here."
    ),
    Reason.PRIVATE: _(
        "This post is not open to everybody, so we do not read it. "
        "If you can see it, copy its words and paste them here. Leave out people’s names."
    ),
    Reason.LOGIN: _(
        "%(platform)s shows us this post only if we sign in, and we never do. "
        "Open it, copy its words and paste them here."
    ),
    Reason.REFUSED: _(
        "%(platform)s does not let us read this post just now. Open it, copy its words and paste them here."
    ),
    Reason.BUSY: _(
        "Too many links to %(platform)s are being read just now. "
        "Wait a few minutes, or open the post, copy its words and paste them here."
    ),
    Reason.DOWN: _("We could not reach %(platform)s just now. Open the post, copy its words and paste them here."),
    Reason.TOO_SLOW: _(
        "%(platform)s took too long to answer. Open the post, copy its words and paste them here, or try again."
    ),
    Reason.EMPTY: _(
        "We found no words in this post. It may be only a picture or a video. Open it, then type here what it says."
    ),
    Reason.CUT: _(
        "This is a long post, and we can read only how it starts. Open it, copy all its words and paste them here."
    ),
    Reason.GARBLED: _(
        "We could not make sense of what %(platform)s sent us. Open the post, copy its words and paste them here."
    ),
}


class NotReadable(Exception):
    """The words of a link could not be read. `reason` is a Reason; str() is the sentence for the person.

    `platform` is what the platform is called. Provider modules leave it out: `reading.py` puts it in.
    """

    def __init__(self, reason, platform=""):
        self.reason = reason
        super().__init__(SENTENCES[reason] % {"platform": platform})
