"""Deciding on the page of a case: what is taken, what is sent back with every word, and taking it back."""

import pytest
from django.utils import timezone

from assessments.models import AuditEntry, Review
from assessments.moderation.assigning import assign, take_over
from assessments.moderation.models import Case, CaseState, Ruling
from posts.retention import delete_post
from tests.factories import CLAIM_TEXT, a_case, a_crisis_case, a_ruling
from tests.moderation.case_pages import address, page_of, send, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]

CLAIM = "C1-known-claims"
TITLED_TEXT = "I am a psychiatrist and running cures depression, honestly. You should all go for a run, it works."


@pytest.fixture
def case(moderator):
    case = a_case()
    assign(case=case, by=moderator)
    return case


def report_of(client, case):
    return client.get(f"/reports/{case.members.first().post.key}/").content.decode()


class TestTaken:
    def test_an_overturned_finding_takes_its_question_along_and_readers_see_it(self, browser, client, case):
        answer = send(
            browser,
            case,
            decision="corrected",
            note="The writer is joking.",
            **{"finding-1-verdict": "overturn", "finding-1-why": "It is a joke."},
        )

        ruling = Ruling.objects.get()
        assert AuditEntry.objects.get(verb="answer").after == {"decision": "corrected", "round": "first"}
        assert answer["Location"] == address(case)
        assert ruling.overturned == [CLAIM]
        assert ruling.verdicts == [
            {
                "order": 1,
                "item": CLAIM,
                "signal": "running-cures-depression",
                "agrees": False,
                "reason": "It is a joke.",
            }
        ]
        page = report_of(client, case)
        assert "The writer is joking." in page
        assert f"<s>Question {CLAIM}? Answer high</s>" in page

    def test_what_was_missed_is_kept_as_places_and_not_as_words(self, browser, case):
        rows = [
            {"item": "B1-everyone", "words": "You should ALL go", "why": "Nobody can know that."},
            {"item": "B1-everyone", "words": "run", "near": "60", "why": ""},
            {"item": "", "words": "", "why": ""},
        ]

        send(browser, case, decision="corrected", level_after="read-with-care", missed=rows)

        start = CLAIM_TEXT.index("You should all go")
        assert Ruling.objects.get().missed == [
            {
                "item": "B1-everyone",
                "answer": "",
                "spans": [[start, start + 17]],
                "why": "Nobody can know that.",
            },
            {"item": "B1-everyone", "answer": "", "spans": [[60, 63]], "why": ""},
        ]

    def test_a_title_that_was_looked_up_is_kept_with_its_day(self, browser, moderator):
        case = a_case(TITLED_TEXT)
        assign(case=case, by=moderator)
        assert "A title in a post is a claim." in page_of(browser, case)

        send(browser, case, **{"title-1-register": "GMC", "title-1-on": "2026-01-02", "title-1-found": "no"})

        assert Ruling.objects.get().title_checks == [
            {"title": "gb-psychiatrist", "register": "GMC", "on": "2026-01-02", "found": False}
        ]
        assert "Looked up in GMC on 2026-01-02: not found." in page_of(browser, case)

    def test_decide_and_next_stays_in_what_was_chosen(self, browser, moderator):
        case, crisis, following = a_case("Some text."), a_crisis_case(), a_case("Some other text.")
        assign(case=case, by=moderator)
        page = browser.get(address(case) + "?band=4").content.decode()
        assert '<input type="hidden" name="band" value="4">' in page

        answer = send(browser, case, next="1", band="4")

        assert answer["Location"] == f"{address(following)}?band=4"
        following.refresh_from_db()
        assert following.assigned_to == moderator
        assert "You decided a case at" in browser.get(answer["Location"]).content.decode()
        answer = send(browser, following, next="1", band="4")
        assert answer["Location"] == "/moderation/?band=4"
        assert f'href="{address(following)}#undo"' in browser.get("/moderation/").content.decode()
        crisis.refresh_from_db()
        assert crisis.assigned_to is None

    def test_readers_see_what_the_preview_showed(self, browser, client, case):
        fields = {"decision": "corrected", "level_after": "read-with-care", "note": "It is milder than we said."}

        page = send(browser, case, "preview/", **fields).content.decode()

        shown = page.partition('id="preview"')[2]
        assert "Read with care" in shown
        assert "It is milder than we said." in shown
        assert not Ruling.objects.exists()
        send(browser, case, **fields)
        assert "It is milder than we said." in report_of(client, case)


