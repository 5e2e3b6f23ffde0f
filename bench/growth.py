"""How the engine's time and memory grow: with the length of a post, with the number of patterns, with ill will."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter_ns
from typing import Any

from assessments import engine
from bench import adversarial, memory
from bench.catalogues import catalogue, rename_words, with_other_subjects, with_patterns
from bench.posts import among_others, make_posts, posts_with_nothing, sentences_of
from bench.settings import OWN, STANDARD_LENGTH, Settings
from bench.table import Row, figure
from bench.timing import Contestant, Timed, race

LONGEST_FOR_3_000 = "≤ 150 µs (aim 60)"
MOST_GROWTH = "≤ 2 × (aim 1.3 ×)"
LONGEST_HOSTILE = "≤ 20 ms"


class Catalogues:
    """The content with each number of patterns, as a snapshot and compiled."""

    def __init__(self, content: Mapping[str, Any], counts: Sequence[int]) -> None:
        self.content = content
        self.snapshots = {count: catalogue(content, count) for count in counts}
        self.compiled = {count: engine.compile(snapshot) for count, snapshot in self.snapshots.items()}

    def assessor(self, count: int) -> Callable[[str], object]:
        """A function that assesses one text with so many patterns: spans, context, level, everything."""
        compiled = self.compiled[count]
        return lambda text: engine.assess(text, compiled)

    def name(self, count: int) -> str:
        """`3,000 patterns`; the content's own number is counted."""
        found = len(self.compiled[count].found_by) if count == OWN else count
        return f"{found:,} patterns" + (" (the content's own)" if count == OWN else "")


def by_length_and_count(catalogues: Catalogues, settings: Settings) -> Iterator[Row]:
    """Ordinary posts: every length with every number of patterns, as ratios to the shortest and the fewest."""
    sentences = among_others(sentences_of(catalogues.content))
    posts = {
        length: make_posts(sentences, length, how_many)
        for length, how_many in zip(settings.lengths, settings.posts_of, strict=True)
    }
    timed = race(
        [
            Contestant((length, count), catalogues.assessor(count), posts[length])
            for length in settings.lengths
            for count in settings.counts
        ],
        settings.rounds,
    )
    fewest = settings.counts[0]
    for length in settings.lengths:
        for count in settings.counts:
            yield _row(
                "Ordinary posts, µs per post",
                f"{length:,} characters, {catalogues.name(count)}",
                timed[length, count],
                timed[length, fewest],
                f"{fewest:,} patterns",
                target=_target(length, count, settings),
            )
    yield from _per_character(catalogues, settings, timed)


def _per_character(catalogues: Catalogues, settings: Settings, timed: Mapping[Any, Timed]) -> Iterator[Row]:
    """The curve of length at the content's own patterns: time per character, which stays level when it is linear."""
    count, shortest = settings.counts[-1], settings.lengths[0]
    for length in settings.lengths:
        per, first = (_scaled(timed[at, count], 1_000 / at) for at in (length, shortest))
        yield _row(
            f"Growth with length, {catalogues.name(count)}",
            f"{length:,} characters: µs per 1,000 characters",
            per,
            first,
            f"{shortest:,} characters",
        )


def by_other_subjects(catalogues: Catalogues, settings: Settings) -> Iterator[Row]:
    """The same posts and the same findings, while patterns on other subjects are added: growth by number alone."""
    few, most = settings.counts[0], max(settings.counts)
    compiled = {count: engine.compile(with_other_subjects(catalogues.content, few, count)) for count in (few, most)}
    how_many = settings.posts_of[settings.lengths.index(STANDARD_LENGTH)]
    posts = {
        "ordinary": make_posts(among_others(sentences_of(catalogues.content)), STANDARD_LENGTH, how_many),
        "nothing in it": posts_with_nothing(STANDARD_LENGTH, how_many),
    }
    timed = race(
        [
            Contestant((kind, count), lambda text, ready=ready: engine.assess(text, ready), texts)
            for kind, texts in posts.items()
            for count, ready in compiled.items()
        ],
        settings.rounds,
    )
    for kind in posts:
        for count in compiled:
            yield _row(
                f"More patterns on other subjects, the same findings, {STANDARD_LENGTH} characters",
                f"{kind}, {count:,} patterns",
                timed[kind, count],
                timed[kind, few],
                f"{few:,} patterns",
                target=MOST_GROWTH if count != few else "",
            )


