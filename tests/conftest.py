"""The cast, and the published checklist. Everything else is made in the test itself, by a factory."""

import pytest
from django.db import connection
from django.utils import translation

from assessments import engine, help_rows, roles
from assessments.content_loading import read_content
from posts.links import door
from tests import examples, factories  # noqa: F401  (`examples` sets how long the laws look)
from tests.fake_internet import FakeInternet
from tests.workers import forget_jobs

TABLES_NEVER_TRUNCATED = (
    "SELECT event_object_table FROM information_schema.triggers WHERE trigger_name = 'frozen' GROUP BY 1"
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database lets itself be emptied: tests with real transactions clean up with TRUNCATE.

    Only the triggers against TRUNCATE are switched off, and only here; test_immutability switches them on again.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(TABLES_NEVER_TRUNCATED)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER never_truncated")


@pytest.fixture(scope="session")
def content():
    """The checklist and evidence base of the repository, as the loader returns it. Read it, never change it."""
    return read_content()


@pytest.fixture(scope="session")
def compiled(content):
    """The real content, ready to run."""
    return engine.compile(content)


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English: a page in another language leaves it behind in its thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def help_at_once(monkeypatch):
    """A change of the help services shows at once, and not a second later."""
    monkeypatch.setattr(help_rows, "SECONDS_BETWEEN_LOOKS", 0)
    monkeypatch.setattr(help_rows, "_kept", None)


@pytest.fixture(autouse=True)
def no_lots(settings):
    """No case is drawn by lot for a second reading: what a test sees may not depend on chance."""
    settings.SECOND_READING_SHARE = 0


@pytest.fixture
def admin(db):
    """Ada, who may do everything."""
    return factories.a_user("ada", is_superuser=True)


@pytest.fixture
def editor(db):
    """Ed, who changes and publishes the checklist."""
    return factories.a_user("ed", group=(roles.EDITORS, roles.PUBLISHERS))


@pytest.fixture
def help_editor(db):
    """Helen, who keeps the help services right."""
    return factories.a_user("helen", group=roles.HELP_EDITORS)


@pytest.fixture
def auditor(db):
    """Audrey, who looks at everything and changes nothing."""
    return factories.a_user("audrey", group=roles.AUDITORS)


@pytest.fixture
def moderator(db):
    """Mo, who looks at assessments and changes nothing."""
    return factories.a_user("mo", group=roles.MODERATORS)


@pytest.fixture
def stranger(db):
    """Sam, who has an account and no role."""
    return factories.a_user("sam", is_staff=False)


@pytest.fixture
def signed_in():
    """A function that gives a browser in which this person is signed in."""
    return factories.a_browser


@pytest.fixture
def published(db):
    """The small checklist (see factories.small_content), published as version 1."""
    return factories.a_published_checklist()


@pytest.fixture
def first_content(db, content):
    """The real first checklist, loaded the way `make run` loads it, published as version 1."""
    return factories.a_published_checklist(content)


@pytest.fixture
def fake_internet(monkeypatch):
    """The internet that the door leads to: only what the test puts there (see fake_internet.py)."""
    with FakeInternet() as internet:
        monkeypatch.setattr(door, "INTERNET", internet.behind_the_door)
        yield internet


@pytest.fixture
def no_jobs(transactional_db):
    """No job waits at the beginning, and none is left: with it, the jobs that a test asks for can be run for real."""
    forget_jobs()
    yield
    forget_jobs()
