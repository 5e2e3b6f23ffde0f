"""A text field that is unreadable in the database, in its backups and in a stolen dump.

Fernet (AES-128-CBC with HMAC) from `cryptography`, with the keys of settings.FIELD_ENCRYPTION_KEYS: the first key
encrypts, every key reads. To change keys, put the new one first, run `manage.py reencrypt`, then drop the old one.
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.utils.crypto import salted_hmac


class CannotDecrypt(Exception):
    """A stored text cannot be read with any of the keys. The message never holds the text or the token."""


@lru_cache(maxsize=4)
def _fernet(keys):
    """The ready MultiFernet for a tuple of keys. Raises ImproperlyConfigured when there is none or one is malformed."""
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty: no key to encrypt with. See .env.example.")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured(
            "A key in FIELD_ENCRYPTION_KEYS is not a Fernet key (32 bytes in URL-safe base64). See .env.example."
        ) from None


def encrypt(text):
    """Plain text in, token text out. Raises UnicodeEncodeError for lone surrogates (intake refuses them first)."""
    return _fernet(tuple(settings.FIELD_ENCRYPTION_KEYS)).encrypt(text.encode()).decode("ascii")


def decrypt(token):
    """Token text in, plain text out. Raises CannotDecrypt."""
    try:
        return _fernet(tuple(settings.FIELD_ENCRYPTION_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken:
        # `from None`: the chained error would carry the token into a traceback.
        raise CannotDecrypt("A stored text cannot be read with the keys in FIELD_ENCRYPTION_KEYS.") from None


def keyed_digest(text):
    """An HMAC of a text with the first key: the same text is found again, and nobody without the key can try texts."""
    return salted_hmac(
        "posts.encryption", text, secret=settings.FIELD_ENCRYPTION_KEYS[0], algorithm="sha256"
    ).hexdigest()


def rotated(token):
    """The same text as a token of the first key, or None when it has that key already. Raises CannotDecrypt."""
    keys = tuple(settings.FIELD_ENCRYPTION_KEYS)
    try:
        _fernet(keys[:1]).decrypt(token.encode())
    except InvalidToken:
        return encrypt(decrypt(token))
    return None


class EncryptedTextField(models.TextField):
    """Text in Python, a Fernet token in PostgreSQL. Cannot be searched: the same text has another token every time."""

    description = "Text, encrypted at rest"

    def get_db_prep_save(self, value, connection):
        """Encrypt on every way into the database: save, bulk_create and update."""
        # An expression (F(), Case()) would be written as it is, in the clear.
        if hasattr(value, "as_sql"):
            raise FieldError(f"{self.name} is encrypted at rest: give it plain text, not a database expression.")
        value = super().get_db_prep_save(value, connection)
        return value if value is None else encrypt(value)

    def from_db_value(self, value, expression, connection):
        """Decrypt what was read."""
        return value if value is None else decrypt(value)

    def get_lookup(self, lookup_name):
        """Refuse every question about the content; only `isnull` makes sense for a token."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted at rest and cannot be searched (lookup '{lookup_name}').")

    def get_transform(self, lookup_name):
        """Refuse transforms too, for the same reason."""
        raise FieldError(f"{self.name} is encrypted at rest and cannot be searched (lookup '{lookup_name}').")
