"""`manage.py assess`: posts in, results out, as JSON Lines. The contract stands in the README."""

import json
import os
import sys

from django.core.management.base import BaseCommand, CommandError

from assessments import engine, snapshots
from assessments.answering import answer
from assessments.post_lines import read_lines

PROGRESS_EVERY = 100


class Command(BaseCommand):
    help = (
        "Reads posts as JSON Lines ({id, text, author_line?, country?}) and writes one result for each, in the same "
        "order. A line that holds no post gives {id, error} and the run goes on. Nothing is stored."
    )
    requires_system_checks = []  # with --snapshot it works alone: no database, no pages, nothing to check

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default="-", help="A file, or - for standard input (the default).")
        parser.add_argument("--snapshot", help="Use the snapshot in this file; no database is needed.")
        parser.add_argument("--country", default="", help="Country (two letters) for posts that name none.")
        parser.add_argument("--progress", action="store_true", help="Count on standard error even in a pipe.")

    def handle(self, *, file, snapshot, country, progress, **options):
        published = published_or_file(snapshot)
        self.progress = progress or (hasattr(self.stderr, "isatty") and self.stderr.isatty())
        with opened(file) as stream:
            try:
                for number, post in enumerate(read_lines(stream), 1):
                    self.stdout.write(json.dumps(answer(post, published, country.strip().upper())))
                    self.stdout.flush()
                    self._count(number)
            except BrokenPipeError:
                forget_stdout()

    def _count(self, number):
        if self.progress and number % PROGRESS_EVERY == 0:
            self.stderr.write(f"{number} posts", style_func=str)


def published_or_file(path):
    """The snapshot in the file at `path`, or without a path the published one. Raises CommandError."""
    try:
        return snapshots.from_file(path) if path else snapshots.published()
    except (snapshots.NoPublishedChecklist, snapshots.UnknownSnapshot, engine.PatternError) as error:
        raise CommandError(str(error)) from error


def opened(file):
    """A binary stream of the file, or of standard input for "-". Raises CommandError."""
    if file == "-":
        return open(sys.stdin.fileno(), "rb", closefd=False)
    try:
        return open(file, "rb")
    except OSError as error:
        raise CommandError(f"Cannot read {file}: {error.strerror}.") from error


def forget_stdout():
    """Whoever read our output has gone (`| head`): stop without a traceback when Python flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
