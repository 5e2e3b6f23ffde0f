"""Looking things up in one frozen version of the checklist: what keys stand for, with sources and verdicts in words.

Kept per process by digest; a frozen version never changes. An unknown key never breaks a report: it says less.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

from assessments.engine import CLAIMS_ITEM, TITLES_ITEM
from assessments.models import Checklist
from assessments.snapshots import UnknownSnapshot

PRIVATE_SECTION = "effect-on-me"
READER = "reader"
# What raises a flag and is no signal: known claims, and titles.
_ITEMS_BESIDE_SIGNALS = {"misleading_claim": {CLAIMS_ITEM}, "author_is_verified_professional": {TITLES_ITEM}}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """A source as a page shows it. `is_rechecked` is False when nobody has confirmed the link."""

    org: str
    title: str
    year: str
    url: str
    is_rechecked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDetail:
    """What we know about one claim or signal. `verdict` is a sentence; signals have none."""

    claim: str
    verdict: str
    says: str
    known: str
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleNote:
    """A professional title that the post uses, explained. A title in a post is a claim."""

    title: str
    country: str
    meaning: str
    protected: str
    register: str
    register_url: str
    is_open_to_anyone: bool
    is_rechecked: bool


class Reference:
    """One frozen version, by key."""

    def __init__(self, snapshot):
        """`snapshot` is the frozen content; it is read and never changed."""
        self.snapshot = snapshot
        self.checklist = snapshot["checklist"]
        self._items = {item["key"]: (section, item) for section in snapshot["sections"] for item in section["items"]}
        self._by_key = {
            name: {row["key"]: row for row in snapshot[name]}
            for name in ("levels", "claims", "signals", "titles", "sources")
        }
        # What others made of single rows of this version, for as long as it is kept (see report.py).
        self.cards = {}
        self._not_checked = {row["key"]: row["sentence"] for row in self.checklist["not_checked"]}

    def is_about_post(self, key):
        """Whether an item judges the post; what only the reader can answer is no finding."""
        if key not in self._items:
            return False
        section, item = self._items[key]
        return item["answer_type"] != READER and section["key"] != PRIVATE_SECTION

    def private_items(self):
        """The rows of the items that only the reader can answer, about themselves; none in a version without them."""
        rows = self._items.values()
        return [item for section, item in rows if item["answer_type"] == READER and section["key"] == PRIVATE_SECTION]

    def questions_behind(self, flag):
        """The questions of the checklist that a flag of the contract answers, in the checklist's order."""
        items = {
            one["item"] for row in self._by_key["signals"].values() if row.get("flag") == flag for one in row["sets"]
        }
        items |= _ITEMS_BESIDE_SIGNALS.get(flag, set())
        return tuple(item["question"] for key, (_, item) in self._items.items() if key in items)

    def section_of(self, item_key):
        """The key of the section that an item stands in, or "" when this version has no such item."""
        return self._items[item_key][0]["key"] if item_key in self._items else ""

    def found(self, kind, key):
        """The row of the claim or signal that a finding names, or None."""
        return self._by_key["claims" if kind == "claim" else "signals"].get(key)

    def item(self, key):
        """The item's row."""
        return self._items[key][1]

    def answer(self, item_key, answer_key):
        """The answer's row; a row of empty words when this version has no such answer."""
        answers = self._items[item_key][1]["answers"] if item_key in self._items else []
        empty = {"key": answer_key, "label": "", "effect": "none", "guidance": ""}
        return next((answer for answer in answers if answer["key"] == answer_key), empty)

    def level(self, key):
        """The level's row."""
        return self._by_key["levels"].get(key, {"key": key, "label": key, "plain": "", "words": ""})

    def levels(self):
        """The rows of all levels by key, in the order in which their rules are tried."""
        return self._by_key["levels"]

    def finding_name(self, kind, key):
        """What was found, in the neutral words that may always be shown; empty when this version does not know it."""
        names = {"claim": ("claims", "claim"), "title": ("titles", "title")}
        table, words = names.get(kind, ("signals", "description"))
        return self._by_key[table].get(key, {}).get(words, "")

    def not_checked(self, key):
        """The sentence for something that was not checked."""
        if key == "short":
            return self.checklist["short_text"]["message"]
        return self._not_checked.get(key, key)

    def sources(self, citations):
        """SourceLinks for citations, each source once."""
        keys = dict.fromkeys(citation["source"] for citation in citations)
        return tuple(source_link(self._by_key["sources"][key]) for key in keys if key in self._by_key["sources"])

    def detail(self, kind, key):
        """The ClaimDetail for a finding's kind and key, or None when there is nothing to say about it."""
        if kind == "claim" and key in self._by_key["claims"]:
            row = self._by_key["claims"][key]
            verdict = self.verdict(row["verdict"])
            return self._detail(row, claim=row["claim"], verdict=verdict, says=row["why"], known=row["what_is_known"])
        if key in self._by_key["signals"]:
            row = self._by_key["signals"][key]
            says = row["report"] or row["description"]
            return self._detail(row, claim="", verdict="", says=says, known="") if says else None
        return None

    def verdict(self, key):
        """The verdict in words: "Misleading. It contains something true but…"."""
        return f"{key.replace('-', ' ').capitalize()}. {self.checklist['verdicts'].get(key, '')}".strip()

    def titles(self, keys):
        """TitleNotes for title keys, each once."""
        rows = [self._by_key["titles"][key] for key in dict.fromkeys(keys) if key in self._by_key["titles"]]
        meanings = self.checklist["protected_meanings"]
        return tuple(_title(row, meanings) for row in rows)

    def effect_words(self, effect):
        """What an effect means, in the checklist's words; "stop+help" is both, one after the other."""
        return " ".join(self.checklist["effects"].get(part, part) for part in effect.split("+"))

    def method_sections(self):
        """All sections for the method page: questions with answers, effects in words and sources."""
        return [
            section
            | {
                "items_list": [
                    item
                    | {
                        "sources": self.sources(item["citations"]),
                        "answers": [
                            answer | {"effect_words": self.effect_words(answer["effect"])} for answer in item["answers"]
                        ],
                    }
                    for item in section["items"]
                ]
            }
            for section in self.snapshot["sections"]
        ]

    def all_sources(self):
        """Every source of this version, by organisation."""
        return sorted((source_link(row) for row in self.snapshot["sources"]), key=lambda one: (one.org, one.title))

    def _detail(self, row, **words):
        return ClaimDetail(**words, sources=self.sources(row["citations"]))


