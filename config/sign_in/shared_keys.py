"""How entries of the shared cache are called in the database. Named in the settings; nothing imports it."""

from django.utils.crypto import salted_hmac


def keyed(key, prefix, version):
    """A keyed hash of the name: names hold one-time codes, and hashes of addresses and names that anybody could try."""
    return salted_hmac("config.sign_in.shared_keys", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
