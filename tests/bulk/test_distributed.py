"""The engine on Dask's workers: real processes, one of which is killed while it works."""

import io
import json
import os
import subprocess
import sys
import time

import psutil
import pyarrow
import pytest
import trustme
from django.conf import settings
from pyarrow import parquet

from assessments import engine
from assessments.bulk import partitions
from assessments.bulk.distributed import main
from assessments.bulk.reading import open_source
from assessments.bulk.resuming import identity
from assessments.bulk.screening import Wanted
from assessments.snapshots import digest_of, read_file
from tests.assessments.command_line import NOWHERE, run
from tests.bulk.conftest import post, post_lines

# The command, with smaller partitions.
PROGRAMME = """
import sys
from assessments.bulk import partitions
partitions.PARTITION_BYTES = 20_000
from assessments.bulk.distributed import main
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def start(place):
    """A function that starts a programme in `place`, from the project's own code. What is left at the end is killed."""
    started = []

    def start(*command):
        environment = os.environ | {"DATABASE_URL": NOWHERE, "PYTHONPATH": str(settings.BASE_DIR)}
        process = subprocess.Popen(
            [sys.executable, *command], cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            kill(process)


@pytest.fixture
def bulk(place, start):
    """A function that starts the command."""
    (place / "programme.py").write_text(PROGRAMME)
    return lambda *options: start("programme.py", "posts.jsonl", "--snapshot=snapshot.json", "--output=out", *options)


@pytest.fixture
def cluster(place, start):
    """The recipe of docs/distributed.md: (address, a process with two workers, options), all over TLS."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path("ca.pem")
    issued.private_key_pem.write_to_path("key.pem")
    issued.cert_chain_pems[0].write_to_path("cert.pem")
    tls = ("--tls-ca-file=ca.pem", "--tls-cert=cert.pem", "--tls-key=key.pem")
    where = ("--scheduler-file=scheduler.json", "--no-dashboard", *tls)
    scheduler = start("-m", "dask", "scheduler", "--host=tls://127.0.0.1", "--port=0", *where)
    while not (place / "scheduler.json").exists() and scheduler.poll() is None:
        time.sleep(0.01)
    address = json.loads((place / "scheduler.json").read_text())["address"]
    workers = start("-m", "dask", "worker", "--nworkers=2", "--nthreads=1", *where)
    return address, workers, ("--tls-ca=ca.pem", "--tls-cert=cert.pem", "--tls-key=key.pem")


def a_part_is_done(folder, process, than=0):
    """Wait until there are more results than so many, or the process has ended."""
    while len(list(folder.glob("part-*"))) <= than and process.poll() is None:
        time.sleep(0.01)


def kill(process):
    """kill -9 for the command and all that it started."""
    family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    for one in family:
        one.kill()
    process.communicate()


def a_worker_of(process):
    """A process that does the work, not one that watches over it."""
    family = psutil.Process(process.pid).children(recursive=True)
    return next(one for one in family if not one.children() and "spawn_main" in " ".join(one.cmdline()))


def test_deaths_lose_and_double_nothing(place, bulk, cluster):
    (place / "posts.jsonl").write_bytes(post_lines(3_000))
    out = place / "out"
    first = bulk("--processes=1")
    a_part_is_done(out, first)
    kill(first)
    done_before = {part: part.stat().st_mtime_ns for part in out.glob("part-*")}

    address, workers, tls = cluster
    assert address.startswith("tls://")
    process = bulk(f"--scheduler={address}", *tls, "--report=report.html")
    a_part_is_done(out, process, than=len(done_before))
    a_worker_of(workers).kill()
    _, said = process.communicate()

    assert process.returncode == 0, said.decode()
    run("assess", "posts.jsonl", snapshot="snapshot.json", output="one.jsonl", processes=1, stderr=io.StringIO())
    parts = sorted(out.glob("part-*"))
    assert len(parts) > len(done_before) > 0
    assert b"".join(part.read_bytes() for part in parts) == (place / "one.jsonl").read_bytes()
    assert {part: part.stat().st_mtime_ns for part in done_before} == done_before
    assert b"3,000 rows read" in said
    assert "What was found in 3,000 rows" in (place / "report.html").read_text()
    assert sorted(path.name for path in out.iterdir()) == [*(part.name for part in parts), "run.json", "tallies"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--where", "crisis"], "was begun with another value of “where”. Add --restart to begin anew."),
        (["--where", "crises"], "“crises” is not known here"),
        (["--fields", "nonsense"], "there is no field “nonsense”"),
    ],
)
def test_a_mistake_is_said_before_any_worker_starts(place, capsys, arguments, sentence):
    (place / "posts.jsonl").write_bytes(post_lines(3))
    sources = [open_source("posts.jsonl")]
    snapshot = read_file("snapshot.json")
    ours = identity(digest_of(snapshot), engine.VERSION, sources, Wanted()) | {"cuts": partitions.sizes()}
    (place / "out").mkdir()
    (place / "out" / "run.json").write_text(json.dumps(ours))

    code = main(["posts.jsonl", "--snapshot", "snapshot.json", "--output", "out", *arguments])

    assert code == 1
    assert sentence in capsys.readouterr().err


def test_partitions_of_every_kind_hold_each_row_once(place, monkeypatch):
    monkeypatch.setattr(partitions, "PARTITION_BYTES", 500)
    monkeypatch.setattr(partitions, "PARTITION_ROWS", 128)
    rows = [post(number) for number in range(300)]
    (place / "posts.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (place / "posts.csv").write_text("id,text\n" + "".join(f'{row["id"]},"{row["text"]}\n"\n' for row in rows))
    parquet.write_table(pyarrow.Table.from_pylist(rows), place / "posts.parquet", row_group_size=70)

    for name in ("posts.jsonl", "posts.csv", "posts.parquet"):
        source = open_source(name)
        cuts = partitions.plan([source], "jsonl")
        found = [
            source.post(row).id
            for cut in cuts
            for batch, _, _ in source.batches(cut.start, stop=cut.stop)
            for row in batch
        ]
        assert found == [row["id"] for row in rows]
        assert len(cuts) > 2
