import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import posts.encryption
import posts.models


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0004_link_reading"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=posts.models.new_key, editable=False, max_length=43, unique=True)),
                (
                    "text",
                    posts.encryption.EncryptedTextField(
                        help_text="What was in the box: the link, as it was pasted. Encrypted at rest."
                    ),
                ),
                (
                    "author_line",
                    posts.encryption.EncryptedTextField(
                        blank=True, default="", help_text="What the reader says about the author."
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Country for help services, two letters, or empty.", max_length=2
                    ),
                ),
                (
                    "submission",
                    models.CharField(editable=False, help_text="The form it came from.", max_length=64, unique=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Nobody reads it yet"),
                            ("reading", "Somebody reads it now"),
                            ("done", "It became a post"),
                            ("failed", "It could not be read"),
                            ("stopped", "The reader would rather paste the words"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(editable=False, help_text="When somebody began to read it.", null=True),
                ),
                (
                    "sentence",
                    models.TextField(
                        blank=True, default="", help_text="Why it could not be read, as the reader was told."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(db_index=True, editable=False)),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="link_readings",
                        to="posts.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="reading_expires_after_created",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "reading", "done", "failed", "stopped"])),
                        name="reading_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("post__isnull", True)),
                            _connector="OR",
                        ),
                        name="reading_done_has_its_post",
                    ),
                ],
            },
        ),
    ]
