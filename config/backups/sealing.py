"""Encrypting to a public key and back, as streams, in the format of age (age-encryption.org). The only door to pyrage.

Any `age` program reads what is made here: a backup can be opened without this product.
"""

from pathlib import Path

import pyrage
from pyrage.x25519 import Identity, Recipient

from config.backups import BackupError


def new_key():
    """(public key, private key), as text."""
    identity = Identity.generate()
    return str(identity.to_public()), str(identity)


def recipients(public_keys):
    """What `seal` encrypts to. Raises BackupError when there is none, or one is no public key."""
    if not public_keys:
        raise BackupError("BACKUP_PUBLIC_KEY is missing: `manage.py make_backup_key` makes one. See .env.example.")
    try:
        return [Recipient.from_str(key) for key in public_keys]
    except pyrage.RecipientError:
        raise BackupError("BACKUP_PUBLIC_KEY is no public key: it begins with age1. See .env.example.") from None


def identities(text):
    """What `unseal` decrypts with, from the text of a key file. Raises BackupError."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise BackupError("There is no private key in the key file: it begins with AGE-SECRET-KEY-.")
    return found


class Nowhere:
    """Takes what is decrypted, and keeps none of it."""

    def write(self, piece):
        """Say that all of it was taken."""
        return len(piece)

    def flush(self):
        """There is nothing to flush."""


def check(path, with_):
    """Raises BackupError unless the whole file opens with one of these keys."""
    try:
        with Path(path).open("rb") as file:
            unseal(file, Nowhere(), with_)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except PermissionError:
        raise BackupError(f"{path} may not be read by this account.") from None


def seal(source, target, to):
    """Encrypt a stream into another one. Raises BackupError when the target takes no more."""
    try:
        pyrage.encrypt_io(source, target, to)
    except (pyrage.EncryptError, OSError) as error:
        raise BackupError(f"The backup could not be written: {error}") from None


def unseal(source, target, with_):
    """Decrypt a stream into another one.

    Raises BackupError for a wrong key and for a file that was changed or cut short. By then a part may have been
    written: whoever takes it must be able to let go of it.
    """
    try:
        pyrage.decrypt_io(source, target, with_)
    except pyrage.DecryptError:
        raise BackupError("The backup does not open: the key is another one, or the file is no backup.") from None
    except OSError:
        raise BackupError("The backup is damaged: it was changed, or a part of it is missing.") from None