def by_kind_of_post(catalogues: Catalogues, settings: Settings) -> Iterator[Row]:
    """Posts of the standard length by what they say; the last in as many words as there are patterns for."""
    count, most = settings.counts[1], max(settings.counts)
    how_many = settings.posts_of[settings.lengths.index(STANDARD_LENGTH)]
    content = catalogues.content
    mixed = sentences_of(content)
    renamed = [rename_words(text) if place % 2 else text for place, text in enumerate(mixed)]
    made_of = {
        "ordinary": (count, among_others(mixed)),
        "ordinary, every second finding in the renamed words": (most, among_others(renamed)),
        "nothing but near misses": (count, sentences_of(content, ["near_misses"])),
        "nothing but examples": (count, sentences_of(content, ["examples"])),
    }
    kinds = {what: (number, make_posts(said, STANDARD_LENGTH, how_many)) for what, (number, said) in made_of.items()}
    kinds["nothing in it"] = (count, posts_with_nothing(STANDARD_LENGTH, how_many))
    timed = race(
        [Contestant(kind, catalogues.assessor(number), posts) for kind, (number, posts) in kinds.items()],
        settings.rounds,
    )
    for kind, (number, posts) in kinds.items():
        found = sum(len(engine.assess(post, catalogues.compiled[number]).findings) for post in posts) / len(posts)
        yield _row(
            f"What a post says, {STANDARD_LENGTH} characters",
            f"{kind} ({figure(found)} findings), {catalogues.name(number)}",
            timed[kind],
            timed["ordinary"],
            "ordinary",
        )


