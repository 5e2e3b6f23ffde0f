"""What was put back is brought up to date, and looked at: is it a product that could go into service?"""

from typing import NamedTuple

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assessments import snapshots
from posts.encryption import CannotDecrypt, decrypt
from posts.models import Post
from posts.retention import purge
from posts.rotation import encrypted_columns

COUNTED = (
    "posts.Post",
    "assessments.Assessment",
    "assessments.Checklist",
    "moderation.Case",
    "moderation.Appeal",
    "auth.User",
    "assessments.AuditEntry",
)
# The newest and the oldest so many of each column: keys change with time.
SAMPLED = 50
FROZEN = "SELECT count(DISTINCT event_object_table) FROM information_schema.triggers WHERE trigger_name = 'frozen'"


class Fact(NamedTuple):
    """One line of the table. `wrong` says what is the matter, or nothing."""

    name: str
    found: str
    wrong: str = ""


def bring_up_to_date():
    """Apply the migrations that the backup did not have yet, and sign everybody out. Yields Facts."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations) - set(loader.replacements))
    if unknown:
        yield Fact("migrations", f"{len(unknown)} unknown", "the backup was made by a newer version than this one")
        return
    missing = len(executor.migration_plan(loader.graph.leaf_nodes()))
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
    yield Fact("migrations", f"all there, {missing} of them applied now")
    # Among them are some that were ended since.
    Session.objects.all().delete()


def facts():
    """Yield what is found, one Fact after the other; nothing is written but what the purge does."""
    yield from _rows()
    yield from _encrypted()
    yield _checklist()
    yield _frozen()
    yield _over()


def _rows():
    for label in COUNTED:
        model = apps.get_model(label)
        yield Fact(f"rows of {model._meta.verbose_name_plural}", f"{model.objects.count():,}")
    newest = Post.objects.order_by("-created_at").values_list("created_at", flat=True).first()
    yield Fact("newest post", f"{newest:%d %B %Y, %H:%M} UTC" if newest else "none")


def _encrypted():
    """Whether the keys of this machine read what is encrypted: a backup without its keys is worth nothing."""
    read = unread = 0
    for table, key, column in encrypted_columns():
        # Names of tables and columns are those of our own models.
        query = f'SELECT "{column}" FROM "{table}" WHERE "{column}" > \'\' ORDER BY "{key}"'  # nosec B608
        with connection.cursor() as cursor:
            cursor.execute(f"({query} LIMIT %s) UNION ({query} DESC LIMIT %s)", [SAMPLED, SAMPLED])  # nosec B608
            for (token,) in cursor.fetchall():
                try:
                    decrypt(token)
                except CannotDecrypt:
                    unread += 1
                else:
                    read += 1
    wrong = "FIELD_ENCRYPTION_KEYS lacks a key of the time of the backup: these posts are lost without it"
    yield Fact("encrypted texts read", f"{read} of {read + unread} tried", wrong if unread else "")


def _checklist():
    try:
        published = snapshots.published()
    except snapshots.NoPublishedChecklist as error:
        return Fact("checklist", "none is published", str(error))
    # The one is counted anew from the words of the version, the other was written down when it was published.
    changed = published.digest != snapshots.published_digest()
    return Fact("checklist", f"version {published.version}", "it is not what was published" if changed else "")


def _frozen():
    with connection.cursor() as cursor:
        cursor.execute(FROZEN)
        tables = cursor.fetchone()[0]
    return Fact("tables frozen by the database", str(tables), "" if tables else "published versions are not protected")


def _over():
    gone, left = purge(), Post.objects.expired().count()
    return Fact("posts whose time was over", f"{gone} deleted", f"{left} are still there" if left else "")
