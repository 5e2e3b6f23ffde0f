"""Rows that are put back are the rows that were there, and guarded as before."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from assessments import publishing, snapshots
from assessments.models import Checklist, Claim
from tests import factories
from tests.saved_rows import SavedRows


@pytest.mark.django_db(transaction=True)
def test_a_published_version_comes_back_whole_and_frozen():
    before = factories.a_published_checklist()
    saved = SavedRows("assessments")
    saved.keep()
    call_command("flush", interactive=False, verbosity=0)
    assert not Checklist.objects.exists()

    saved.put_back()

    after = Checklist.objects.get()
    assert after == before
    assert publishing.freeze(after) == factories.small_content() | {"version": "1"}
    assert snapshots.published().digest == before.digest
    with pytest.raises(IntegrityError, match="cannot be changed"):
        Claim.objects.filter(checklist=after).update(why="Something else.")
    editor = factories.a_user("ed")
    assert publishing.start_draft(by=editor).pk > after.pk
