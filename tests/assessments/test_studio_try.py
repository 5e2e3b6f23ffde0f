"""“Try it”: a text through the draft beside the published version; nothing stored, nothing logged."""

import logging

import pytest
from django.urls import reverse

from assessments import publishing
from assessments.models import Assessment, Checklist, Claim
from posts.models import Post
from tests.assessments.staff_pages import address

pytestmark = pytest.mark.django_db

TEXT = "Running cures depression. Honestly it works for everybody, <b>you</b> should try."


@pytest.fixture
def place(db):
    return reverse("admin:assessments_checklist_try")


def tried(browser, place, text=TEXT, **more):
    return browser.post(place, {"text": text, "author_line": "", "country": "", **more})


def rows(response):
    return {row.title: row for row in response.context["rows"]}


def test_both_versions_are_shown_and_what_differs_is_marked(place, published, editor, signed_in):
    draft = publishing.start_draft(by=None)
    Claim.objects.filter(checklist=draft).update(patterns="swimming cures {DEPRESSION}")

    response = tried(signed_in(editor), place)

    level = rows(response)["Level"]
    assert level.differs
    assert (level.published, level.draft) == ([("Check before you trust it", True)], [("Read with care", True)])
    assert not rows(response)["Crisis help first"].differs
    page = response.content.decode()
    assert "running-cures-depression: found, asserted, counts" in page
    assert "found: works-for-all: works for everybody" in page
    assert "<code>depression</code>" in page
    assert "(only here)" in page
    assert "&lt;b&gt;" in page
    assert "<b>you</b>" not in page


def test_the_same_draft_has_no_differences(place, published, editor, signed_in):
    publishing.start_draft(by=None)

    response = tried(signed_in(editor), place, author_line="Consultant psychiatrist", country="")

    assert [row.title for row in response.context["rows"] if row.differs] == []
    assert rows(response)["Author"].draft == [("registered_title", False)]


def test_nothing_is_stored_and_nothing_is_logged(place, published, editor, signed_in, caplog, capfd):
    publishing.start_draft(by=None)

    with caplog.at_level(logging.DEBUG):
        assert tried(signed_in(editor), place, "zebra words for nobody").status_code == 200

    assert (Post.objects.count(), Assessment.objects.count()) == (0, 0)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "zebra" not in "".join(line for line in logged.splitlines() if "SELECT" not in line)
    assert "zebra" not in str(signed_in(editor).session.items())


def test_a_draft_that_cannot_run_says_what_is_wrong(place, published, editor, signed_in):
    draft = publishing.start_draft(by=None)
    Claim.objects.filter(checklist=draft).update(patterns="cures {NOTHING}")

    response = tried(signed_in(editor), place)

    assert "The draft cannot run yet." in response.content.decode()
    assert "There is no word class called “NOTHING”." in response.content.decode()
    assert list(response.context["sides"]) == ["published"]


def test_without_a_draft_or_without_a_published_version(place, published, editor, signed_in):
    response = tried(signed_in(editor), place)
    assert (list(response.context["sides"]), len(response.context["problems"])) == (["published"], 1)

    publishing.start_draft(by=None)
    publishing.retire(published, by=None)
    response = tried(signed_in(editor), place)
    assert (list(response.context["sides"]), len(response.context["problems"])) == (["draft"], 1)

    publishing.delete_draft(Checklist.objects.drafts().get(), by=None)
    response = tried(signed_in(editor), place)
    assert (list(response.context["sides"]), len(response.context["problems"])) == ([], 2)


def test_bad_input_keeps_what_was_typed(place, published, editor, signed_in):
    browser = signed_in(editor)

    empty = tried(browser, place, "", author_line="a nurse")
    assert "Paste or write some words to try." in empty.content.decode()
    assert 'value="a nurse"' in empty.content.decode()
    assert tried(browser, place, "a" * 10_001).context["form"].errors.keys() == {"text"}


def test_htmx_gets_the_lower_part_alone(place, published, editor, signed_in):
    response = signed_in(editor).post(place, {"text": TEXT}, headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert "Check before you trust it" in response.content.decode()


def test_the_way_there_and_who_may_go(place, published, moderator, stranger, editor, signed_in):
    browser = signed_in(editor)
    draft = publishing.start_draft(by=None)

    for page in (reverse("admin:index"), address(Checklist), address(Checklist, "change", draft.pk)):
        assert place in browser.get(page).content.decode()
    assert signed_in(moderator).get(place).status_code == 200
    assert signed_in(stranger).get(place).status_code == 302
