"""Changing the keys: every text is written again with the first one, and can be read all the while."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.moderation.models import Flag
from posts import rotation
from posts.models import Post
from tests.factories import a_flag, a_post, an_assessment

pytestmark = pytest.mark.django_db

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def old_key(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]


def tokens(column, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")
        return [token for (token,) in cursor.fetchall()]


def test_after_rotation_the_old_key_can_go(published, settings, capsys, monkeypatch):
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    a_flag(an_assessment(author_line="A zebra"), reason="It is a zebra.")
    for number in range(4):
        a_post(f"Some words, {number}.")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]

    call_command("reencrypt")

    said = capsys.readouterr().out
    assert "posts_post.text: 5 written again" in said
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert {post.text for post in Post.objects.all()} >= {f"Some words, {number}." for number in range(4)}
    assert Flag.objects.get().reason == "It is a zebra."
    assert Flag.objects.get().assessment.post.author_line == "A zebra"


def test_running_it_again_writes_nothing(published, settings, capsys):
    a_post()
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    call_command("reencrypt")
    before = tokens("text", "posts_post")
    capsys.readouterr()

    call_command("reencrypt")

    assert "posts_post.text: 0 written again" in capsys.readouterr().out
    assert tokens("text", "posts_post") == before


def test_a_key_that_is_missing_is_said_and_changes_nothing(published, settings):
    a_post()
    before = tokens("text", "posts_post")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]

    with pytest.raises(CommandError, match="cannot be read with the keys"):
        call_command("reencrypt")

    assert tokens("text", "posts_post") == before


def test_every_encrypted_column_is_known():
    assert {("posts_post", "id", "text"), ("moderation_flag", "id", "reason")} <= set(rotation.encrypted_columns())
