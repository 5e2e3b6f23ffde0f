import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_review_undone_and_taken_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("moderation", "0004_appeals"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoldenCase",
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
                ("level_after", models.CharField(blank=True, max_length=100)),
                ("overturned", models.JSONField(default=list)),
                ("why", models.TextField(help_text="Shown to moderators after they answered, in kind words.")),
                ("is_on", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_state_known",
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Waits for a first reading"),
                    ("second", "Waits for a second reading"),
                    ("third", "Two readers disagree, waits for a third"),
                    ("golden", "Waits for a first reading"),
                    ("decided", "Decided"),
                    ("gone", "The post was deleted"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "second", "third", "golden", "decided", "gone"])),
                name="case_state_known",
            ),
        ),
        migrations.AddField(
            model_name="goldencase",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
            ),
        ),
        migrations.AddField(
            model_name="goldencase",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="golden", to="moderation.case"
            ),
        ),
        migrations.AddField(
            model_name="goldencase",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="goldencase",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["stands", "corrected", "withdrawn"])), name="golden_decision_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="goldencase",
            constraint=models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="golden_says_why"),
        ),
    ]
