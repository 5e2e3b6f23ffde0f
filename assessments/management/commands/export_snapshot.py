"""`manage.py export_snapshot`: the frozen checklist as a file, byte for byte what its digest was made of."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments import content_loading
from assessments.models import Checklist
from assessments.snapshots import NoPublishedChecklist, canonical_bytes


class Command(BaseCommand):
    help = "Writes the snapshot of the published checklist (canonical JSON; its SHA-256 is the digest in reports)."
    requires_system_checks = []  # with --from-content it works alone, as assess does with --snapshot

    def add_arguments(self, parser):
        parser.add_argument("--output", help="The file to write. Without it: standard output.")
        which = parser.add_mutually_exclusive_group()
        # Not --version: that is Django's own.
        which.add_argument("--checklist-version", type=int, metavar="N", help="An earlier version.")
        which.add_argument(
            "--from-content",
            action="store_true",
            help='Make it from the YAML files instead, without any database; its version is "content".',
        )

    def handle(self, *, output, checklist_version, from_content, **options):
        text = _from_content() if from_content else _from_database(checklist_version)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            Path(output).write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}.") from error


def _from_content():
    try:
        content = content_loading.read_content()
    except content_loading.ContentError as error:
        raise CommandError(str(error)) from error
    return canonical_bytes(content | {"version": "content"}).decode("utf-8")


def _from_database(version):
    versions = Checklist.objects.published() if version is None else Checklist.objects.filter(version=version)
    text = versions.values_list("snapshot", flat=True).first()
    if text is None:
        raise CommandError(str(NoPublishedChecklist()) if version is None else f"There is no version {version}.")
    return text
