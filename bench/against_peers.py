"""The engine and its peers on the same posts with the same patterns, in the same rounds."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any, NamedTuple

from assessments import engine
from bench import regexes, spacy_rules
from bench.catalogues import Written, catalogue, own_patterns, with_patterns
from bench.posts import among_others, make_posts, sentences_of
from bench.settings import STANDARD_LENGTH, Settings
from bench.table import Row
from bench.timing import Contestant, race

LOOP, ALTERNATION, SPACY = "a loop over re, pattern by pattern", "one big alternation of re", "spaCy's Matcher"


class Peer(NamedTuple):
    """Something that finds patterns in a text, and how long it took to make ready."""

    name: str
    find: Callable[[str], object]  # gives the numbers of the patterns found
    seconds: float
    every_pattern: bool  # it reports every pattern that is there, so what it finds can be compared


def against_peers(content: Mapping[str, Any], settings: Settings) -> Iterator[Row]:
    """For each number of patterns: the loop on all of them; the alternation and spaCy on those of one part."""
    said = sentences_of(content)
    posts = make_posts(among_others(said), STANDARD_LENGTH, settings.peer_posts)
    full = make_posts(said, STANDARD_LENGTH, 2 * settings.peer_posts)  # with more to find, to compare what is found
    for count in settings.peer_counts:
        snapshot = catalogue(content, count)
        written = own_patterns(snapshot)
        parsed = _parsed(snapshot, written)
        single = [place for place, pattern in enumerate(parsed) if len(pattern.parts) == 1]
        yield from _compare(snapshot, written, parsed, posts, full, [LOOP], settings)
        one_part = [written[place] for place in single]
        names = [ALTERNATION, SPACY]
        yield from _compare(snapshot, one_part, [parsed[place] for place in single], posts, full, names, settings)


def _compare(
    snapshot: Mapping[str, Any],
    written: Sequence[Written],
    parsed: Sequence[Any],
    posts: Sequence[str],
    full: Sequence[str],
    names: Sequence[str],
    settings: Settings,
) -> Iterator[Row]:
    """Ours and the named peers on these patterns alone."""
    compiled = engine.compile(with_patterns(snapshot, written))
    peers = [_make(name, parsed, settings) for name in names]
    ours = Contestant("ours", lambda text: engine.assess(text, compiled), posts)
    racing = [Contestant(peer.name, peer.find, posts) for peer in peers if isinstance(peer, Peer)]
    timed = race([ours, *racing], settings.peer_rounds)
    parts = "all" if names == [LOOP] else "those of one part"
    group = f"Peers, {STANDARD_LENGTH} characters: {len(written):,} patterns ({parts})"
    best, median = (time / 1e3 for time in timed["ours"])
    yield Row(group=group, what="this engine: spans, context, level", best=best, median=median, ratio=1.0, against="")
    for name, peer in zip(names, peers, strict=True):
        if isinstance(peer, str):
            yield Row(group=group, what=name, against="this engine", skipped=peer)
            continue
        best, median = (time / 1e3 for time in timed[name])
        yield Row(
            group=group,
            what=f"{name} (ready in {peer.seconds:.1f} s{_agreement(peer, compiled, written, full)})",
            best=best,
            median=median,
            ratio=timed[name].best / timed["ours"].best,
            against="this engine",
        )


def _make(name: str, parsed: Sequence[Any], settings: Settings) -> Peer | str:
    """A peer made ready, or why it is left out."""
    begun = perf_counter()
    if name == LOOP:
        expressions = regexes.loop(parsed)
        find: Callable[[str], object] = lambda text: _search_all(expressions, text)  # noqa: E731
    elif name == ALTERNATION:
        written = regexes.alternation(parsed)
        if len(written) > settings.longest_alternation:
            return f"skipped, its expression has {len(written) / 1e6:.1f} million characters"
        whole = re.compile(written)
        find = lambda text: [found.lastindex for found in whole.finditer(regexes.plain(text))]  # noqa: E731
    else:
        if spacy_rules.spacy is None:
            return "skipped, not installed (`make bench` installs it)"
        rules = spacy_rules.SpacyRules(parsed)
        find = lambda text: rules.run(regexes.plain(text))  # noqa: E731
    return Peer(name, find, perf_counter() - begun, name != ALTERNATION)


def _search_all(expressions: Sequence[re.Pattern[str]], text: str) -> list[int]:
    plain = regexes.plain(text)
    return [number for number, expression in enumerate(expressions) if expression.search(plain)]


def _parsed(snapshot: Mapping[str, Any], written: Sequence[Written]) -> list[Any]:
    classes = engine.read_classes({row["key"]: tuple(row["words"]) for row in snapshot["word_classes"]})
    return [engine.parse(one.pattern, classes) for one in written]


def _agreement(peer: Peer, compiled: engine.Compiled, written: Sequence[Written], posts: Sequence[str]) -> str:
    """How much of what the engine found, claim by claim and post by post, the peer found too."""
    if not peer.every_pattern:
        return ""
    keys = {one.key for one in written}
    found = same = 0
    for post in posts:
        ours = {finding.signal for finding in engine.assess(post, compiled).findings} & keys
        theirs = {written[number].key for number in peer.find(post)}  # type: ignore[attr-defined]
        found, same = found + len(ours), same + len(ours & theirs)
    return f", finds {same / found:.0%} of what it should" if found else ""
