"""`manage.py load_ruling_reasons`: the reasons that moderators may give, where there are none yet."""

from django.core.management.base import BaseCommand

from assessments.moderation.reasons import load_reasons


class Command(BaseCommand):
    help = "Loads the reasons in assessments/content/pages/ruling_reasons.yaml, only where there are none."

    def handle(self, **options):
        loaded = load_reasons()
        if loaded and options["verbosity"] > 0:
            self.stdout.write(f"Loaded {loaded} reasons for decisions.")
