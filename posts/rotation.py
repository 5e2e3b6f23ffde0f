"""Changing the keys of what is encrypted at rest: every stored token is written again with the first key.

Runs beside the live product: a row that somebody changes meanwhile is left to its new value. Safe to stop and to run
again at any time; rows that have the first key already cost one comparison.
"""

from django.apps import apps
from django.db import connection, transaction

from posts.encryption import EncryptedTextField, rotated

AT_ONCE = 500


def encrypted_columns():
    """(table, primary key, column) of every encrypted field of the project, in a fixed order."""
    return sorted(
        (model._meta.db_table, model._meta.pk.column, field.column)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    )


def reencrypt():
    """Write every token again that the first key did not make. Yields (table, column, rows written) as each is done.

    Raises CannotDecrypt for a token that none of the keys can read; what was written before stays written.
    """
    for table, key, column in encrypted_columns():
        yield table, column, sum(_batches(table, key, column))


def _batches(table, key, column):
    """Numbers of rows written, batch by batch, by primary key: no row twice, and little memory."""
    last = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            # Names of tables and columns are those of our own models.
            read = f'SELECT "{key}", "{column}" FROM "{table}" WHERE "{key}" > %s'  # nosec B608
            cursor.execute(f'{read} ORDER BY "{key}" LIMIT %s FOR UPDATE', [last, AT_ONCE])
            rows = cursor.fetchall()
            changed = [(new, pk) for pk, token in rows if token and (new := rotated(token))]
            cursor.executemany(f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s', changed)  # nosec B608
        if not rows:
            return
        last = rows[-1][0]
        yield len(changed)
