"""The private questions: advice at once, help first when somebody is not safe, and no trace of the answers."""

import logging

import pytest
from django.db import connection

from assessments import for_you
from assessments.content_loading import read_content
from assessments.models import Assessment
from assessments.reference import Reference
from tests import factories
from tests.factories import CLAIM_TEXT, a_post, an_assessment, small_content
from tests.public_forms import SAME_ORIGIN

WITH_HTMX = SAME_ORIGIN | {"HX-Request": "true"}
FEELS_WORSE = {"F1-feel": "worse"}
NOT_SAFE = {"F6-safe": "no"}


def an_item(key, *answers):
    return {
        "key": key,
        "question": f"Question {key}?",
        "why": "Only you know.",
        "answer_type": "reader",
        "weight": "major",
        "citations": [{"source": "first-source", "locator": ""}],
        "answers": [
            {"key": answer, "label": f"Label {answer}", "effect": effect, "guidance": guidance}
            for answer, effect, guidance in answers
        ],
    }


def content_with_questions():
    """The small checklist and two private questions."""
    feel = an_item("F1-feel", ("better", "personal", ""), ("worse", "personal", "Talk to <em>someone</em> you trust."))
    safe = an_item("F6-safe", ("yes", "personal", ""), ("no", "help", "Please call somebody now."))
    section = {"key": "effect-on-me", "title": "How do you feel?", "intro": "Private.", "items": [feel, safe]}
    content = small_content()
    return content | {"sections": [*content["sections"], section]}


@pytest.fixture
def asking(db):
    """The small checklist with private questions, published."""
    return factories.a_published_checklist(content_with_questions())


def send_answers(client, post, answers, headers=SAME_ORIGIN):
    return client.post(f"/reports/{post.key}/for-you/", answers, headers=headers)


def page_of(answer):
    return answer.content.decode()


