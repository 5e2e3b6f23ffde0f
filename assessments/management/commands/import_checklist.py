"""`manage.py import_checklist DIR|ZIP`: YAML files become the draft, or every mistake in them is named."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from assessments import exchange
from assessments.content_loading import ArchiveError, ContentError
from assessments.publishing import PublishingError


class Command(BaseCommand):
    help = (
        "Makes a draft of the checklist out of a folder or a zip of YAML files in the format of assessments/content. "
        "Names every mistake with its file, line, entry and field; nothing is written when there is one."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="DIR|ZIP", help="The folder or the zip.")
        parser.add_argument("--replace", action="store_true", help="Throw the present draft away, if there is one.")
        parser.add_argument("--by", metavar="NAME", help="The account of the person who imports it.")

    def handle(self, *, source, replace, by, verbosity, **options):
        try:
            exchange.import_path(source, by=_person(by), replace=replace)
        except (ArchiveError, ContentError, PublishingError, exchange.FilesMissing) as error:
            raise CommandError(str(error)) from error
        if verbosity > 0:
            self.stdout.write("The files are the draft now. Nobody sees it before it is published.")


def _person(name):
    if name is None:
        return None
    person = get_user_model().objects.filter(username=name).first()
    if person is None:
        raise CommandError(f"There is no account called {name}.")
    return person
