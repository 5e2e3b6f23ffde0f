"""What may be sent: strict, so that a slip is told and not guessed at. The limits are those of the pages."""

from enum import Enum

from ninja import Field, Schema
from pydantic import ConfigDict

from assessments.moderation.flagging import MAX_REASON
from assessments.moderation.models import Kind
from posts.intake import MAX_AUTHOR_LINE, MAX_CHARACTERS

MOST_IN_BATCH = 100
MAX_LINK = 2_000


class Asked(Schema):
    model_config = ConfigDict(extra="forbid", strict=True)


class AboutPost(Asked):
    author_line: str = Field("", max_length=MAX_AUTHOR_LINE, description="What the post says about its author.")
    country: str = Field(
        "", pattern="^([A-Z]{2})?$", description="Two capitals, for titles and for help services. Example: GB"
    )


class Text(AboutPost):
    text: str = Field(
        min_length=1, max_length=MAX_CHARACTERS, description="The words of the post. Spans count its code points."
    )


class NamedText(Text):
    id: str | None = Field(None, max_length=200, description="Yours; it comes back with the answer.")


class Link(AboutPost):
    link: str = Field(min_length=1, max_length=MAX_LINK, description="The address of one post on a platform.")


class Batch(Asked):
    posts: list[NamedText] = Field(min_length=1, max_length=MOST_IN_BATCH)


KindOfFlag = Enum("KindOfFlag", {kind.name: kind.value for kind in Kind}, type=str)


class Flagged(Asked):
    kind: KindOfFlag = Field(
        strict=False,
        description="wrong_result: the report is wrong (say why in `reason`). dangerous: the post is. "
        "look_at_post: a person should look at it.",
    )
    reason: str = Field("", max_length=MAX_REASON, description="A few plain words for the moderators, without names.")
