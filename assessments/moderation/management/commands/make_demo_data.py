"""`manage.py make_demo_data`: posts, reports, cases and decisions to look at, on a developer's machine."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.moderation.demo import making
from assessments.snapshots import NoPublishedChecklist
from posts.models import Post


class Command(BaseCommand):
    help = "Fills an installation with made-up posts and what became of them. Only with DEBUG=1, or where it is empty."

    def add_arguments(self, parser):
        parser.add_argument("--posts", type=int, default=making.posts.MANY, help="how many (%(default)s)")
        parser.add_argument("--remove", action="store_true", help="take the demo data away again")
        parser.add_argument("--yes-really", action="store_true", help="without DEBUG, on an installation with no post")

    def handle(self, **options):
        if options["remove"]:
            self.stdout.write(f"Removed {making.remove()} made-up posts, and what hung on them.")
            return
        if not settings.DEBUG:
            _refuse_what_is_in_use(options["yes_really"])
        try:
            made = making.make(many=options["posts"])
        except NoPublishedChecklist as error:
            raise CommandError("There is no checklist yet: run manage.py load_first_content first.") from error
        self.stdout.write(f"Made {made} posts." if made else "The demo data is there already; nothing was added.")


def _refuse_what_is_in_use(is_sure):
    if not is_sure:
        raise CommandError("Made-up posts are for a developer's machine. They are made only when DEBUG is 1.")
    if Post.objects.exclude(submission__startswith=making.posts.MARK).exists():
        raise CommandError("Readers have brought posts here, so nothing made up is put among them.")
