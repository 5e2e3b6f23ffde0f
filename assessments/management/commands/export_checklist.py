"""`manage.py export_checklist`: a version of the checklist, or the draft, as YAML files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments import exchange
from assessments.models import Checklist
from assessments.snapshots import NoPublishedChecklist


class Command(BaseCommand):
    help = (
        "Writes the published checklist as YAML, in the format of assessments/content, into a new folder or one zip. "
        "The same content always gives the same bytes. Comments that stood in the files before are not kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("--output", required=True, type=Path, help="A new or empty folder, or a file named *.zip.")
        which = parser.add_mutually_exclusive_group()
        # Not --version: that is Django's own.
        which.add_argument("--checklist-version", type=int, metavar="N", help="An earlier version.")
        which.add_argument("--draft", action="store_true", help="The draft as it is now.")

    def handle(self, *, output, checklist_version, draft, verbosity, **options):
        checklist = _chosen(checklist_version, draft)
        try:
            if output.suffix == ".zip":
                with output.open("xb") as opened:
                    opened.write(exchange.zip_of(checklist))
            else:
                _write(exchange.files_of(checklist), output)
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename or output}: {error.strerror}.") from error
        if verbosity > 0:
            self.stdout.write(f"{checklist} is in {output}. Comments of the files it came from are not in it.")


def _chosen(version, draft):
    """The version that the options name. Raises CommandError."""
    if draft:
        found, missing = Checklist.objects.drafts(), "There is no draft."
    elif version is None:
        found, missing = Checklist.objects.published(), str(NoPublishedChecklist())
    else:
        found, missing = Checklist.objects.filter(version=version), f"There is no version {version}."
    checklist = found.without_snapshots().first() if version is None or 0 < version < 2**31 else None
    if checklist is None:
        raise CommandError(missing)
    return checklist


def _write(files, folder):
    """Raises CommandError when the folder holds something: an old file among the new ones would be read with them."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise CommandError(f"{folder} is not empty. Name a new folder, so that no old file stays among the new ones.")
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(text)
