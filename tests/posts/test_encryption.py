"""Encryption at rest, seen from the database's side."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from django.db.models import F

from posts import encryption
from posts.encryption import CannotDecrypt, EncryptedTextField
from posts.models import Post
from tests.factories import a_post

SECRET = "The words that nobody else may read, ☔ and naïve."


def stored_row(post):
    """Every column of the post's row as PostgreSQL has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM posts_post WHERE id = %s", [post.pk])
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


@pytest.mark.django_db
def test_raw_sql_sees_tokens_and_never_the_words():
    post = a_post(SECRET, author_line="Somebody, nurse")

    row = stored_row(post)

    assert row["text"].startswith("gAAAA")
    assert row["author_line"].startswith("gAAAA")
    assert "words" not in repr(row)
    assert "nurse" not in repr(row)


@pytest.mark.django_db
def test_words_come_back_as_they_were():
    post = a_post(SECRET, author_line="Somebody, nurse")

    read = Post.objects.get(pk=post.pk)

    assert (read.text, read.author_line) == (SECRET, "Somebody, nurse")


@pytest.mark.django_db
def test_the_same_words_have_another_token_every_time():
    assert stored_row(a_post(SECRET))["text"] != stored_row(a_post(SECRET))["text"]


@pytest.mark.django_db
def test_update_and_bulk_create_encrypt_too():
    post = a_post()

    Post.objects.filter(pk=post.pk).update(text=SECRET)

    assert stored_row(post)["text"].startswith("gAAAA")
    assert Post.objects.get(pk=post.pk).text == SECRET


@pytest.mark.django_db
def test_a_new_first_key_encrypts_and_the_old_one_still_reads(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    post = a_post(SECRET)

    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    read = Post.objects.get(pk=post.pk)
    read.save()
    settings.FIELD_ENCRYPTION_KEYS = [new]

    assert Post.objects.get(pk=post.pk).text == SECRET


@pytest.mark.django_db
def test_a_wrong_key_is_a_named_error_without_the_token(settings):
    post = a_post(SECRET)
    token = stored_row(post)["text"]
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CannotDecrypt) as caught:
        Post.objects.get(pk=post.pk)

    assert str(caught.value) == "A stored text cannot be read with the keys in FIELD_ENCRYPTION_KEYS."
    assert caught.value.__suppress_context__ is True
    assert token not in repr(caught.value)


@pytest.mark.parametrize("lookup", ["text", "text__contains", "text__in", "author_line__icontains", "text__length"])
@pytest.mark.django_db
def test_searching_an_encrypted_field_is_refused(lookup):
    with pytest.raises(FieldError, match="encrypted at rest and cannot be searched"):
        list(Post.objects.filter(**{lookup: "word"}))


@pytest.mark.django_db
def test_asking_whether_there_is_a_value_is_allowed():
    a_post()

    assert Post.objects.filter(text__isnull=False).count() == 1


@pytest.mark.django_db
def test_an_expression_would_be_written_in_the_clear_and_is_refused():
    a_post()

    with pytest.raises(FieldError, match="give it plain text"):
        Post.objects.update(text=F("key"))


@pytest.mark.parametrize(("keys", "message"), [([], "no key to encrypt with"), (["short"], "is not a Fernet key")])
def test_missing_and_malformed_keys_are_named(settings, keys, message):
    settings.FIELD_ENCRYPTION_KEYS = keys

    with pytest.raises(ImproperlyConfigured, match=message):
        encryption.encrypt("words")


def test_the_field_writes_itself_plainly_into_migrations():
    field = EncryptedTextField(blank=True, default="")
    field.set_attributes_from_name("text")

    assert field.deconstruct() == (
        "text",
        "posts.encryption.EncryptedTextField",
        [],
        {"blank": True, "default": ""},
    )


def test_a_digest_finds_the_same_text_and_only_with_the_same_key(settings):
    digest = encryption.keyed_digest(SECRET)

    assert digest == encryption.keyed_digest(SECRET)
    assert digest != encryption.keyed_digest(SECRET + ".")
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    assert digest != encryption.keyed_digest(SECRET)
