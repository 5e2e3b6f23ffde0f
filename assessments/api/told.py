"""What comes back, for the schema. The answers themselves are made elsewhere, and are not read again here: the
contract is `answering.answer`, byte for byte what `manage.py assess` writes."""

from ninja import Field, Schema
from pydantic import ConfigDict


class Told(Schema):
    model_config = ConfigDict(extra="allow")


class HelpService(Told):
    name: str
    kind: str
    phone: str
    text_or_chat: str
    url: str
    hours: str
    is_verified: bool = Field(description="Whether a person of ours has checked it.")


class Help(Told):
    """Whom somebody can turn to now. Show it first, above everything else."""

    country: str = Field(description="Two letters, or INT when we do not know the country.")
    name: str
    emergency: str
    note: str
    services: list[HelpService]
    more: str = Field(description="The address of our page with all of them.")


class ItemResult(Told):
    item: str
    answer: str
    effect: str


class Finding(Told):
    item: str
    answer: str
    effect: str
    signal: str
    kind: str
    spans: list[list[int]] = Field(description="Half-open ranges of code points. The words themselves never come back.")
    context: str
    counted: bool
    masked: bool = Field(description="Never show these words to a reader.")


class Contract(Told):
    """What was found. `help` is there exactly when `crisis` is true."""

    id: str | None = None
    level: str
    crisis: bool
    language: str
    words: int
    checklist: str
    digest: str
    engine: str
    flags: dict[str, bool]
    author: str
    items: list[ItemResult]
    findings: list[Finding]
    not_checked: list[str]
    trace: list[str]
    help: Help = None


class Read(Told):
    link: str = Field(description="The link without tracking.")
    platform: str
    read_as: str = Field(description="full_text, caption or title: how much of the post could be read.")
    not_read: str = Field(description="A sentence about what could not be read; empty when all was.")


class LinkContract(Contract):
    """Spans count from the words as the platform gives them, which do not come back."""

    read: Read


class Results(Told):
    results: list[Contract] = Field(description="In the order of `posts`.")


class Decision(Told):
    """What a person decided. Where it differs from `result`, it counts."""

    at: str
    sentence: str
    note: str
    policy: str
    level: str
    label: str
    overturned: list[str] = Field(description="Questions whose answer no longer counts.")
    is_about_this: bool = Field(description="False: it was about an earlier reading of the post, and changes nothing.")


class Report(Told):
    key: str
    address: str = Field(description="The page for people. Whoever has it may read the post, so keep it private.")
    expires_at: str
    read_as: str
    result: Contract | None = Field(description="Null: the reading was not finished. Send it again, or open the page.")
    decision: Decision | None
    help: Help = None


class Flag(Told):
    is_taken: bool
    kind: str


class Version(Told):
    version: int
    title: str
    status: str
    digest: str
    note: str
    published_at: str
    retired_at: str | None
    brings_back: int | None


class Answer(Told):
    key: str
    label: str
    effect: str


class Item(Told):
    key: str
    question: str
    why: str
    answers: list[Answer]


class Section(Told):
    key: str
    title: str
    items: list[Item]


class Level(Told):
    key: str
    label: str
    plain: str
    rule: str


class WholeVersion(Version):
    levels: list[Level]
    sections: list[Section]
    not_checked: dict[str, str] = Field(description="The sentence for each key of `not_checked` in a result.")
    what_it_is_not: list[str]


class Source(Told):
    key: str
    org: str
    title: str
    year: str
    url: str
    is_rechecked: bool


class Claim(Told):
    key: str
    topic: str
    claim: str
    verdict: str
    verdict_in_words: str
    risk: str
    why: str
    what_is_known: str
    sources: list[str]


class Page(Told):
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class Versions(Page):
    versions: list[Version]


class Claims(Page):
    checklist: str
    digest: str
    claims: list[Claim]


class Sources(Page):
    checklist: str
    digest: str
    sources: list[Source]


class Mistake(Told):
    place: str
    detail: str


class SayFirst(Told):
    say: str
    url: str


class Problem(Told):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Mistake] = None
    help: SayFirst = Field(None, description="With 429, 500 and 503: show it to whoever waits for an answer.")
