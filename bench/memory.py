"""What the engine holds in memory, and what a post costs that is the first of its kind: in a process of its own.

The process reads one JSON object from its input, `{"snapshot": …, "posts": […]}`, as a worker of the site would load a
published snapshot, and prints its figures as JSON. Megabytes are those that the kernel counts as resident.
"""

import gc
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from assessments import engine

ROOT = Path(__file__).resolve().parent.parent


def measure(snapshot: Mapping[str, Any], posts: Sequence[str]) -> dict[str, float]:
    """The figures of a fresh process: before, after, added, peak (MB), and first_ns, later_ns per post."""
    given = json.dumps({"snapshot": snapshot, "posts": posts})
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory"], input=given, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def _in_this_process() -> dict[str, float]:
    before = _megabytes("VmRSS")
    given = json.load(sys.stdin)
    compiled, posts = engine.compile(given["snapshot"]), given["posts"]
    del given
    gc.collect()
    gc.disable()
    first = [_time(post, compiled) for post in posts]
    later = [_time(post, compiled) for post in posts]
    gc.enable()
    gc.collect()
    after = _megabytes("VmRSS")
    return {
        "before": before,
        "after": after,
        "added": after - before,
        "peak": _megabytes("VmHWM"),
        "first_best_ns": min(first),
        "first_ns": statistics.median(first),
        "later_ns": statistics.median(later),
    }


def _time(post: str, compiled: engine.Compiled) -> int:
    begun = perf_counter_ns()
    engine.assess(post, compiled)
    return perf_counter_ns() - begun


def _megabytes(field: str) -> float:
    """Memory now (`VmRSS`) or the most so far (`VmHWM`); where the kernel tells neither, the most there ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not `ru_maxrss`: a process inherits that from the one that started it.
        found = next(line for line in status.read_text().splitlines() if line.startswith(field))
        return int(found.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(_in_this_process()))
