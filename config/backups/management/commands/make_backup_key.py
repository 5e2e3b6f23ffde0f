"""Make the pair of keys that backups are encrypted with."""

from django.core.management.base import BaseCommand

from config.backups.sealing import new_key


class Command(BaseCommand):
    """`python manage.py make_backup_key > backup.key`, on your own machine"""

    help = (
        "Print a new pair of keys for backups, once and nowhere else. The public key is for BACKUP_PUBLIC_KEY on the "
        "server. The private key opens every backup: keep it in two safe places that are not the server."
    )
    requires_system_checks = []

    def handle(self, **options):
        """A key file, as any age program reads it."""
        public, private = new_key()
        self.stdout.write("# Opens the backups of Second Look. Keep it in two safe places, away from the server.")
        self.stdout.write(f"# public key: {public}")
        self.stdout.write(private)
        self.stderr.write(f"On the server: BACKUP_PUBLIC_KEY={public}")