class TestSentBack:
    """With its status, a sentence that says what to do, and everything that was typed."""

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"decision": ""}, "Choose what becomes of the report."),
            ({"reason": ""}, "Choose the reason that fits this decision."),
            ({"reason": "no-such-reason"}, "Select a valid choice."),
            ({"reason": "not-about-health"}, "Choose the reason that fits this decision."),
            ({"note": " "}, "Write a note: the reader sees it on the report."),
            ({"note": "x" * 2_001}, "Keep the note and the reply under 2,000 characters each."),
            ({"decision": "corrected"}, "A correction must change something"),
            ({"overturned": [CLAIM]}, "Only a correction can change questions"),
            ({"level_after": "read-with-care"}, "Only a correction can change the level."),
            ({"decision": "corrected", "overturned": ["Z9-none"]}, "Select a valid choice."),
            ({"finding-1-verdict": "overturn"}, "Say in a few words why you overturn this."),
            ({"finding-1-verdict": "overturn", "finding-1-why": "A joke."}, "so the report cannot stand as it is."),
            ({"missed": [{"item": "B1-everyone", "words": "not in it"}]}, "These words are not in the post."),
            ({"missed": [{"item": "", "words": "every morning"}]}, "Choose the question that these words answer."),
            ({"missed": [{"item": "Z9-none", "words": "every morning"}]}, "Select a valid choice."),
            ({"missed-TOTAL_FORMS": "many"}, "A part of the form was lost on the way."),
            ({"version": "x"}, "A part of the form was lost on the way."),
        ],
    )
    def test_what_makes_no_sense(self, browser, case, fields, sentence):
        answer = send(browser, case, **({"note": "My own words."} | fields))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert not Ruling.objects.exists()
        assert not Review.objects.exists()
        for text in (fields.get("note", "My own words."), fields.get("finding-1-why", "")):
            assert text.strip() in page
        for row in fields.get("missed", ()):
            assert f'value="{row["words"]}"' in page

    def test_a_form_without_its_parts(self, browser, case):
        answer = browser.post(address(case, "decide/"), {"note": "Alone."})

        assert answer.status_code == 422
        assert "A part of the form was lost on the way." in answer.content.decode()
        assert "Alone.</textarea>" in answer.content.decode()

    @pytest.mark.parametrize(
        ("on", "sentence"),
        [("2999-01-01", "today or before"), ("", "today or before"), ("soon", "Enter a valid date.")],
    )
    def test_a_look_up_on_a_day_that_cannot_be(self, browser, on, sentence):
        case = a_case(TITLED_TEXT)

        answer = send(browser, case, **{"title-1-register": "GMC", "title-1-on": on, "title-1-found": "yes"})

        assert answer.status_code == 422
        assert sentence in answer.content.decode()

    def test_somebody_else_was_quicker(self, browser, case, other):
        data = typed(case, note="My own words.", missed=[{"item": "B1-everyone", "words": "every morning"}])
        take_over(case=case, by=other, note="Mo went home.")
        answer = browser.post(address(case, "decide/"), data)
        assert answer.status_code == 409
        assert "other took this case over" in answer.content.decode()

        a_ruling(case, by=other)
        answer = browser.post(address(case, "decide/"), data)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "other decided this while you read it" in page
        assert "My own words.</textarea>" in page
        assert 'value="every morning"' in page
        assert "Decide and next" not in page
        assert Ruling.objects.count() == 1

    def test_the_case_changed_and_the_second_try_counts(self, browser, case):
        data = typed(case, note="My own words.")
        Case.objects.filter(pk=case.pk).update(version=case.version + 1)

        answer = browser.post(address(case, "decide/"), data)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "This case changed while you read it." in page
        version = page.partition('name="version" value="')[2].partition('"')[0]
        assert browser.post(address(case, "decide/"), data | {"version": version}).status_code == 302

    def test_the_post_was_deleted(self, browser, case):
        data = typed(case)
        delete_post(key=case.members.get().post.key)

        answer = browser.post(address(case, "decide/"), data)

        assert answer.status_code == 409
        assert "The post was deleted while you read it" in answer.content.decode()

    def test_nobody_without_the_right_decides(self, case, signed_in, stranger, editor, client):
        for person in (signed_in(stranger), signed_in(editor)):
            for part in ("decide/", "preview/"):
                assert person.post(address(case, part), typed(case)).status_code == 403
        assert client.post(address(case, "decide/"), typed(case)).status_code == 302
        assert not Ruling.objects.exists()


class TestHelpInTheForm:
    def test_the_note_of_a_reason_can_be_begun_with(self, browser, case):
        page = send(browser, case, "", note="", use_note="1").content.decode()

        assert "A person read the post and the report." in page.partition('name="note"')[2].partition("</textarea>")[0]

    def test_there_is_room_for_more_up_to_a_limit(self, browser, case):
        page = send(
            browser, case, "", more="1", missed=[{"item": "B1-everyone", "words": "every morning"}]
        ).content.decode()
        assert 'name="missed-1-words"' in page
        assert 'value="every morning"' in page

        full = send(browser, case, "", more="1", missed=[{"words": "x"}] * 10).content.decode()

        assert 'name="missed-9-words"' in full
        assert 'name="missed-10-words"' not in full


class TestUndo:
    def undo(self, browser, case, reason="The wrong button."):
        ruling = Ruling.objects.get()
        return browser.post(address(case, f"answers/{ruling.pk}/undo/"), {"undo_reason": reason})

    def test_it_is_offered_needs_a_reason_and_readers_see_the_report_as_it_was(self, browser, client, case):
        send(browser, case, decision="withdrawn", note="It was wrong.")
        assert "Undo it" in page_of(browser, case)
        refused = self.undo(browser, case, " ")
        assert refused.status_code == 422
        assert "Say in a few words why you undo it." in refused.content.decode()

        self.undo(browser, case)

        case.refresh_from_db()
        assert AuditEntry.objects.filter(verb="undo", object_id=case.pk).count() == 1
        assert case.state == CaseState.OPEN
        assert "It was wrong." not in report_of(client, case)
        page = page_of(browser, case)
        assert "<strong>Undone</strong>" in page
        assert "The wrong button." in page

    def test_it_is_over_after_a_while_and_never_for_somebody_else(self, browser, case, signed_in, other):
        send(browser, case)
        assert "Undo it" not in page_of(signed_in(other), case)
        assert self.undo(signed_in(other), case).status_code == 422
        Ruling.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=31))

        assert "Undo it" not in page_of(browser, case)
        answer = self.undo(browser, case)

        assert answer.status_code == 422
        assert "The time to undo this is over." in answer.content.decode()

    def test_an_answer_of_another_case_is_not_found(self, browser, case):
        send(browser, case)
        elsewhere = a_case("Some text.")

        assert self.undo(browser, elsewhere).status_code == 404