@lru_cache(maxsize=4)
def reference_for(digest):
    """The Reference for a version's digest; one query the first time. Raises UnknownSnapshot.

    It compiles nothing, so that a report can be read even when today's engine cannot run its old version.
    """
    text = Checklist.objects.filter(digest=digest).exclude(digest="").values_list("snapshot", flat=True).first()
    if text is None:
        raise UnknownSnapshot(f"No version of the checklist has the digest {digest}.")
    return Reference(json.loads(text) if isinstance(text, str) else text)


def source_link(row):
    """The SourceLink for a source's row."""
    return SourceLink(
        org=row["org"],
        title=row["title"],
        year=str(row["year"] or ""),
        url=_web(row["url"]),
        is_rechecked=row["confidence"] != "check",
    )


def _title(row, meanings):
    return TitleNote(
        title=row["title"],
        country=row["country"],
        meaning=row["meaning"],
        protected=meanings.get(row["protected"], ""),
        register=row["register"] or "",
        register_url=_web(row["register_url"]),
        is_open_to_anyone=row["protected"] == "no",
        is_rechecked=row["confidence"] != "check",
    )


def _web(url):
    """The address if it is one for the web, else nothing: an editor can type anything into a row."""
    return url if (url or "").startswith(("https://", "http://")) else ""
