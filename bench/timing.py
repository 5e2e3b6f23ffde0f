"""Contestants in turns: every round times each of them once, so that a busy moment of the machine hits all alike."""

import gc
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import Any, NamedTuple


class Contestant(NamedTuple):
    """What is timed: `run` on each of `texts`."""

    name: Any
    run: Callable[[str], object]
    texts: Sequence[str]


class Timed(NamedTuple):
    """Nanoseconds per text: of the best round, and of the round in the middle."""

    best: float
    median: float


def race(contestants: Sequence[Contestant], rounds: int, *, warm: bool = True) -> dict[Any, Timed]:
    """Time all contestants, after one warm-up of each, with the garbage collector off."""
    if warm:
        for _, run, texts in contestants:
            for text in texts:
                run(text)
    taken: dict[Any, list[float]] = {name: [] for name, _, _ in contestants}
    enabled = gc.isenabled()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, run, texts in contestants:
                taken[name].append(_one_pass(run, texts))
            gc.collect()
    finally:
        if enabled:
            gc.enable()
    return {name: Timed(min(times), statistics.median(times)) for name, times in taken.items()}


def _one_pass(run: Callable[[str], object], texts: Sequence[str]) -> float:
    begun = perf_counter_ns()
    for text in texts:
        run(text)
    return (perf_counter_ns() - begun) / len(texts)
