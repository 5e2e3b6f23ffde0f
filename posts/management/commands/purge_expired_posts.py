"""Delete what we promised to delete. A worker does it every hour; this does it now."""

from django.core.management.base import BaseCommand

from posts.retention import purge


class Command(BaseCommand):
    """`python manage.py purge_expired_posts`"""

    help = "Delete posts that are past their time, with their reports, and old request counts."

    def handle(self, *args, **options):
        """Purge and say how many went."""
        count = purge()
        self.stdout.write(f"{count} expired post{'' if count == 1 else 's'} deleted.")
