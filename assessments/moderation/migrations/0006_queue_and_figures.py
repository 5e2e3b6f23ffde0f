import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0005_golden_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="ruling",
            name="checklist_version",
            field=models.PositiveIntegerField(help_text="The version that made the report.", null=True),
        ),
        migrations.AddField(
            model_name="ruling",
            name="counted",
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state__in", ("open", "second", "third"))),
                fields=["sections", "sources"],
                name="case_waiting_about",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "second", "third"))),
                fields=["country", "band", "opened_at", "id"],
                name="case_waiting_country",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "second", "third"))),
                fields=["language", "band", "opened_at", "id"],
                name="case_waiting_language",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "second", "third"))),
                fields=["state", "band", "opened_at", "id"],
                name="case_waiting_state",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "second", "third"))),
                fields=["opened_at"],
                name="case_waiting_opened",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "second", "third"))),
                fields=["due_at"],
                name="case_waiting_due",
            ),
        ),
        migrations.AddIndex(
            model_name="ruling",
            index=models.Index(condition=models.Q(("is_final", True)), fields=["created_at"], name="ruling_final"),
        ),
    ]
