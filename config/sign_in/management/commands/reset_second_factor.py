"""`manage.py reset_second_factor NAME`: for somebody who has lost their phone and their recovery codes."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessments.auditing import record
from config.sign_in import sessions


class Command(BaseCommand):
    help = (
        "Removes a person's second factors and recovery codes and signs them out everywhere. "
        "They set up a new one when they sign in. Make sure that it is really them who ask."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="The name they sign in with.")

    @transaction.atomic
    def handle(self, *, username, **options):
        user = get_user_model().objects.select_for_update().filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody signs in with the name {username}.")
        removed = [str(factor) for factor in Authenticator.objects.filter(user=user)]
        Authenticator.objects.filter(user=user).delete()
        ended = sessions.end_all(user)
        record(by=None, verb="reset second factor", what=user, before={"factors": removed}, after={"factors": []})
        self.stdout.write(f"{username}: removed {', '.join(removed) or 'nothing'}; signed out of {ended} sessions.")
