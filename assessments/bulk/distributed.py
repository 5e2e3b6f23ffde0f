"""The engine on many machines, with Dask: `python -m assessments.bulk.distributed FILE… --output FOLDER`.

docs/distributed.md is the recipe. Workers read the inputs and write the results themselves, so both must stand at the
same paths for all of them; what goes through the scheduler is the checklist, once a worker, and numbers.
"""

import argparse
import json
import os
import sys
import time
from contextlib import contextmanager, nullcontext
from hashlib import sha256
from pathlib import Path

import dask
from distributed import Client, KilledWorker, LocalCluster, Security, as_completed

from assessments.bulk import fields, tallies
from assessments.bulk.partitions import PartitionError, do_partition, plan, sizes, tally_file
from assessments.bulk.reading import InputError
from assessments.bulk.resuming import CannotGoOn, identity, refuse_others
from assessments.whole_files import write_whole

# A worker that dies counts against all that it was given, not only against what it was doing.
DEATHS_ALLOWED = 20


class Mistake(Exception):
    """What the user must put right. str() is the sentence."""


def main(arguments=None):
    """Run the command line and return its exit code. Without its own Django settings it uses the product's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    given = vars(_parser().parse_args(arguments))
    try:
        work = _Work(given)
        with _client(given) if work.left else nullcontext() as client:
            work.run(client)
        work.report(given["report"])
    except (Mistake, InputError, PartitionError, CannotGoOn, fields.FieldsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KilledWorker:
        print("Workers died at the same rows again and again. Is their memory full?", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The scheduler cannot be reached, or a file cannot be written: {error}", file=sys.stderr)
        return 1
    except RuntimeError as error:
        print(
            f"{error}\nDo scheduler and workers run the same code, from its folder and with PYTHONPATH=. ?",
            file=sys.stderr,
        )
        return 1
    return 0


def _parser():
    from assessments.bulk import options

    parser = argparse.ArgumentParser(prog="python -m assessments.bulk.distributed", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE", help="Files that all workers can read.")
    parser.add_argument("--output", required=True, metavar="FOLDER", help="A folder that all workers can write.")
    parser.add_argument("--output-format", default="jsonl", choices=fields.FORMS)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--scheduler", metavar="ADDRESS", help="A scheduler that runs already: tls://…, or tcp://….")
    where.add_argument("--processes", type=int, metavar="N", help="Without --scheduler: so many here (all cores).")
    for name in ("ca", "cert", "key"):
        parser.add_argument(f"--tls-{name}", metavar="FILE.pem", help="For a scheduler at tls://…")
    options.add_to(parser)
    return parser


@contextmanager
def _client(given):
    """A Client of the scheduler, or of workers of our own on this machine."""
    if given["scheduler"]:
        with Client(given["scheduler"], security=_security(given)) as client:
            yield client
        return
    from assessments.bulk.workers import cores

    # One thread each: the engine is Python, and threads of one process would wait for each other.
    here = {"n_workers": given["processes"] or cores(), "threads_per_worker": 1, "host": "127.0.0.1"}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": DEATHS_ALLOWED}),
        LocalCluster(**here, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _security(given):
    files = {name: given[f"tls_{name}"] for name in ("ca", "cert", "key")}
    if not any(files.values()):
        return None
    return Security(
        tls_ca_file=files["ca"], tls_client_cert=files["cert"], tls_client_key=files["key"], require_encryption=True
    )


class _Work:
    """What is to be done: `left` are the partitions that have no result yet.

    Raises Mistake, InputError, FieldsError and CannotGoOn before any worker is asked.
    """

    def __init__(self, given):
        from assessments import engine
        from assessments.bulk import options

        self.wanted = options.wanted_from(given, given["output_format"])
        sources = options.sources_of(given["files"], self.wanted)
        self.snapshot = _snapshot(given["snapshot"], self.wanted)
        self.data, self.digest = _canonical(self.snapshot)
        self.engine = engine.VERSION
        self.partitions = plan(sources, self.wanted.form)
        self.folder = _prepared(given, identity(self.digest, self.engine, sources, self.wanted) | {"cuts": sizes()})
        self.left = [partition for partition in self.partitions if not (self.folder / partition.file).exists()]
        self.rows, self.seconds = 0, 0.0

    def run(self, client):
        """Have everything that is left done by the workers of the client. Raises PartitionError, KilledWorker."""
        from assessments.bulk.progress import shown

        begun, total = time.monotonic(), len(self.partitions)
        with shown(sys.stderr, total=total, wanted=sys.stderr.isatty()) as moved:
            for done, tally in enumerate(self._done(client), total - len(self.left) + 1):
                self.rows += tally["rows"]
                moved(done, self.rows)
        self.seconds = time.monotonic() - begun

    def _done(self, client):
        """The tallies of the partitions, as they are done."""
        if not self.left:
            return
        # A task of its own, not scattered data: when the only worker that has it dies, a task is done again.
        snapshot = client.submit(bytes, self.data, key=f"checklist-{self.digest}")
        futures = client.map(
            do_partition,
            self.left,
            snapshot=snapshot,
            folder=str(self.folder),
            wanted=self.wanted.as_json(),
            engine_version=self.engine,
            pure=False,
        )
        for future in as_completed(futures):
            yield future.result()
            future.release()

    def report(self, path):
        """Say what was found in all partitions, now that all are done; as a page too where there is a `path`."""
        from assessments.bulk import summary

        tally = tallies.nothing()
        for partition in self.partitions:
            tallies.add(tally, json.loads(tally_file(self.folder, partition).read_bytes()))
        for leftover in self.folder.glob(".*.unfinished"):  # of workers that died
            leftover.unlink(missing_ok=True)
        if path:
            page = summary.page(tally, self.wanted, self.snapshot, engine_version=self.engine)
            write_whole(path, page.encode())
        spent = {"seconds": self.seconds, "rows_now": self.rows}
        for line in summary.lines(tally, self.wanted, self.snapshot, **spent):
            print(line, file=sys.stderr)


def _snapshot(path, wanted):
    """The snapshot in the file, or the published one; not compiled, since only workers run it. Raises Mistake."""
    from assessments import snapshots
    from assessments.bulk.where import WhereError, parse_where

    try:
        snapshot = snapshots.read_file(path) if path else snapshots.snapshot_of(snapshots.published_digest())
        if wanted.where:
            parse_where(wanted.where, snapshot)
    except (snapshots.NoPublishedChecklist, snapshots.UnknownSnapshot, WhereError) as error:
        raise Mistake(str(error)) from error
    return snapshot


def _canonical(snapshot):
    """The bytes that travel, and their digest."""
    from assessments.snapshots import canonical_bytes

    data = canonical_bytes(snapshot)
    return data, sha256(data).hexdigest()


def _prepared(given, ours):
    """The folder for the results of this run, begun or to go on with. Raises CannotGoOn, Mistake."""
    folder = Path(given["output"]).absolute()
    about = folder / "run.json"
    try:
        (folder / "tallies").mkdir(parents=True, exist_ok=True)
        if given["restart"]:
            for path in [about, *folder.glob("part-*"), *folder.glob("tallies/*.json")]:
                path.unlink(missing_ok=True)
        if about.exists():
            refuse_others(json.loads(about.read_bytes()), ours, where=folder)
        elif any(folder.glob("part-*")):
            raise Mistake(f"{folder} holds results of something else. Name another folder, or add --restart.")
        else:
            write_whole(about, json.dumps(ours).encode())
    except OSError as error:
        raise Mistake(f"Cannot write {folder}: {error.strerror}.") from error
    return folder


if __name__ == "__main__":
    # By its name, not as __main__: workers import what they are sent.
    from assessments.bulk.distributed import main as run_by_name

    sys.exit(run_by_name())
