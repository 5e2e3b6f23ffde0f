"""The rule of a level in rows, and rows put in order."""

import pytest

from assessments import publishing
from assessments.admin.level_rules import in_words, rows_of, rule_of
from assessments.models import Item, Level, Section
from tests.assessments.staff_pages import address, errors_of, fields_of, said, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(published):
    return publishing.start_draft(by=None)


@pytest.fixture
def level(draft):
    return Level.objects.get(checklist=draft, key="check-first")


def row(number, what, *, join="and", bound="at_least", count="1", unit="items", among="", items=""):
    parts = {"what": what, "join": join, "bound": bound, "number": count, "unit": unit, "among": among, "items": items}
    return {f"when-{number}-{part}": value for part, value in parts.items()}


def save(browser, level, *rows, **fields):
    place = address(Level, "change", level.pk)
    sent = {name: value for name, value in fields_of(browser.get(place)).items() if name != "when"} | fields
    for each in rows:
        sent |= each
    return browser.post(place, sent)


def test_every_shipped_rule_survives_its_rows(content):
    for level in content["levels"]:
        assert rule_of(rows_of(level["when"])) == level["when"]


def test_a_rule_in_words():
    when = [[{"effect": "red", "at_least": 2, "count": "sections"}, {"gives_advice": False}], [{"enough_text": True}]]

    assert in_words(when) == (
        "at least 2 sections have red and the post gives no health advice; or if the post is long enough to judge"
    )
    assert in_words([[]]) == "always"


def test_rows_become_the_rule_of_the_engine(level, editor, signed_in):
    response = save(
        signed_in(editor),
        level,
        row(0, "effect:red", count="2", unit="sections"),
        row(1, "gives_advice:no"),
        row(2, ""),
        row(3, "effect:green", join="or", bound="at_most", count="0", among="items", items="A2-credential"),
    )

    assert response.status_code == 302
    level.refresh_from_db()
    assert level.when == [
        [{"effect": "red", "at_least": 2, "count": "sections"}, {"gives_advice": False}],
        [{"effect": "green", "at_most": 0, "items": ["A2-credential"]}],
    ]
    assert publishing.content_problems(level.checklist) == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (row(1, "effect:purple"), "Row 2: There is no effect called “purple”. The effects are: stop, red"),
        (
            row(1, "effect:red", among="items", items="A2-credential, Z9"),
            "Row 2: There is no item called “Z9”.",
        ),
        (row(1, "effect:red", among="items"), "Row 2: write the keys of the questions"),
        (row(1, "effect:red", items="A2-credential"), "Row 2: questions are named"),
        (row(1, "effect:red", count="some"), "Row 2: “some” is not a whole number."),
        (row(1, "effect:red", count="0"), "Row 2: This must be a whole number, 1 or more"),
        (row(1, "effect:red", unit="pages"), "Row 2: choose from the lists."),
    ],
)
def test_a_row_that_makes_no_sense_is_told_and_kept(bad, told, level, editor, signed_in):
    before = level.when

    page = save(signed_in(editor), level, row(0, "effect:stop"), bad, label="Another label")

    assert told in errors_of(page)["when"][0]
    level.refresh_from_db()
    assert level.when == before
    assert fields_of(page)["label"] == "Another label"
    assert f'value="{bad["when-1-what"]}" selected' in page.content.decode()


def test_a_rule_that_names_an_effect_which_is_gone_shows_it(level, editor, signed_in):
    Level.objects.filter(pk=level.pk).update(when=[[{"effect": "purple", "at_least": 1}]])

    page = signed_in(editor).get(address(Level, "change", level.pk))

    assert 'value="effect:purple" selected' in page.content.decode()
    assert any("purple" in problem for problem in publishing.content_problems(level.checklist))


def test_a_level_in_the_middle_that_always_applies_is_remarked(level, editor, signed_in):
    assert "no level below it" in said(save(signed_in(editor), level, row(0, "")))[0]


def test_two_editors_of_one_rule(level, admin, editor, signed_in):
    place = address(Level, "change", level.pk)
    loaded = {name: value for name, value in fields_of(signed_in(admin).get(place)).items() if name != "when"}
    signed_in(admin).post(place, loaded | row(0, "effect:stop", count="3"))

    page = signed_in(editor).post(place, loaded | row(0, "effect:amber") | {"plain": "Other words."})

    assert "They wrote: “at least 3 questions have stop”" in errors_of(page)["when"][0]
    assert page.context["adminform"].form["plain"].value() == "Other words."
    assert 'value="effect:amber" selected' in page.content.decode()
    level.refresh_from_db()
    assert level.when == [[{"effect": "stop", "at_least": 3}]]


def test_the_list_can_be_put_in_order_by_number(draft, editor, signed_in):
    browser = signed_in(editor)
    page = browser.get(address(Section))
    formset = page.context["cl"].formset
    sent = {f"form-{name}_FORMS": formset.total_form_count() for name in ("TOTAL", "INITIAL")}
    for number, form in enumerate(formset.forms):
        sent |= {f"form-{number}-id": form.instance.pk, f"form-{number}-order": 9 - number}

    assert browser.post(address(Section), sent | {"_save": "Save"}).status_code == 302

    assert [section.key for section in shown(browser.get(address(Section)))] == ["content", "author"]


@pytest.mark.parametrize("model", [Section, Level])
def test_what_is_published_is_not_put_in_order(model, published, editor, signed_in):
    browser = signed_in(editor)
    row = model.objects.first()
    numbers = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk, "form-0-order": 99, "_save": "Save"}

    assert browser.get(address(model)).context["cl"].formset is None
    browser.post(address(model), numbers)
    publishing.start_draft(by=None)
    assert browser.get(address(model), {"version": "1"}).context["cl"].formset is None
    browser.post(address(model) + "?version=1", numbers)
    browser.post(address(model) + "?version=draft", numbers)

    row.refresh_from_db()
    assert row.order != 99


def test_a_question_without_answers_is_seen_in_the_list_and_stops_publishing(draft, editor, signed_in):
    Item.objects.create(
        section=Section.objects.get(checklist=draft, key="author"),
        key="A9-bare",
        question="Bare?",
        answer_type="auto",
        weight="minor",
    )

    page = signed_in(editor).get(address(Item)).content.decode()

    assert page.count("⚠ no answers") == 1
    problems = [problem for problem in publishing.content_problems(draft) if "A9-bare.answers" in problem]
    assert problems == [
        "author, items.A9-bare.answers: This question has no answers. Give it at least one, or take the question out."
    ]
