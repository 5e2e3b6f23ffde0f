"""What all processes must remember together while people sign in."""

from django.db import models


class SharedEntry(models.Model):
    """The table behind Django's database cache: codes that were used, and how often somebody tried.

    A model, so that a migration makes the table. Only the cache writes it; there are no addresses in it, only hashes.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "sign_in_cache"

    def __str__(self):
        return f"Entry until {self.expires:%H:%M}"
