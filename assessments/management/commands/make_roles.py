"""`manage.py make_roles`: the groups of the staff pages, with what each role may do."""

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from assessments.roles import make_groups


class Command(BaseCommand):
    help = "Makes the groups that are missing and gives each group what its role lacks. Takes nothing away."

    def handle(self, **options):
        before = set(Group.objects.values_list("name", flat=True))
        for group, codenames in make_groups().items():
            if group in before:
                self.stdout.write(f"{group}: added {', '.join(codenames)}.")
            else:
                self.stdout.write(f"Made the group {group} with {len(codenames)} permissions.")
