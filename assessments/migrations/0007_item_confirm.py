from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_audit_trail")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="confirm",
            field=models.TextField(
                blank=True,
                default="",
                help_text=(
                    "For moderators and editors, never shown to readers: what another person would look at to come to "
                    "the same answer. Example: Read the author line aloud. Is a title named, and a register that has "
                    "it?"
                ),
                verbose_name="how would a second person confirm this?",
            ),
            preserve_default=False,
        ),
    ]
