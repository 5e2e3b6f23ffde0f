"""Every column of words has a rule of how long it is kept."""

import re

from django.contrib.postgres.fields import ArrayField
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps
from django.utils.module_loading import import_string

from posts import checks, retention_rules
from posts.encryption import EncryptedTextField
from posts.retention_rules import NOT_PERSONAL, PERSONAL


def problems():
    return [(found.id, found.msg) for found in run_checks() if found.id and found.id.startswith("posts.")]


def test_every_column_has_one_rule_now():
    assert problems() == []


def test_a_column_without_a_rule_is_named_with_the_line_to_add(monkeypatch):
    monkeypatch.delitem(PERSONAL["moderation.Flag"], "reason")

    assert problems() == [
        ("posts.E001", "moderation.Flag.reason may hold words of people, and has no rule of how long they are kept.")
    ]
    assert '"moderation.Flag": {"reason": Rule(' in checks.every_column_of_words_has_a_rule()[0].hint


def test_a_rule_without_a_column_and_a_column_with_two_rules_are_named(monkeypatch):
    monkeypatch.setitem(NOT_PERSONAL, "posts.Post", "key submission text nickname")

    assert [code for code, _ in problems()] == ["posts.E002", "posts.E003"]


@isolate_apps("posts")
def test_all_kinds_of_columns_count_and_choices_do_not():
    class Everything(models.Model):
        char = models.CharField(max_length=9)
        slug = models.SlugField()
        text = models.TextField()
        json = models.JSONField()
        array = ArrayField(models.CharField(max_length=9))
        secret = EncryptedTextField()
        place = models.GenericIPAddressField()
        raw = models.BinaryField()
        choice = models.CharField(max_length=9, choices=[("a", "A")])
        number = models.IntegerField()

        class Meta:
            app_label = "posts"

        def __str__(self):
            return "everything"

    names = {name.rpartition(".")[2] for name in checks.columns_of_words([Everything])}

    assert names == {"char", "slug", "text", "json", "array", "secret", "place", "raw"}


def test_a_rule_says_all_three_things_and_whatever_it_names_is_there():
    rules = [rule for rule in retention_rules.told().values() if rule]
    named = {word for rule in rules for word in re.findall(r"\b(?:posts|assessments)(?:\.\w+)+", rule.removed_by)}

    assert all(all(rule) for rule in rules)
    assert {"posts.retention.purge", "posts.retention.delete_post"} <= named
    assert all(callable(import_string(name)) for name in named)


def test_what_is_encrypted_is_said_to_be_and_nothing_else():
    encrypted = {name for name, rule in retention_rules.told().items() if rule and "Encrypted." in rule.holds}
    found = {
        f"{field.model._meta.label}.{field.name}"
        for model in checks.apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    }

    assert encrypted == found
