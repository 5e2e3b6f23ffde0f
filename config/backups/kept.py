"""Which posts are still there, noted beside the backups: so that what a reader deleted stays deleted after a restore.

The note holds a keyed hash of each post's key, and nothing else of it: it tells nobody anything and is no secret.
Every post of an older backup that is not in the note was deleted since, and is deleted again.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.backups import BackupError
from config.backups.files import KEPT, keep_newest, new_name, whole_or_nothing
from posts.models import Post
from posts.retention import delete_post

# The newest is enough; the one before is for whoever finds the newest damaged.
NOTES = 2
# Its hash says with which of FIELD_ENCRYPTION_KEYS the note was made.
MARK = "which key"
LAST_LINE = "end"
AT_ONCE = 2_000


def hashed(text, key):
    """128 bits of an HMAC with one of FIELD_ENCRYPTION_KEYS."""
    return salted_hmac("config.backups.kept", text, secret=key, algorithm="sha256").hexdigest()[:32]


def note_kept_posts(folder):
    """Write the note into a folder, and remove older ones. Returns (path, number of posts). Raises BackupError."""
    if not Path(folder).is_dir():
        raise BackupError(f"There is no folder {folder}.")
    key, now, count = settings.FIELD_ENCRYPTION_KEYS[0], timezone.now(), 0
    path = new_name(folder, KEPT)
    with whole_or_nothing(path) as file:
        file.write(f"{now.isoformat()}\n{hashed(MARK, key)}\n".encode())
        for post in Post.objects.order_by().values_list("key", flat=True).iterator(AT_ONCE):
            file.write(f"{hashed(post, key)}\n".encode())
            count += 1
        file.write(f"{LAST_LINE}\n".encode())
    keep_newest(folder, KEPT, NOTES)
    return path, count


def delete_what_was_deleted(note):
    """Delete every post that was there before the note was written, and is not in it. Returns how many.

    Raises BackupError for a file that is no note, is not whole, or was made with a key that is not here.
    """
    try:
        lines = Path(note).read_text().splitlines()
        noted_at, mark = datetime.fromisoformat(lines[0]), lines[1]
    except (OSError, ValueError, IndexError):
        raise BackupError(f"{note} is no note of kept posts.") from None
    if lines[-1] != LAST_LINE:
        raise BackupError(f"{note} is not whole. Nothing was deleted because of it.")
    key = next((key for key in settings.FIELD_ENCRYPTION_KEYS if hashed(MARK, key) == mark), None)
    if key is None:
        raise BackupError(f"{note} was made with a key that is not in FIELD_ENCRYPTION_KEYS.")
    kept = set(lines[2:-1])
    before = Post.objects.filter(created_at__lt=noted_at).order_by().values_list("key", flat=True)
    gone = [post for post in before.iterator(AT_ONCE) if hashed(post, key) not in kept]
    return sum(delete_post(key=post) for post in gone)
