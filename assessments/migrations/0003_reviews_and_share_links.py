"""What people decide about reports, and links that show a report to others."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import posts.models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_published_versions_are_frozen"),
        ("posts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("stands", "The report stands as it is"),
                            ("corrected", "The report is corrected"),
                            ("withdrawn", "The report is taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(help_text="Why, in plain words. The reader sees it on the report.")),
                (
                    "overturned",
                    models.JSONField(blank=True, default=list, help_text="Keys of the questions that no longer count."),
                ),
                (
                    "level_after",
                    models.CharField(
                        blank=True, help_text="The level from now on; empty when it stays.", max_length=100, null=True
                    ),
                ),
                ("reviewed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="assessments.assessment"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-reviewed_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["stands", "corrected", "withdrawn"])),
                        name="review_decision_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("note", ""), _negated=True), name="review_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "corrected"),
                            models.Q(("level_after__isnull", True), ("overturned", [])),
                            _connector="OR",
                        ),
                        name="review_only_a_correction_changes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=posts.models.new_key, editable=False, max_length=43, unique=True)),
                ("shows_post", models.BooleanField(help_text="Whether the page shows the words of the post too.")),
                ("submission", models.CharField(editable=False, help_text="The form it came from.", max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(editable=False)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="share_links", to="posts.post"
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("post", "submission"), name="share_link_once_per_form"),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="share_link_expires_after_created",
                    ),
                ],
            },
        ),
    ]
