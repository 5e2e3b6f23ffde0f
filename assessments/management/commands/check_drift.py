"""`manage.py check_drift`: are the checklist in use and the files of the repository still the same?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments import exchange
from assessments.content_loading import CONTENT, ContentError, read_content
from assessments.models import Checklist

COULD_NOT_COMPARE = 2


class Command(BaseCommand):
    help = (
        "Says how the published version, and the draft if there is one, differ from the YAML in assessments/content. "
        "Exit code 0: what is published is the same as the files. 1: it is not, or nothing is published. "
        "2: the files have mistakes. A draft that differs is told and changes no exit code: drafts are made to differ."
    )

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=CONTENT, help="Another folder with content.")

    def handle(self, *, folder, **options):
        try:
            content = read_content(folder)
        except ContentError as error:
            raise CommandError(str(error), returncode=COULD_NOT_COMPARE) from error
        published, draft = (
            exchange.drift_of(checklist, content) if checklist else None
            for checklist in (_first(Checklist.objects.published()), _first(Checklist.objects.drafts()))
        )
        for drift in filter(None, (published, draft)):
            self._tell(drift)
        if published is None:
            raise CommandError("No version is published, so nothing in use is the same as the files.")
        if not published.is_same:
            raise CommandError("What is published and the files have drifted apart.")

    def _tell(self, drift):
        if drift.is_same:
            self.stdout.write(f"{drift.checklist}: the same as the files.")
            return
        self.stdout.write(f"{drift.checklist}: not the same as the files. From the files to this version:")
        for group in drift.groups:
            self.stdout.write(f"\n  {group.heading}")
            for word, names in (("added", group.added), ("removed", group.removed)):
                self._lines(f"    {word}: {name}" for name in names)
            self._lines(
                f"    changed: {one.name}" + (f" ({', '.join(one.parts)})" if one.parts else "")
                for one in group.changed
            )
            if group.is_reordered:
                self.stdout.write("    They stand in another order.")
        self.stdout.write("")

    def _lines(self, lines):
        for line in lines:
            self.stdout.write(line)


def _first(versions):
    return versions.without_snapshots().first()