def rows_of_all_tables():
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.fixture
def everything_logged():
    """Every record of every logger that writes, with all its fields, as text."""
    lines = []

    class Keeper(logging.Handler):
        def emit(self, record):
            lines.append(f"{record.getMessage()} {record.__dict__}")

    keeper = Keeper(level=logging.DEBUG)
    loggers = [logging.getLogger(name) for name in ("", "django", "django.server", "posts", "assessments")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(keeper)
        logger.setLevel(logging.DEBUG)
    yield lines
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(keeper)
        logger.setLevel(level)


def test_the_questions_are_those_of_the_checklist_and_none_is_required(client, asking):
    page = page_of(client.get(f"/reports/{an_assessment().post.key}/"))

    assert page.count("<fieldset ") == 2
    assert "<legend>Question F1-feel?</legend>" in page
    assert '<input type="radio" name="F1-feel" value="worse"> Label worse' in page
    assert "required" not in page
    assert " checked" not in page


def test_a_checklist_without_private_questions_asks_none_and_needs_no_htmx(client, published):
    page = page_of(client.get(f"/reports/{an_assessment().post.key}/"))

    assert "<fieldset " not in page
    assert "htmx" not in page.partition("<script")[2]


def test_without_script_the_report_comes_back_with_the_advice_above_it(client, asking):
    answer = send_answers(client, an_assessment().post, FEELS_WORSE)

    page = page_of(answer)
    assert answer.status_code == 200
    assert "Talk to <em>someone</em> you trust." in page
    assert page.index("<h1") < page.index("from your answers") < page.index('class="banner')
    assert page.count(" autofocus") == 1
    assert 'value="worse" checked' in page
    assert 'class="panel"' not in page


def test_with_htmx_only_the_advice_is_sent_and_takes_the_focus(client, asking):
    answer = send_answers(client, an_assessment().post, FEELS_WORSE, headers=WITH_HTMX)

    page = page_of(answer)
    assert "<html" not in page
    assert '<h2 tabindex="-1" autofocus>' in page
    assert "Talk to <em>someone</em> you trust." in page
    assert "HX-Retarget" not in answer
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("headers", [SAME_ORIGIN, WITH_HTMX], ids=["plain", "htmx"])
def test_who_is_not_safe_gets_help_above_everything(client, asking, headers):
    answer = send_answers(client, an_assessment(country="GB").post, NOT_SAFE | FEELS_WORSE, headers=headers)

    page = page_of(answer)
    main = page.partition('<main id="main"')[2]
    assert main.partition(">")[2].strip().startswith('<section class="panel"')
    assert "Thank you for telling us." in main
    assert main.index("tel:999") < main.index("Please call somebody now.") < main.index("<h1")
    assert '<h2 id="help-first" tabindex="-1" autofocus>' in main
    assert page.count(" autofocus") == 1
    assert answer.get("HX-Retarget") == ("#main" if headers is WITH_HTMX else None)


def test_who_is_not_safe_is_not_offered_hidden_words(client, asking):
    post = an_assessment("Listen: you deserve to hurt yourself, and everybody knows it.").post

    offered = page_of(send_answers(client, post, FEELS_WORSE))
    not_safe = page_of(send_answers(client, post, NOT_SAFE))

    assert "Show the hidden words" in offered
    assert "[words hidden]" in not_safe
    assert "Show the hidden words" not in not_safe


def test_answers_never_change_what_is_said_about_the_post(client, asking):
    assessment = an_assessment()
    before = page_of(client.get(assessment.get_absolute_url()))

    after = page_of(send_answers(client, assessment.post, NOT_SAFE | FEELS_WORSE))

    stored = Assessment.objects.get()
    assert (stored.level, stored.crisis, stored.result) == (assessment.level, False, assessment.result)
    for page in (before, after):
        assert 'banner check-first"' in page
        assert page.partition('<h2 id="the-post"')[2].count('class="card careful"') == 1


def test_good_answers_do_not_take_away_help_that_the_post_calls_for(client, asking):
    post = an_assessment("Listen: you deserve to hurt yourself, and everybody knows it.").post

    page = page_of(send_answers(client, post, {"F6-safe": "yes"}))

    assert page.index('class="panel"') < page.index("<h1")
    assert "This post has words about danger" in page


@pytest.mark.parametrize("headers", [SAME_ORIGIN, WITH_HTMX], ids=["plain", "htmx"])
def test_answers_are_kept_nowhere(client, asking, everything_logged, headers):
    post = an_assessment().post
    before = rows_of_all_tables()

    answers = [
        send_answers(client, post, NOT_SAFE | FEELS_WORSE | {"F2-problem": "Zebrafinch"}, headers=headers),
        client.post(f"/reports/{post.key}/for-you/", b"F6-safe=no&x=%ff", content_type="text/plain", headers=headers),
        client.put(f"/reports/{post.key}/for-you/"),
    ]

    assert [answer.status_code for answer in answers] == [200, 422, 405]
    assert rows_of_all_tables() == before
    logged = "\n".join(everything_logged)
    assert logged, "nothing was logged at all: this test would pass for nothing"
    assert [word for word in ("F6-safe", "F1-feel", "worse", "Zebrafinch") if word in logged] == []
    assert not any(answer.has_header("Set-Cookie") or answer.has_header("Location") for answer in answers)
    assert "Zebrafinch" not in page_of(answers[0])


@pytest.mark.parametrize(
    "sent",
    [{}, {"F1-feel": "furious"}, {"F1-feel": ""}, {"C1-known-claims": "none"}, {"nonsense": "\x00"}],
    ids=["nothing", "unknown answer", "empty", "a question about the post", "noise"],
)
def test_what_the_checklist_does_not_ask_is_as_if_not_answered(client, asking, sent):
    answer = send_answers(client, an_assessment().post, sent)

    assert answer.status_code == 200
    assert "You picked no answer, and that is fine." in page_of(answer)


def test_an_answer_without_guidance_is_never_called_safe(client, asking):
    page = page_of(send_answers(client, an_assessment().post, {"F6-safe": "yes"}, headers=WITH_HTMX))

    assert "If things get harder" in page
    assert "you are safe" not in page.lower()


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}], ids=["no origin", "null origin"])
def test_an_old_browser_or_a_busy_hour_turns_nobody_away(client, asking, settings, headers):
    settings.RATE_LIMIT_PER_ADDRESS = settings.RATE_LIMIT_GLOBAL = 1
    post = an_assessment().post

    answers = [send_answers(client, post, NOT_SAFE, headers=headers) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_the_page_with_advice_is_private_and_an_address_to_come_back_to(client, asking):
    post = an_assessment().post
    answer, again = send_answers(client, post, FEELS_WORSE), client.get(f"/reports/{post.key}/for-you/")

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert (again.status_code, again["Location"]) == (302, f"/reports/{post.key}/")


def test_without_a_report_there_is_nothing_to_ask_about(client, asking):
    unfinished = a_post(CLAIM_TEXT)

    assert send_answers(client, unfinished, FEELS_WORSE)["Location"] == f"/reports/{unfinished.key}/"
    assert client.post("/reports/nothing-here/for-you/", FEELS_WORSE, headers=SAME_ORIGIN).status_code == 410


def test_the_first_checklist_asks_six_questions_and_helps_whoever_may_not_be_safe():
    reference = Reference(read_content())
    asked = for_you.questions(reference)
    helping = {
        (question.key, choice.key)
        for question in asked
        for choice in question.choices
        if for_you.advise(reference, {question.key: choice.key}).needs_help
    }

    assert len(asked) == 6
    assert helping == {("F1-feel", "much_worse"), ("F6-safe", "unsure"), ("F6-safe", "no")}
    medicine = for_you.advise(reference, {"F4-action": "yes"})
    assert [note.guidance for note in medicine.notes] == [
        "Please speak to a doctor or pharmacist before you change anything."
    ]
