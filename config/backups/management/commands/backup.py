"""Back the database up, encrypted to a public key."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backups import BackupError
from config.backups.kept import note_kept_posts
from config.backups.writing import back_up

WARNING = (
    "It does NOT hold FIELD_ENCRYPTION_KEYS, and without them nobody can read the posts in it. "
    "Keep them somewhere else, and not beside the backups."
)


class Command(BaseCommand):
    """`python manage.py backup /var/backups/second-look`"""

    help = (
        "Write an encrypted backup of the database into a folder, and remove all but the newest; or into a file of "
        "your own name. " + WARNING
    )

    def add_arguments(self, parser):
        """Where to, and how many stay."""
        parser.add_argument("to", metavar="DIR|FILE")
        parser.add_argument("--keep", type=int, default=7, help="How many stay in the folder (7).")
        parser.add_argument(
            "--only-note",
            action="store_true",
            help="Only note which posts are still there (for an hourly clock): `restore --kept` reads it.",
        )

    def handle(self, *, to, keep, only_note, **options):
        """Say where it is and how large."""
        if keep < 1:
            raise CommandError("--keep is 1 or more.")
        try:
            if only_note:
                path, count = note_kept_posts(to)
                self.stdout.write(f"{path}: {count} posts are there.")
                return
            path = back_up(to=to, public_keys=settings.BACKUP_PUBLIC_KEYS, keep=keep)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB. {WARNING}")
