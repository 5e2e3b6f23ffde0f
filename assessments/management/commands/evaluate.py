"""`manage.py evaluate`: how well the checker agrees with labelled posts, flag by flag and file by file."""

import json
import string
import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments import engine, measuring, snapshots
from assessments.evaluation_reports import json_report, text_report
from assessments.evaluation_runs import Reading
from assessments.management.commands.assess import forget_stdout, published_or_file
from assessments.models import Checklist


class Command(BaseCommand):
    help = (
        "Assesses labelled posts (JSON Lines with `expect`: {flag: true|false, claims: {key: true|false}}; a missing "
        "key means unknown; `source` says where a post comes from) and prints precision, recall, F1 and false-alarm "
        "rate with 95 % intervals. Shows no words of a post unless asked with --texts."
    )
    requires_system_checks = []  # as for assess

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="Files of JSON Lines; - is standard input.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of the tables.")
        parser.add_argument(
            "--show",
            type=int,
            metavar="N",
            help="List the N worst mistakes of each kind, and with --compare no more than N posts (otherwise all).",
        )
        parser.add_argument("--texts", action="store_true", help="Print the words of the listed posts too.")
        parser.add_argument("--snapshot", help="Use the snapshot in this file; no database is needed.")
        parser.add_argument(
            "--compare",
            metavar="DIGEST_OR_FILE",
            help="A second version, as a snapshot file or by (the beginning of) its digest: what changes with it.",
        )
        parser.add_argument("--folds", type=int, default=0, metavar="N", help="Also part the posts by author into N.")
        parser.add_argument("--author-field", default="author", help="The field with the author (default: author).")
        parser.add_argument("--field", default="text", help="The field that holds the words (default: text).")
        _add_keeping(parser.add_argument_group("keeping the figures, for the page that says how right the checker is"))

    def handle(self, *, files, show, texts, snapshot, compare, folds, author_field, field, **options):
        _check_numbers(show, folds)
        names = _names_of(files)
        called = _names_of_sources(options)
        versions = [published_or_file(snapshot)]
        if compare is not None:
            versions.append(_other_version(compare))
        reading = Reading(versions=versions, text_field=field, folds=folds, author_field=author_field)
        for file, name in zip(files, names, strict=True):
            with _opened(file) as stream:
                reading.read(name, stream)
        _keep(reading, called, options)
        try:
            if options["json"]:
                self.stdout.write(json.dumps(json_report(reading, show=show, texts=texts), indent=2))
            else:
                self.stdout.write("\n\n".join(text_report(reading, show=show, texts=texts)))
        except BrokenPipeError:
            forget_stdout()


def _add_keeping(group):
    group.add_argument("--store", action="store_true", help="Keep them in the database. Needs --note.")
    group.add_argument("--measured", metavar="FILE", help="Write what --store keeps to FILE. Needs --note.")
    group.add_argument("--note", default="", help="On which posts it was measured, in words for everybody.")
    group.add_argument(
        "--call",
        action="append",
        default=[],
        metavar="BEGINNING=WORDS",
        help="What to call sources whose name begins so; sources called the same count together. May be repeated.",
    )


def _names_of_sources(options):
    """The (beginning, words) pairs of --call. Raises CommandError, also when keeping is asked for without a note."""
    if (options["store"] or options["measured"]) and not options["note"].strip():
        raise CommandError(str(measuring.NoteMissing()))
    pairs = [tuple(part.strip() for part in call.partition("=")[::2]) for call in options["call"]]
    if not all(beginning and words for beginning, words in pairs):
        raise CommandError("--call takes the beginning of a source's name, = and what to call it.")
    return pairs


def _keep(reading, called, options):
    """Keep the figures where the options say. Raises CommandError."""
    if not (options["store"] or options["measured"]):
        return
    try:
        record = measuring.record_of(reading, note=options["note"], names=called)
        if options["measured"]:
            measuring.write_record(record, options["measured"])
        if options["store"]:
            measuring.store_run(record=record)
    except measuring.MeasuringError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"Cannot write {options['measured']}: {error.strerror}.") from error


def _opened(file):
    """A binary stream of the file, or of standard input for "-". Raises CommandError."""
    if file == "-":
        return open(sys.stdin.fileno(), "rb", closefd=False)
    try:
        return open(file, "rb")
    except OSError as error:
        raise CommandError(f"Cannot read {file}: {error.strerror}.") from error


def _check_numbers(show, folds):
    if show is not None and show < 0:
        raise CommandError("--show takes a number of 0 or more.")
    if folds < 0 or folds == 1:
        raise CommandError("--folds takes a number of 2 or more.")


def _names_of(files):
    """What to call each file in the tables: its last part, or all of it when two end alike."""
    if len(set(files)) < len(files):
        raise CommandError("The same file is given twice.")
    ends = Counter(Path(file).name for file in files)
    return [Path(file).name if ends[Path(file).name] == 1 else file for file in files]


def _other_version(digest_or_file):
    """The version in that file, or else the published or retired one with that digest. Raises CommandError."""
    if Path(digest_or_file).is_file():
        return published_or_file(digest_or_file)
    beginning = digest_or_file.lower()
    if not beginning or not set(beginning) <= set(string.hexdigits):
        raise CommandError(f"{digest_or_file} is neither a file nor the beginning of a digest.")
    digests = Checklist.objects.filter(digest__startswith=beginning).values_list("digest", flat=True).distinct()[:2]
    if not digests:
        raise CommandError(f"No file has this name and no version of the checklist has this digest: {digest_or_file}.")
    if len(digests) > 1:
        raise CommandError(f"More than one version of the checklist has a digest that begins with {digest_or_file}.")
    try:
        return snapshots.by_digest(digests[0])
    except engine.PatternError as error:
        raise CommandError(str(error)) from error
