"""What every row of a checklist has in common. Only the shape: the rows themselves are in their own modules."""

from django.db import models

from posts.sanitizing import clean_guidance


def lines_of(text):
    """The list that a "one per line" field holds: stripped, without empty lines, in order."""
    return [line.strip() for line in text.split("\n") if line.strip()]


class ChecklistRow(models.Model):
    """A row that belongs to one version of the checklist and can change only while that version is a draft.

    Every row points straight at its checklist, also where it could be reached through a parent, so that the database
    trigger that protects published versions (migration 0002) is one short function for all tables.
    """

    checklist = models.ForeignKey("assessments.Checklist", on_delete=models.CASCADE, related_name="%(class)s_rows")
    order = models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")

    class Meta:
        abstract = True


class KeyedRow(ChecklistRow):
    """A row with a key: the short name by which reports, assessments and other rows speak of it."""

    key = models.CharField(
        max_length=100,
        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
    )

    class Meta:
        abstract = True
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("checklist", "key"),
                name="%(class)s_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        )

    def __str__(self):
        return self.key


class GuidanceField(models.TextField):
    """Text with a little HTML (see posts.sanitizing) that is made harmless on its way into the database.

    In the field and not in a form, so that loading, bulk writes and the admin are all the same, and freezing a draft
    finds exactly what the rows hold. What is stored is safe to show unescaped.
    """

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(clean_guidance(value), connection)


def one_of(field, choices, name):
    """A check constraint that lets `field` hold nothing but `choices`, whoever writes to the database."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)
