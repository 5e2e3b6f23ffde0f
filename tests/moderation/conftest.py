"""Who works in the moderation room, and how often a case is read there."""

import pytest

from assessments.roles import MODERATORS
from tests.factories import a_user


@pytest.fixture
def one_reading(settings):
    """One person decides every case, severe ones too."""
    settings.SECOND_READING_OF_SEVERE, settings.SECOND_READING_SHARE = False, 0


@pytest.fixture
def browser(signed_in, moderator):
    """Mo's browser."""
    return signed_in(moderator)


@pytest.fixture
def other(db):
    """A second moderator."""
    return a_user("other", group=MODERATORS)
