"""Two editors at one row of the draft: the second one is told, sees both, and loses nothing."""

import pytest

from assessments import publishing
from assessments.models import Answer, Claim, Item, Source
from tests.assessments.staff_pages import address, errors_of, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(published):
    return publishing.start_draft(by=None)


def test_the_second_of_two_sees_what_the_first_saved_beside_what_they_typed(draft, admin, editor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    place = address(Claim, "change", claim.pk)
    first, second = signed_in(admin), signed_in(editor)
    loaded_by_both = fields_of(first.get(place))
    first.post(place, loaded_by_both | {"why": "Written by the first.", "topic": "mood"})

    page = second.post(place, loaded_by_both | {"why": "Written by the second."})

    assert page.status_code == 200
    assert "Nothing of yours was saved yet" in errors_of(page)["__all__"][0]
    assert "Their changes are here already: Topic." in errors_of(page)["__all__"][0]
    assert errors_of(page)["why"] == ["They wrote: “Written by the first.” What you typed still stands here."]
    typed = fields_of(page)
    assert (typed["why"], typed["topic"]) == ("Written by the second.", "mood")
    claim.refresh_from_db()
    assert claim.why == "Written by the first."

    assert second.post(place, typed).status_code == 302
    claim.refresh_from_db()
    assert (claim.why, claim.topic) == ("Written by the second.", "mood")


def test_who_changed_nothing_takes_nothing_back(draft, admin, editor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    place = address(Claim, "change", claim.pk)
    loaded_by_both = fields_of(signed_in(admin).get(place))
    signed_in(admin).post(place, loaded_by_both | {"why": "Written by the first."})

    assert signed_in(editor).post(place, loaded_by_both).status_code == 302

    claim.refresh_from_db()
    assert claim.why == "Written by the first."


def test_rows_under_a_row_are_looked_at_too(draft, admin, editor, signed_in):
    item = Item.objects.filter(checklist=draft).first()
    place = address(Item, "change", item.pk)
    loaded_by_both = fields_of(signed_in(admin).get(place))
    signed_in(admin).post(place, loaded_by_both | {"answers-0-label": "By the first", "answers-1-label": "Also"})

    page = signed_in(editor).post(place, loaded_by_both | {"answers-0-label": "By the second"})

    assert page.status_code == 200
    (told, by_label) = page.context["errors"][0], page.context["errors"][1]
    assert "By the first" in str(page.context["errors"])
    assert told
    assert by_label
    assert "They wrote" in page.content.decode()
    assert [answer.label for answer in Answer.objects.filter(item=item)[:2]] == ["By the first", "Also"]
    again = fields_of(page)
    assert (again["answers-0-label"], again["answers-1-label"]) == ("By the second", "Also")


def test_saving_twice_by_oneself_is_no_clash(draft, editor, signed_in):
    source = Source.objects.filter(checklist=draft).first()
    place = address(Source, "change", source.pk)
    browser = signed_in(editor)

    for title in ("Once", "Twice"):
        assert browser.post(place, fields_of(browser.get(place)) | {"title": title}).status_code == 302

    source.refresh_from_db()
    assert source.title == "Twice"


def test_marks_that_somebody_made_up_do_no_harm(draft, editor, signed_in):
    source = Source.objects.filter(checklist=draft).first()
    place = address(Source, "change", source.pk)
    browser = signed_in(editor)

    for nonsense in ("[1]", "{", '{"title": 7, "nothing": {}}'):
        sent = fields_of(browser.get(place)) | {"as_loaded": nonsense}
        assert browser.post(place, sent).status_code in (200, 302)


def test_what_cannot_be_understood_is_kept_too(draft, admin, editor, signed_in):
    claim = Claim.objects.filter(checklist=draft).first()
    place = address(Claim, "change", claim.pk)
    loaded_by_both = fields_of(signed_in(admin).get(place))
    signed_in(admin).post(place, loaded_by_both | {"order": 3})

    page = signed_in(editor).post(place, loaded_by_both | {"order": "seven"})

    assert errors_of(page)["order"] == ["Enter a whole number.", "They wrote: “3” What you typed still stands here."]
    assert fields_of(page)["order"] == "seven"
