"""How many rows a second bulk does: against the engine alone, on two cores against one, and on Dask against both.

`run()` gives the rows of the table. What is measured runs in the environment of the product (`PRODUCT_PYTHON`), in
processes of its own. The first group is what `manage.py assess` says of itself, without its start; the second are whole
commands, with all that starting them takes.
"""

import gc
import io
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench.posts import among_others, make_posts, sentences_of
from bench.settings import STANDARD_LENGTH, Settings
from bench.table import Row

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = 2
PIPE = f"Bulk, {STANDARD_LENGTH} characters a post, start-up not counted"
WHOLE = "Bulk as whole commands, start-up included"
SAMPLE_SECONDS = 0.25
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"  # no database is needed, and none answers there


def bulk(catalogues: Any, settings: Settings) -> Iterator[Row]:
    """What the table of `make bench` holds of it; its posts come from the content, whatever the catalogues."""
    if settings.bulk_posts:
        yield from run(settings.bulk_posts, settings.bulk_rounds, settings.bulk_whole_posts)


def run(posts: int = 10_000, rounds: int = 3, whole_posts: int = 100_000) -> list[Row]:
    """The rows of the table, from so many posts in so many rounds; `whole_posts` for the whole commands (0: none)."""
    return rows_of(_in_a_process(posts, rounds, whole_posts))


def rows_of(figures: Mapping[str, Any]) -> list[Row]:
    """The rows of what `measure` found."""
    engine, one, two = (figures[name] for name in ("engine", "one", "two"))
    share = statistics.median(e["seconds"] / o["seconds"] for e, o in zip(engine, one, strict=True))
    wall = statistics.median(o["seconds"] / (PROCESSES * t["seconds"]) for o, t in zip(one, two, strict=True))
    worked = statistics.median(o["worked"] / t["worked"] for o, t in zip(one, two, strict=True))
    rows = [
        _speed("the engine alone", figures["posts"], engine, 1, "itself"),
        _speed("1 process", figures["posts"], one, share, "the engine alone", "≥ 0.7 (aim 0.9)"),
        _speed(f"{PROCESSES} processes", figures["posts"], two, wall, "cores × 1 process", "≥ 0.85 (aim 0.95)"),
        _speed(f"{PROCESSES} processes, by the work of the processors", figures["posts"], two, worked, "1 process"),
    ]
    plain, dask = figures["plain"], figures["dask"]
    if not plain:
        return rows
    slower = min(run["seconds"] for run in dask) / min(run["seconds"] for run in plain)
    what = f"{figures['whole_posts']:,} posts on {PROCESSES} processes"
    for name, runs, ratio, target in (("plain", plain, 1.0, ""), ("Dask", dask, slower, "≤ 2 × (aim 1.3 ×)")):
        rows.append(_whole(f"{what}, {name}", [run["seconds"] for run in runs], "s", ratio, target))
        memory = [run["megabytes"] for run in runs]
        rows.append(_whole(f"{name}: memory of all processes", memory, "MB", _against(memory, plain)))
    return rows


def _speed(what: str, posts: int, runs: Sequence[Mapping[str, float]], ratio: float, against: str, target="") -> Row:
    rates = [posts / run["seconds"] for run in runs]
    median = statistics.median(rates)
    return Row(
        group=PIPE,
        what=what,
        unit="rows/s",
        best=max(rates),
        median=median,
        ratio=ratio,
        against=against,
        target=target,
    )


def _whole(what: str, figures: Sequence[float], unit: str, ratio: float, target: str = "") -> Row:
    median = statistics.median(figures)
    return Row(
        group=WHOLE, what=what, unit=unit, best=min(figures), median=median, ratio=ratio, against="plain", target=target
    )


def _against(memory: Sequence[float], plain: Sequence[Mapping[str, float]]) -> float:
    return min(memory) / min(run["megabytes"] for run in plain)


