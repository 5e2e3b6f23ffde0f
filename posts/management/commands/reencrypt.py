"""Write everything that is encrypted at rest again with the first of FIELD_ENCRYPTION_KEYS."""

from django.core.management.base import BaseCommand, CommandError

from posts.encryption import CannotDecrypt
from posts.rotation import reencrypt


class Command(BaseCommand):
    """`python manage.py reencrypt`"""

    help = (
        "After a new key was put first in FIELD_ENCRYPTION_KEYS: writes every encrypted text again with it. When "
        "this is done, the old keys can be dropped."
    )

    def handle(self, *args, **options):
        """Say for each column how many texts were written again."""
        try:
            for table, column, count in reencrypt():
                self.stdout.write(f"{table}.{column}: {count} written again")
        except CannotDecrypt as error:
            raise CommandError(f"{error} Put the key that is missing back, and run this again.") from error
