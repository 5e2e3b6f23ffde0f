"""`manage.py make_api_key`: a key for the API, for whoever sets a server up. Its secret is printed once."""

from django.core.management.base import BaseCommand, CommandError

from assessments.api.keys import KeyRefused, make_key
from assessments.api.models import Scope


class Command(BaseCommand):
    help = "Makes a key for the API and prints its secret, once. It is stopped in the admin."

    def add_arguments(self, parser):
        parser.add_argument("name", help="Whose key it is.")
        parser.add_argument("--contact", required=True, help="Whom to write to when something is wrong with it.")
        parser.add_argument("--scopes", nargs="+", default=[Scope.ASSESS.value], choices=Scope.values)
        parser.add_argument("--per-minute", type=int, default=300)
        parser.add_argument("--per-day", type=int, default=10_000)

    def handle(self, *, name, contact, scopes, per_minute, per_day, **options):
        if not (0 < per_minute < 2**31 and 0 < per_day < 2**31):
            raise CommandError("A quota is at least 1.")
        if len(name) > 100 or len(contact) > 200:
            raise CommandError("The name may have 100 characters, the contact 200.")
        try:
            _, secret = make_key(name=name, contact=contact, scopes=scopes, per_minute=per_minute, per_day=per_day)
        except KeyRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(secret)
        self.stderr.write("This is the only time that the secret is shown.")