def measure(folder: Path, posts: int, rounds: int, whole_posts: int) -> dict[str, Any]:
    """Everything, in turns, so that a busy moment of the machine hits all alike."""
    from assessments import snapshots
    from assessments.content_loading import read_content

    snapshot = read_content() | {"version": "content"}
    (folder / "snapshot.json").write_bytes(snapshots.canonical_bytes(snapshot))
    texts = make_posts(among_others(sentences_of(snapshot)), STANDARD_LENGTH, max(posts, whole_posts))
    _write(folder / "posts.jsonl", texts[:posts])
    _write(folder / "whole.jsonl", texts[:whole_posts])
    found: dict[str, Any] = {name: [] for name in ("engine", "one", "two", "plain", "dask")}
    for _ in range(rounds):
        found["engine"].append(_engine_alone(snapshot, texts[:posts]))
        found["one"].append(_bulk(folder, 1))
        found["two"].append(_bulk(folder, PROCESSES))
    for number in range(max(1, rounds // 2) if whole_posts else 0):
        for name in ("plain", "dask"):
            found[name].append(_command(folder, name, number))
    return found | {"posts": posts, "whole_posts": whole_posts}


def _engine_alone(snapshot: Any, texts: Sequence[str]) -> dict[str, float]:
    """Seconds for the texts, from a fresh copy: like the commands, it begins without any word in its memory."""
    from assessments import engine, snapshots

    published = snapshots.compiled_from(snapshot)
    gc.freeze()
    gc.disable()
    begun = perf_counter()
    for text in texts:
        engine.assess(text, published.compiled)
    seconds = perf_counter() - begun
    gc.enable()
    gc.unfreeze()
    return {"seconds": seconds}


def _bulk(folder: Path, processes: int) -> dict[str, float]:
    """One run of the command in this process: seconds by the clock, and of work by all processors."""
    from django.core.management import call_command

    from assessments.management.commands import assess

    said, real = io.StringIO(), assess.Command._run
    worked: list[float] = []

    def timed(*about: Any) -> None:
        begun = process_time() + _children()
        real(*about)
        worked.append(process_time() + _children() - begun)

    assess.Command._run = timed
    try:
        call_command(
            "assess",
            str(folder / "posts.jsonl"),
            snapshot=str(folder / "snapshot.json"),
            output=str(folder / "out.jsonl"),
            processes=processes,
            restart=True,
            stderr=said,
        )
    finally:
        assess.Command._run = real
    rows, rate = re.match(r"([\d,]+) rows read, ([\d,]+) a second", said.getvalue()).groups()
    return {"seconds": int(rows.replace(",", "")) / int(rate.replace(",", "")), "worked": worked[0]}


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _command(folder: Path, name: str, number: int) -> dict[str, float]:
    """A whole command in a process of its own: seconds, and the most memory that it and its children had at once."""
    commands = {
        "plain": ["manage.py", "assess", f"--output={folder}/plain-{number}.jsonl"],
        "dask": ["-m", "assessments.bulk.distributed", f"--output={folder}/dask-{number}"],
    }
    given = [str(folder / "whole.jsonl"), f"--snapshot={folder}/snapshot.json", f"--processes={PROCESSES}"]
    begun = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *commands[name], *given],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": NOWHERE},
        stderr=sys.stderr,
    )
    most, ended = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, most, ended))
    watcher.start()
    code = process.wait()
    seconds = perf_counter() - begun
    ended.set()
    watcher.join()
    if code:
        raise RuntimeError(f"{name} ended with {code}")
    return {"seconds": seconds, "megabytes": most[0]}


def _watch(pid: int, most: list[float], ended: threading.Event) -> None:
    """Keep the most memory of a process and its children, each shared page counted once."""
    import psutil

    while not ended.wait(SAMPLE_SECONDS):
        total = 0
        try:
            for one in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
                total += one.memory_full_info().pss
        except psutil.Error:
            continue
        most[0] = max(most[0], total / 1_048_576)


def _write(path: Path, texts: Sequence[str]) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": f"p{number}", "text": text}) + "\n" for number, text in enumerate(texts))


def _in_a_process(*numbers: int) -> dict[str, Any]:
    python = os.environ.get("PRODUCT_PYTHON") or sys.executable
    command = [python, "-m", "bench.bulk", *map(str, numbers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def _in_this_process(*numbers: int) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), *numbers)


if __name__ == "__main__":
    print(json.dumps(_in_this_process(*map(int, sys.argv[1:]))))
