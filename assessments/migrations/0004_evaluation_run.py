from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_reviews_and_share_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvaluationRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checklist_version", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("engine_version", models.CharField(max_length=20)),
                ("ran_at", models.DateTimeField()),
                ("note", models.TextField(help_text="On which posts it was measured. Shown to everybody.")),
                (
                    "figures",
                    models.JSONField(
                        help_text=(
                            "Counts by flag and source: [{label, source, hits, false_alarms, misses, silences}, …]."
                        )
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), _negated=True),
                            models.Q(("figures", []), _negated=True),
                            ("digest__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="evaluation_run_is_whole",
                    )
                ],
            },
        ),
    ]
