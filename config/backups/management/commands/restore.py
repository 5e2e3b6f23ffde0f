"""Put a backup back into an empty database, and look at what is there then."""

import getpass
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.backups import BackupError
from config.backups.kept import delete_what_was_deleted
from config.backups.looking import Fact, bring_up_to_date, facts
from config.backups.restoring import restore
from config.backups.sealing import identities


class Command(BaseCommand):
    """`python manage.py restore FILE --key FILE --kept FILE`"""

    help = (
        "Put a backup back into the EMPTY database of DATABASE_URL, bring it up to date, delete again what was "
        "deleted or is over, sign everybody out, and print what was found. Ends with 1 when anything is wrong."
    )

    def add_arguments(self, parser):
        """Which backup, and what opens it."""
        parser.add_argument("backup", metavar="FILE")
        add_key(parser)

    def handle(self, *, backup, key, kept, **options):
        """Restore, then a table of facts."""
        began = time.monotonic()
        found = []
        try:
            restore(backup=backup, keys=identities(read_key(key)))
            found.append(Fact("put back", f"{Path(backup).name} in {time.monotonic() - began:.0f} s"))
            found += bring_up_to_date()
            if not any(fact.wrong for fact in found):
                if kept:
                    found.append(Fact("posts deleted since", f"{delete_what_was_deleted(kept)} deleted again"))
                found += facts()
        except BackupError as error:
            raise CommandError(str(error)) from None
        for fact in found:
            self.stdout.write(f"{fact.name:32} {fact.found}{'   WRONG: ' if fact.wrong else ''}{fact.wrong}")
        if any(fact.wrong for fact in found):
            raise CommandError("Not fit for service: see WRONG above.")


def add_key(parser):
    """The arguments that a restore and its drill share."""
    parser.add_argument(
        "--key", metavar="FILE", required=True, help="The private key; - asks for it, and keeps nothing."
    )
    parser.add_argument("--kept", metavar="FILE", help="The newest note of `backup --only-note` (….kept).")


def read_key(path):
    """The text of the key file; from the keyboard or a pipe for -. Raises BackupError."""
    if path == "-":
        return getpass.getpass("Private key: ") if sys.stdin.isatty() else sys.stdin.read()
    try:
        return Path(path).read_text()
    except (OSError, ValueError):
        raise BackupError(f"The key file {path} cannot be read.") from None
