"""What readers say to the moderators."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import posts.encryption


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assessments", "0003_reviews_and_share_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("wrong_result", "You got this wrong"), ("look_at_post", "Please look at this post")],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    posts.encryption.EncryptedTextField(
                        blank=True, default="", help_text="Their words, encrypted at rest."
                    ),
                ),
                ("submission", models.CharField(editable=False, help_text="The form it came from.", max_length=64)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=10),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="flags", to="assessments.assessment"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "indexes": [
                    models.Index(condition=models.Q(("state", "open")), fields=["created_at", "id"], name="flag_open")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "submission"), name="flag_once_per_form"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["wrong_result", "look_at_post"])), name="flag_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True), ("state", "open")),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="flag_closed_together",
                    ),
                ],
            },
        ),
    ]
