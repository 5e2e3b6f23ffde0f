"""`manage.py create_demo_accounts`: one person of each role to try the staff pages with, on a developer's machine."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessments import roles
from assessments.auditing import record
from assessments.roles import make_groups

# Known to everybody who reads this file, which is why the command refuses to run without DEBUG.
PASSWORD = "second-look-demo"
ACCOUNTS = (
    ("admin", None),
    ("editor", roles.EDITORS),
    ("publisher", roles.PUBLISHERS),
    ("help-editor", roles.HELP_EDITORS),
    ("moderator", roles.MODERATORS),
    ("senior", roles.SENIOR_MODERATORS),
    ("auditor", roles.AUDITORS),
)


class Command(BaseCommand):
    help = "Makes a demo account of each role, and one that may do everything, if missing. Only with DEBUG=1."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError(
                "Demo accounts have a password that everybody knows. They are made only when DEBUG is 1."
            )
        make_groups()
        for name, group in ACCOUNTS:
            made = _make_account(name, group)
            self.stdout.write(f"{name} / {PASSWORD}" + ("" if made else " (unless it was changed)"))


@transaction.atomic
def _make_account(name, group):
    """Make one account with its role (None: may do everything). Returns whether it was missing."""
    users = get_user_model().objects
    if users.filter(username=name).exists():
        return False
    user = users.create_user(name, password=PASSWORD, is_staff=True, is_superuser=group is None)
    if group:
        user.groups.add(Group.objects.get(name=group))
    record(
        by=None, verb="add", what=user, after={"is_superuser": user.is_superuser, "groups": [group] if group else []}
    )
    return True
