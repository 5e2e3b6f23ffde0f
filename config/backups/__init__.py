"""Backups that the server itself cannot read, putting one back, and the drill that shows that it can be done.

    pg_dump | encrypt to a public key (age) -> a file        writing.py
    a file | decrypt with the private key -> pg_restore      restoring.py, on an empty database only
    what was put back: migrated, purged, looked at           looking.py
    which posts are still there, noted beside the backups    kept.py

Nothing is ever written in clear on the way. No backup holds FIELD_ENCRYPTION_KEYS: without them it is worth nothing.
"""


class BackupError(Exception):
    """A backup could not be made or put back; the message is the sentence that the operator reads."""
