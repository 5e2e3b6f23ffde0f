from django.db import migrations

import posts.encryption


class Migration(migrations.Migration):
    dependencies = [("posts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="source_link",
            field=posts.encryption.EncryptedTextField(
                blank=True, default="", help_text="Where the post was seen, without tracking. Never opened."
            ),
        ),
    ]
