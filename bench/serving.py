"""The pages against views that do hardly anything, memory, cold start, and growth with the rows: rows of the table.

What is measured runs in a process of its own, in the environment of the product (`PRODUCT_PYTHON`, which the Makefile
names), and prints its figures as JSON: see `pages.py` and `page_growth.py`.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.settings import FULL, Settings
from bench.table import Row

ROOT = Path(__file__).resolve().parent.parent
SERVED = "Pages, gunicorn, one process, eight threads, one PostgreSQL: requests a second"
PROCESSOR = "The same: processor time of the server for a request"
ALONE = "The same without a server: processor time of a request in one process"
MEMORY = "Memory of a web worker"
COLD = "Cold start: from the command to the first page"
GROWTH = "Growth with posts, assessments and cases: a request in one process"

# What is compared with what, and the targets: of requests a second (more is better).
AGAINST = {
    "empty": ("empty", ""),
    "one query": ("empty", ""),
    "insert": ("empty", ""),
    "paste": ("empty", "≥ 0.5 × (aim 0.8)"),
    "report": ("one query", "≥ 0.6 × (aim 0.9)"),
    "submit": ("insert", "≥ 0.5 × (aim 0.8)"),
    "queue": ("one query", ""),
}
WORDS = {
    "empty": "an empty view",
    "one query": "a bare page with one query",
    "insert": "a bare INSERT and redirect",
    "paste": "the first page",
    "report": "a report",
    "submit": "a post taken in: stored, assessed, redirected",
    "queue": "the queue, signed in",
    "engine": "the engine on the same posts",
}


def serving(_catalogues: object, settings: Settings) -> Iterator[Row]:
    """The rows; none with no rounds, which needs a database."""
    if settings.page_rounds:
        yield from rows_of(_in_a_process(settings))


def rows_of(figures: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of what `measure` found."""
    yield from _served(figures["served"]["each"])
    yield from _alone(figures["alone"], figures["served"]["each"])
    yield from _memory(figures["served"])
    cold = figures["cold"]
    yield Row(group=COLD, what="gunicorn and its worker", unit="s", best=min(cold), median=statistics.median(cold),
              ratio=1, against="itself", target="≤ 5 s")  # fmt: skip
    yield from _growth(figures["growth"])


def _served(each: Mapping[str, Any]) -> Iterator[Row]:
    for column, group in enumerate((SERVED, PROCESSOR)):
        best = {name: (min if column else max)(found[column] for found in rounds) for name, rounds in each.items()}
        median = {name: statistics.median(found[column] for found in rounds) for name, rounds in each.items()}
        for name, (against, target) in AGAINST.items():
            # Medians of rounds that were played side by side: what else the machine did then, it did to both.
            ratio = statistics.median(
                mine[column] / other[column] for mine, other in zip(each[name], each[against], strict=True)
            )
            yield Row(group=group, what=WORDS[name], unit="ms" if column else "/s", best=best[name],
                      median=median[name], ratio=ratio, against=WORDS[against],
                      target="" if column else target)  # fmt: skip


def _alone(alone: Mapping[str, Any], each: Mapping[str, Any]) -> Iterator[Row]:
    target = {"report": "≤ 6 × (aim 3)"}
    for name, (best, median) in alone.items():
        against = "submit" if name == "engine" else "empty"
        yield Row(group=ALONE, what=WORDS[name], unit="ms", best=best, median=median, ratio=best / alone[against][0],
                  against=WORDS[against], target=target.get(name, ""))  # fmt: skip
    best, median = alone["engine"]
    submit = min(found[1] for found in each["submit"])
    yield Row(group=ALONE, what="the engine’s share of a post taken in, on the server", unit="ms", best=best,
              median=median, ratio=best / submit, against="processor time of the server", target="≤ 0.15 × (aim 0.10)"
    )  # fmt: skip


def _memory(served: Mapping[str, Any]) -> Iterator[Row]:
    words = {
        "uss": "its own, which one process more would take",
        "pss": "with its share of what is shared",
        "rss": "all that it can see",
    }
    for process, named in (("worker", "a worker"), ("parent", "their parent")):
        sizes = served["memory"][process]
        for key, what in words.items():
            yield Row(group=f"{MEMORY}, after {served['requests']:,} requests", what=f"{named}: {what}", unit="MB",
                      best=sizes[key], median=sizes[key], ratio=sizes[key] / 150, against="150 MB",
                      target="≤ 1 × (aim 100 MB)" if (process, key) == ("worker", "uss") else "")  # fmt: skip


def _growth(growth: Mapping[str, Any]) -> Iterator[Row]:
    sizes = list(growth)
    for name in growth[sizes[0]]:
        for size in sizes:
            best, median = growth[size][name]
            yield Row(group=GROWTH, what=f"{WORDS[name]}, {int(size):,} rows", unit="ms", best=best, median=median,
                      ratio=best / growth[sizes[0]][name][0], against=f"{int(sizes[0]):,} rows",
                      target="≤ 1.3 × (aim 1.1)" if size == sizes[-1] else "")  # fmt: skip


def _in_a_process(settings: Settings) -> dict[str, Any]:
    python = os.environ.get("PRODUCT_PYTHON") or sys.executable
    command = [python, "-m", "bench.serving", json.dumps(asdict(settings))]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def measure(settings: Settings) -> dict[str, Any]:
    """All figures, on a stage that is made for it and removed."""
    from tests.soak.stage import stage

    with stage() as here:
        from bench import page_growth, pages

        os.environ |= {"DATABASE_POOL_MAX_SIZE": "8", **pages.BARE}
        import django

        django.setup()
        from assessments.content_loading import read_content
        from bench.posts import among_others, make_posts, sentences_of

        texts = make_posts(among_others(sentences_of(read_content())), pages.LENGTH, 400)
        cold = pages.cold_starts(here, settings.cold_starts)
        ready = pages.make_ready(texts)
        return {
            "cold": cold,
            "growth": page_growth.growth(here, settings, *ready),
            "alone": pages.in_process(settings, texts, *ready),
            "served": pages.served(here, settings, texts, *ready),
        }


if __name__ == "__main__":
    given = Settings(**json.loads(sys.argv[1])) if sys.argv[1:] else FULL
    figures = measure(given)
    if sys.argv[1:]:
        print(json.dumps(figures))
    else:
        from bench.table import table

        print(table(list(rows_of(figures))))
