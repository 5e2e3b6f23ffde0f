"""Demo data: lively, made once, taken away whole, and never among what readers brought."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from assessments.models import Assessment, Checklist
from assessments.moderation.models import Appeal, Case, CaseState, Flag, GoldenCase, Ruling, Skip
from posts.models import Post
from tests.factories import a_case, a_post

ROWS = (Post, Assessment, Case, Flag, Ruling, Appeal, Skip, GoldenCase)


def run(**options):
    said = StringIO()
    call_command("make_demo_data", stdout=said, **options)
    return said.getvalue()


def counts():
    return {model.__name__: model.objects.count() for model in ROWS}


def test_lively_once_and_gone_again(published, settings):
    settings.DEBUG, settings.SECOND_READING_SHARE = True, 1
    real = a_case("Running helps me, says somebody who is real.")
    before, people = counts(), get_user_model().objects.count()
    assert run(posts=130).startswith("Made 132 posts")
    made = counts()

    assert set(Case.objects.values_list("state", flat=True)) >= {
        CaseState.OPEN,
        CaseState.SECOND,
        CaseState.THIRD,
        CaseState.DECIDED,
        CaseState.GOLDEN,
    }
    assert all(made[name] > before[name] for name in made), made
    assert set(Appeal.objects.values_list("state", flat=True)) == {"waiting", "answered"}
    assert set(Ruling.objects.values_list("decision", flat=True)) == {"stands", "corrected", "withdrawn"}
    assert set(Assessment.objects.values_list("checklist_version", flat=True)) == {1, 2}
    assert "nothing was added" in run(posts=130)
    assert counts() == made

    assert run(remove=True).startswith("Removed 132")
    assert (counts(), get_user_model().objects.count()) == (before, people)
    assert Case.objects.get().key == real.key
    assert Checklist.objects.published().get().version == 2


@pytest.mark.parametrize("options", [{}, {"yes_really": True}])
def test_never_where_readers_are(published, settings, options):
    settings.DEBUG = False
    a_post()

    with pytest.raises(CommandError):
        run(**options)
    assert Post.objects.count() == 1
