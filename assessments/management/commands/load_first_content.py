"""`manage.py load_first_content`: the first checklist, its measured figures and help services, where there are none."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessments import content_loading, measuring, publishing
from assessments.help_loading import load_help
from assessments.models import Checklist, HelpCountry
from assessments.roles import make_groups

NOTE = "The first version, as it came with the software."


class Command(BaseCommand):
    help = (
        "Publishes the checklist in assessments/content and loads its measured figures and the help services, each "
        "only where there is none."
    )

    def handle(self, **options):
        make_groups()
        try:
            with transaction.atomic():
                done = [*self._load_checklist(), *self._load_measured(), *self._load_help()]
        except (content_loading.ContentError, publishing.PublishingError, measuring.MeasuringError) as error:
            raise CommandError(str(error)) from error
        if done and options["verbosity"] > 0:
            self.stdout.write(f"Loaded {', '.join(done)}.")

    def _load_checklist(self):
        if Checklist.objects.exists():
            return []
        draft = publishing.load_draft(content_loading.read_content(with_notes=True), by=None)
        published = publishing.publish(draft, by=None, note=NOTE)
        return [f"checklist version {published.version}"]

    def _load_measured(self):
        # With the checklist's own digest in it, so that the page can say if another version is published meanwhile.
        run = measuring.load_measured()
        return [f"figures measured on {run.ran_at:%-d %B %Y}"] if run else []

    def _load_help(self):
        if HelpCountry.objects.exists():
            return []
        return [f"{load_help(content_loading.read_help())} help services"]
