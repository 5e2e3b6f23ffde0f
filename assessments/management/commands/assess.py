"""`manage.py assess`: posts in, results out. The contract of a line stands in the README, the rest in docs/bulk.md."""

import os
import sys
import time

from django.core.management.base import BaseCommand, CommandError

from assessments import engine, snapshots
from assessments.bulk import fields, options, summary
from assessments.bulk.progress import shown
from assessments.bulk.reading import BATCH_BYTES, BATCH_ROWS, InputError, read
from assessments.bulk.resuming import CannotGoOn, identity
from assessments.bulk.screening import Screening, undisturbed
from assessments.bulk.where import WhereError
from assessments.bulk.workers import WorkersDie, cores, in_order
from assessments.bulk.writing import Stream, open_output
from assessments.whole_files import write_whole
from posts.connections import let_go

STANDARD_INPUT = "-"
INTERRUPTED = 130  # as shells count: 128 and the signal
MISTAKES = (InputError, fields.FieldsError, WhereError, CannotGoOn, WorkersDie)


class Command(BaseCommand):
    help = (
        "Reads posts (JSON Lines of id, text, author_line?, country?; or CSV or Parquet with these columns) and writes "
        "one result for each, in the same order. A row that holds no post gives {id, error} and the run goes on. "
        "With --output a run that was killed goes on where it was. Nothing is stored in the database."
    )
    requires_system_checks = []  # with --snapshot it works alone: no database, no pages, nothing to check

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FILE", help="Files, or - for standard input (the default).")
        parser.add_argument("--output", metavar="FILE", help=f"Write here, as {', '.join(fields.FORMS)} by the ending.")
        parser.add_argument(
            "--processes", type=int, metavar="N", help="How many. Unless told: all cores for large files."
        )
        parser.add_argument("--progress", action="store_true", help="Count on standard error even in a pipe.")
        options.add_to(parser)

    def handle(self, *, files, snapshot, **given):
        try:
            wanted = options.wanted_from(given, fields.form_of(given["output"]) if given["output"] else "jsonl")
            sources = options.sources_of(files or [STANDARD_INPUT], wanted)
            published = published_or_file(snapshot)
            screening = Screening(published, sources, wanted)
            output = self._output(published, sources, wanted, given)
            try:
                self._run(screening, output, given)
            finally:
                output.close()
        except MISTAKES as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            if given["output"]:
                self._say("Stopped. The same command goes on from here.")
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            forget_stdout()
        except OSError as error:
            raise CommandError(f"Cannot write: {error.strerror or error}.") from error

    def _output(self, published, sources, wanted, given):
        if not given["output"]:
            return Stream(self._send)
        ours = identity(published.digest, engine.VERSION, sources, wanted)
        output = open_output(given["output"], wanted.names, wanted.form, ours, restart=given["restart"])
        if output.goes_on:
            self._say(f"Going on after {output.tally['rows']:,} rows.")
        return output

    def _send(self, text):
        self.stdout.write(text, ending="")
        self.stdout.flush()

    def _run(self, screening, output, given):
        is_watched = given["progress"] or (hasattr(self.stderr, "isatty") and self.stderr.isatty())
        rows_before, begun = output.tally["rows"], time.monotonic()
        if not getattr(output, "is_finished", False):
            self._screen(screening, output, given["processes"], is_watched)
        published, wanted = screening.published, screening.wanted
        if given["report"]:
            page = summary.page(output.tally, wanted, published.snapshot, engine_version=engine.VERSION)
            write_whole(given["report"], page.encode())
        output.finish()
        if is_watched or given["output"]:
            spent = {"seconds": time.monotonic() - begun, "rows_now": output.tally["rows"] - rows_before}
            for line in summary.lines(output.tally, wanted, published.snapshot, **spent):
                self._say(line)

    def _screen(self, screening, output, processes, is_watched):
        total = sum(source.size for source in screening.sources)
        is_live = any(source.path == STANDARD_INPUT for source in screening.sources)
        if processes is None:  # what is typed or trickles in is answered line by line
            processes = 1 if is_live else max(1, min(cores(), total // BATCH_BYTES))
        rows = 1 if is_live and processes == 1 else BATCH_ROWS
        if processes > 1:
            let_go()
        bar = shown(self.stderr, total=0 if is_live else total, rows=output.tally["rows"], wanted=is_watched)
        with undisturbed(), bar as moved:
            for batch, done in in_order(read(screening.sources, begin=output.begin, rows=rows), screening, processes):
                output.write(batch, done)
                moved(batch.seen, output.tally["rows"])

    def _say(self, line):
        self.stderr.write(line, style_func=str)


def published_or_file(path):
    """The snapshot in the file at `path`, or without a path the published one. Raises CommandError."""
    try:
        return snapshots.from_file(path) if path else snapshots.published()
    except (snapshots.NoPublishedChecklist, snapshots.UnknownSnapshot, engine.PatternError) as error:
        raise CommandError(str(error)) from error


def forget_stdout():
    """Whoever read our output has gone (`| head`): stop without a traceback when Python flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
