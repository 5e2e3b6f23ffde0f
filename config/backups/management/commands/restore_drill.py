"""Show that a backup can be put back: on a copy, never on the live database."""

import sys

from django.core.management.base import BaseCommand, CommandError

from config.backups import BackupError
from config.backups.management.commands.restore import add_key, read_key
from config.backups.restoring import drill


class Command(BaseCommand):
    """`python manage.py restore_drill FILE --key FILE`"""

    help = (
        "Do with a backup what `restore` does, in a new database beside the live one, which is gone afterwards. Ends "
        "with 1 when anything is wrong: a wrong key, a damaged file, FIELD_ENCRYPTION_KEYS that do not read the posts."
    )

    def add_arguments(self, parser):
        """As restore has them."""
        parser.add_argument("backup", metavar="FILE")
        add_key(parser)

    def handle(self, *, backup, key, kept, **options):
        """The process that restores prints its own table."""
        try:
            status = drill(backup=backup, key=read_key(key), kept=kept)
        except BackupError as error:
            raise CommandError(str(error)) from None
        if status:
            sys.exit(status)
        self.stdout.write("The drill went well: this backup can be put back. The copy is gone.")
