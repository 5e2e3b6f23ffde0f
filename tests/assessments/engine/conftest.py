"""The engine's own cast: the real content, compiled once. No database."""

import pytest

from assessments import engine
from assessments.content_loading import read_content


@pytest.fixture(scope="session")
def content():
    """The checklist and evidence base of the repository, as the loader returns it."""
    return read_content()


@pytest.fixture(scope="session")
def compiled(content):
    """The real content, ready to run."""
    return engine.compile(content)
