"""One post through the whole engine: read, match, put into context, decide."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assessments.engine import deciding
from assessments.engine.compiled import (
    ADVICE_SIGNAL,
    FOUND,
    MISSED,
    TITLES,
    TITLES_ITEM,
    Compiled,
    Owner,
    Setting,
)
from assessments.engine.context import Contexts
from assessments.engine.language import language_of
from assessments.engine.matching import Match, Search
from assessments.engine.text import LINK, Reading, read
from assessments.engine.titles import FoundTitle, looks_named
from assessments.engine.types import VERSION, Author, Context, Finding, Result

# Named once: in Python 3.11 the members of an Enum are slow to reach.
_ASSERTED, _CORRECTED = Context.ASSERTED, Context.CORRECTED
_REGISTERED_TITLE, _OTHER_TITLE, _LAY, _NONE_STATED = Author


def assess(text: str, compiled: Compiled, *, author_line: str = "", country: str = "") -> Result:
    """Assess one post. Total: any `str` gives a Result, in time linear in its length.

    `country` (ISO 3166 code or "") chooses between registers that share a title. Spans are code points of `text` as
    given.
    """
    reading = read(text)
    words = reading.word_count
    language = language_of(reading, text)
    owners = compiled.owners
    search = compiled.matcher.search(reading)
    findings, notes = _findings(search, reading, compiled)
    findings += _missing(findings, compiled, words, search)
    author, author_findings = _author(author_line, search, reading, compiled, country, findings)
    findings = deciding.drop_lone_terms(findings + author_findings, owners)
    items, trace = deciding.answer_items(findings, compiled)
    counting = deciding.without_repeats(findings, compiled)
    counting_items = items if len(counting) == len(findings) else deciding.answer_items(counting, compiled)[0]
    enough = words >= compiled.short_words and language == "en"
    advice = any(f.signal == ADVICE_SIGNAL and f.counted for f in findings)
    level, why = deciding.choose_level(counting_items, compiled, enough_text=enough, gives_advice=advice)
    return Result(
        level=level,
        crisis=_crisis(findings, owners),
        language=language,
        words=words,
        author=author,
        flags=deciding.raise_flags(findings, owners),
        items=tuple(items),
        findings=tuple(sorted(findings, key=_order) if len(findings) > 1 else findings),
        not_checked=_not_checked(reading, compiled, author, language, words),
        trace=(*notes, *trace, why),
        engine=VERSION,
    )


def patterns_found(text: str, compiled: Compiled) -> frozenset[tuple[str, int]]:
    """Which patterns are in a text, whatever it means by them: the key of their claim or signal and their place there.

    For editors: a pattern that no example of its own claim fires is one that nobody has tried.
    """
    search = compiled.matcher.search(read(text))
    return frozenset(
        compiled.places_written[group][match.pattern] for group in (FOUND, MISSED) for match in search.matches(group)
    )


def _findings(search: Search, reading: Reading, compiled: Compiled) -> tuple[list[Finding], list[str]]:
    """Findings of all claims and signals, and the notes for the trace."""
    matches = search.matches(FOUND)
    if not matches:
        return [], []
    contexts = Contexts(reading)
    grouped: dict[tuple[str, Context], list[Match]] = {}
    for match in matches:
        owner = compiled.found_by[match.pattern]
        context = contexts.of_distress(match) if owner.intent == "disclose" else contexts.of(match)
        grouped.setdefault((owner.key, context), []).append(match)
    findings: list[Finding] = []
    notes: list[str] = []
    for (key, context), group in grouped.items():
        owner = compiled.owners[key]
        counted = deciding.counts(owner, context)
        notes.append(f"{key}: found, {context}, {'counts' if counted else 'does not count'}")
        spans = _spans(group, reading)
        for setting in _settings(owner, context, contexts):
            findings.append(_finding(owner, setting, spans, context, counted, compiled))
    return findings, notes


def _settings(owner: Owner, context: Context, contexts: Contexts) -> tuple[Setting, ...]:
    if owner.kind == "claim":
        return (deciding.claim_setting(owner, context, tells_others=contexts.tells_others()),)
    return owner.settings or (Setting(item="", answer="", effect="none"),)


def _finding(
    owner: Owner,
    setting: Setting,
    spans: tuple[tuple[int, int], ...],
    context: Context,
    counted: bool,
    compiled: Compiled,
) -> Finding:
    corrected = context is _CORRECTED and owner.kind == "claim"
    return Finding(
        item=setting.item,
        answer=setting.answer,
        effect=setting.effect or compiled.effects.get((setting.item, setting.answer), "none"),
        signal=owner.key,
        kind=owner.kind,
        spans=spans,
        context=context,
        counted=counted or corrected,
        masked=owner.masked,
    )


def _missing(findings: list[Finding], compiled: Compiled, words: int, search: Search) -> list[Finding]:
    """Signs that something is missing: looked for only in posts of enough words that give advice, their evidence."""
    advice = next((f for f in findings if f.signal == ADVICE_SIGNAL and f.counted), None)
    if advice is None or words < compiled.advice_words:
        return []
    seen = {compiled.missed_by[match.pattern].key for match in search.matches(MISSED)}
    return [
        _finding(owner, setting, advice.spans, _ASSERTED, True, compiled)
        for owner in compiled.owners.values()
        if owner.absence and owner.key not in seen
        for setting in owner.settings
    ]


def _spans(matches: Iterable[Match], reading: Reading) -> tuple[tuple[int, int], ...]:
    """The words of the matches as ranges of the original text, merged where they overlap."""
    ranges = sorted(
        {reading.span(first, last) for first, last in {(p[0][0], p[-1][1]) for match in matches for p in match.parts}}
    )
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _author(
    author_line: str, search: Search, reading: Reading, compiled: Compiled, country: str, findings: list[Finding]
) -> tuple[Author, list[Finding]]:
    """What is said about who wrote it, from the author line first, then from the post itself."""
    in_line, line_findings = _in_author_line(author_line, compiled, country)
    in_text = compiled.titles.in_text(reading, search.matches(TITLES), country)
    found = [_title_finding(title, "author_line", looks_named(author_line), compiled) for title in in_line]
    found += [_title_finding(title, "text", False, compiled) for title in in_text]
    titles = (*in_line, *in_text)
    if any(title.registered for title in titles):
        return _REGISTERED_TITLE, found + line_findings
    if any(title.titles[0].family != "lay" for title in titles):
        return _OTHER_TITLE, found + line_findings
    lay = bool(titles) or any(
        f.item == TITLES_ITEM and f.answer == "lay" and f.counted for f in (*findings, *line_findings)
    )
    return (_LAY if lay else _NONE_STATED), found + line_findings


def _in_author_line(author_line: str, compiled: Compiled, country: str) -> tuple[list[FoundTitle], list[Finding]]:
    """Titles, and author signals ("not a therapist but…", registration numbers), that speak from the author line."""
    if not author_line:
        return [], []
    line = read(author_line)
    if not line.forms:
        return [], []
    search = compiled.matcher.search(line)
    findings, _ = _findings(search, line, compiled)
    mine = [finding for finding in findings if compiled.owners[finding.signal].family == "author"]
    titles = compiled.titles.in_author_line(line, search.matches(TITLES), country)
    return titles, [replace(finding, place="author_line") for finding in mine]


def _title_finding(found: FoundTitle, place: str, named: bool, compiled: Compiled) -> Finding:
    """A title that can be looked up, by name or number, is a good sign; any other title asks for care."""
    title = found.titles[0]
    by_name = found.registered and title.checkable and named and not found.ambiguous
    answer = "checkable" if by_name or found.numbered else "claimed"
    return Finding(
        item=TITLES_ITEM,
        answer=answer,
        effect=compiled.effects.get((TITLES_ITEM, answer), "none"),
        signal=title.key,
        kind="title",
        spans=(found.span,),
        context=_ASSERTED,
        counted=True,
        masked=False,
        place=place,
    )


def _crisis(findings: list[Finding], owners: Mapping[str, Owner]) -> bool:
    """Help first: any counted effect "help", any counted signal that the checklist marks for it."""
    for finding in findings:
        owner = owners.get(finding.signal)
        if finding.counted and ("help" in finding.effect.split("+") or (owner is not None and owner.crisis)):
            return True
    return False


def _not_checked(reading: Reading, compiled: Compiled, author: Author, language: str, words: int) -> tuple[str, ...]:
    reasons = ["video"]
    reasons += ["author"] if author is _NONE_STATED else []
    reasons += ["links"] if LINK in reading.forms else []
    reasons += ["language"] if language != "en" else []
    reasons += ["short"] if words < compiled.short_words else []
    return tuple(reason for reason in reasons if reason in compiled.not_checked)


def _order(finding: Finding) -> tuple[str, tuple[tuple[int, int], ...], str, str]:
    return (finding.place, finding.spans, finding.item, finding.signal)
