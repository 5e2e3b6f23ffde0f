"""The index that finds nearly the same words covers waiting cases alone: smaller, and it is used (docs/scale.md).

Made beside running work (CONCURRENTLY), the new one before the old one goes.
"""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moderation", "0008_forget_words_of_empty_cases")]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state__in", ("open", "second", "third"))),
                fields=["near_marks"],
                name="case_waiting_near_marks",
            ),
        ),
        RemoveIndexConcurrently(model_name="case", name="case_near_marks"),
    ]