def compiling(catalogues: Catalogues, settings: Settings) -> Iterator[Row]:
    """Time to make a snapshot ready."""
    taken: dict[int, list[float]] = {count: [] for count in settings.counts}
    for _ in range(settings.compile_rounds):
        for count, snapshot in catalogues.snapshots.items():
            begun = perf_counter_ns()
            engine.compile(snapshot)
            taken[count].append(perf_counter_ns() - begun)
    timed = {count: Timed(min(times), sorted(times)[len(times) // 2]) for count, times in taken.items()}
    fewest = settings.counts[0]
    for count in settings.counts:
        yield _row(
            "Compile time, once per snapshot and process",
            catalogues.name(count),
            timed[count],
            timed[fewest],
            f"{fewest:,} patterns",
            unit="ms",
        )


def memory_and_first_sight(catalogues: Catalogues, settings: Settings) -> Iterator[Row]:
    """Memory of a fresh process, and its time for posts whose words it sees for the first time."""
    posts = make_posts(among_others(sentences_of(catalogues.content)), STANDARD_LENGTH, settings.memory_posts)
    measured = {count: memory.measure(snapshot, posts) for count, snapshot in catalogues.snapshots.items()}
    fewest = settings.counts[0]
    kinds = {"added": "a worker's compiled checklist and words", "after": "a whole worker", "peak": "peak, compiling"}
    for kind, what in kinds.items():
        for count, figures in measured.items():
            yield Row(
                group="Memory of one process (after so many posts, and at most)",
                what=f"{what}, {catalogues.name(count)}",
                unit="MB",
                best=figures[kind],
                median=figures[kind],
                ratio=figures[kind] / measured[fewest][kind],
                against=f"{fewest:,} patterns",
            )
    for count, figures in measured.items():
        yield Row(
            group=f"Words never seen before, {STANDARD_LENGTH} characters",
            what=f"first sight of a post in a fresh process, {catalogues.name(count)}",
            best=figures["first_best_ns"] / 1_000,
            median=figures["first_ns"] / 1_000,
            ratio=figures["first_ns"] / figures["later_ns"],
            against="its second sight",
        )


def hostile_texts(catalogues: Catalogues, settings: Settings) -> Iterator[Row]:
    """Every hostile kind of text with the content's own patterns, the slowest first, each with its growth."""
    count = settings.counts[-1]
    run = catalogues.assessor(count)
    made = {length: adversarial.texts(catalogues.content, length) for length in settings.hostile_lengths}
    kinds = list(made[settings.hostile_lengths[0]])
    timed = race(
        [Contestant((kind, length), run, [made[length][kind]]) for kind in kinds for length in made],
        settings.hostile_rounds,
    )
    group = f"Adversarial texts, {catalogues.name(count)}: ratio of {_lengths(settings)}"
    yield from _grown(group, kinds, timed, settings)


def hostile_patterns(catalogues: Catalogues, settings: Settings) -> Iterator[Row]:
    """Patterns made to be slow, and a text that holds every word of all of them in one endless sentence."""
    contestants = []
    for kind in adversarial.PATTERN_KINDS:
        written = adversarial.with_hostile_patterns(kind, settings.hostile_patterns, catalogues.content)
        compiled = engine.compile(with_patterns(catalogues.content, written))
        for length in settings.hostile_lengths:
            contestants.append(
                Contestant(
                    (kind, length),
                    lambda text, compiled=compiled: engine.assess(text, compiled),
                    [adversarial.text_for_patterns(length)],
                )
            )
    timed = race(contestants, settings.hostile_pattern_rounds)
    group = f"{settings.hostile_patterns:,} adversarial patterns, all there: ratio of {_lengths(settings)}"
    yield from _grown(group, list(adversarial.PATTERN_KINDS), timed, settings)


def _grown(group: str, kinds: Sequence[str], timed: Mapping[Any, Timed], settings: Settings) -> Iterator[Row]:
    """A row per kind at the third length, the slowest first, then the growth of the slowest length by length."""
    first, last, third = settings.hostile_lengths[0], settings.hostile_lengths[-1], settings.hostile_lengths[2]
    kinds = sorted(kinds, key=lambda kind: -timed[kind, third].best)
    for kind in kinds:
        ratio = timed[kind, last].best / timed[kind, first].best
        best, median = (time / 1e6 for time in timed[kind, third])
        yield Row(
            group=group,
            what=f"{kind}, {third:,} characters",
            unit="ms",
            best=best,
            median=median,
            ratio=ratio,
            against=f"linear is {last / first:.0f} ×",
            target=LONGEST_HOSTILE,
        )
    for length in settings.hostile_lengths:
        yield _row(
            f"Growth of the slowest: {kinds[0]}",
            f"{length:,} characters",
            timed[kinds[0], length],
            timed[kinds[0], first],
            f"linear is {length / first:.0f} ×",
            unit="ms",
        )


def _row(group: str, what: str, timed: Timed, to: Timed, against: str, *, unit: str = "µs", target: str = "") -> Row:
    """A row of times with the ratio of the best to another's best."""
    divisor = {"µs": 1e3, "ms": 1e6}[unit]
    return Row(
        group=group,
        what=what,
        unit=unit,
        best=timed.best / divisor,
        median=timed.median / divisor,
        ratio=timed.best / to.best,
        against=against,
        target=target,
    )


def _scaled(timed: Timed, by: float) -> Timed:
    return Timed(timed.best * by, timed.median * by)


def _target(length: int, count: int, settings: Settings) -> str:
    if length != STANDARD_LENGTH:
        return ""
    return {3_000: LONGEST_FOR_3_000, 9_000: MOST_GROWTH}.get(count, "")


def _lengths(settings: Settings) -> str:
    return f"{settings.hostile_lengths[-1]:,} to {settings.hostile_lengths[0]:,} characters"
