"""`python -m bench`: measures everything, prints the table and writes it to bench/results.md."""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from assessments import engine
from assessments.content_loading import read_content
from bench import growth, machine
from bench.against_peers import against_peers
from bench.bulk import bulk
from bench.previewing import previewing
from bench.serving import serving
from bench.settings import FULL, Settings
from bench.table import Row, table

RESULTS = Path(__file__).with_name("results.md")


def measure(settings: Settings) -> list[Row]:
    """Every row of the table, in its order."""
    return list(_rows(settings))


def _rows(settings: Settings) -> Iterator[Row]:
    content = read_content()
    catalogues = growth.Catalogues(content, settings.counts)
    for measurement in (
        growth.by_length_and_count,
        growth.by_other_subjects,
        growth.by_kind_of_post,
        growth.hostile_texts,
        growth.hostile_patterns,
        growth.compiling,
        growth.memory_and_first_sight,
        previewing,
        serving,
        bulk,
    ):
        begun = perf_counter()
        yield from measurement(catalogues, settings)
        print(f"{measurement.__name__}: {perf_counter() - begun:.0f} s", file=sys.stderr)
    begun = perf_counter()
    yield from against_peers(content, settings)
    print(f"against_peers: {perf_counter() - begun:.0f} s", file=sys.stderr)


def report(rows: list[Row], seconds: float) -> str:
    """The table with what has to be known to read it."""
    return f"""# Benchmark

`make bench` measured this in {seconds:.0f} seconds with engine {engine.VERSION} on: {machine.describe()}. Only ratios
compare between machines. How it is measured: [the engine](../assessments/engine/README.md), “Benchmark”,
[the pages](../docs/serving.md) and [bulk work](../docs/bulk.md).

{table(rows)}"""


def main() -> None:
    """The full run."""
    begun = perf_counter()
    rows = measure(FULL)
    written = report(rows, perf_counter() - begun)
    RESULTS.write_text(written, encoding="utf-8")
    print(written)


if __name__ == "__main__":
    main()
