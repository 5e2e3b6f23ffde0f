"""The rows of one app, kept and put back: to the last byte what the product itself once wrote, in a tenth of the time.

Tests with real transactions empty the database, so each of them would otherwise load the whole checklist again.
"""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

GUARDED = "SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name = 'frozen'"


class SavedRows:
    """What `keep` found in the tables of an app, for `put_back` to write into the same tables when they are empty."""

    def __init__(self, app):
        self.models = list(apps.get_app_config(app).get_models(include_auto_created=True))
        self.rows = {}

    def keep(self):
        """Remember every row there is now."""
        with connection.cursor() as cursor:
            self.rows = {table: _copied_out(cursor, table) for table in (model._meta.db_table for model in self.models)}

    def put_back(self):
        """Write the remembered rows. What guards published versions is off meanwhile, and only inside this."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(GUARDED)
            guarded = [table for (table,) in cursor.fetchall()]
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER frozen")
            for table, rows in self.rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(rows)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # every foreign key is looked at before the guards return
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER frozen")
            for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
                cursor.execute(statement)


def _copied_out(cursor, table):
    with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
        return b"".join(copy)
