from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_item_confirm"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="checklist",
            options={
                "ordering": ("-id",),
                "permissions": (
                    ("start_checklist_draft", "Can start a draft of the checklist"),
                    ("publish_checklist", "Can publish and retire a version of the checklist"),
                    ("roll_back_checklist", "Can go back to an earlier version of the checklist"),
                    ("import_checklist", "Can make a draft out of files"),
                ),
            },
        ),
        migrations.RemoveConstraint(model_name="checklist", name="checklist_one_draft"),
        migrations.AddField(
            model_name="checklist",
            name="brings_back",
            field=models.PositiveIntegerField(
                null=True,
                editable=False,
                help_text="The earlier version whose content this one was published with again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.UniqueConstraint(
                condition=Q(status="draft", brings_back__isnull=True), fields=("status",), name="checklist_one_draft"
            ),
        ),
        migrations.CreateModel(
            name="PublishRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("note", models.TextField(editable=False)),
                ("asked_at", models.DateTimeField(editable=False)),
                ("asked_by_name", models.CharField(editable=False, max_length=200)),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checklist",
                    models.OneToOneField(
                        editable=False,
                        on_delete=models.CASCADE,
                        related_name="publish_request",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(digest__regex="^[0-9a-f]{64}$") & ~Q(note="") & ~Q(asked_by_name=""),
                        name="publish_request_is_whole",
                    )
                ],
            },
        ),
    ]
