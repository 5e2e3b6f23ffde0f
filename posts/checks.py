"""Checks of Django's own kind: `manage.py check`, and so every start and every test run, fails on what they find."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.checks import Error, register
from django.db import models

from posts import retention_rules

CAN_HOLD_WORDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
)


def columns_of_words(models_=None):
    """The names (app.Model.column) of all columns in which words of people could stand: text, but for choices."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in (apps.get_models(include_auto_created=True) if models_ is None else models_)
        for field in model._meta.local_fields
        if isinstance(field, CAN_HOLD_WORDS) and not field.choices
    }


@register
def every_column_of_words_has_a_rule(app_configs=None, **options):
    """A list of Errors: columns without a rule, rules without a column, columns with two rules."""
    there, told = columns_of_words(), retention_rules.told()
    return [
        *(
            Error(
                f"{name} may hold words of people, and has no rule of how long they are kept.",
                hint=f"Add it to posts/retention_rules.py: PERSONAL with a Rule, or NOT_PERSONAL. {_line(name)}",
                id="posts.E001",
            )
            for name in sorted(there - told.keys())
        ),
        *(
            Error(
                f"{name} has a rule of how long it is kept, and there is no such column of words.",
                hint="Take it out of posts/retention_rules.py.",
                id="posts.E002",
            )
            for name in sorted(told.keys() - there)
        ),
        *(
            Error(f"{name} is said to be personal and not to be.", id="posts.E003")
            for name in retention_rules.told_twice()
        ),
    ]


def _line(name):
    """The line to add, ready to be filled in."""
    model, _, column = name.rpartition(".")
    return f'"{model}": {{"{column}": Rule("What it holds.", "How long.", "Who removes it.")}},'
