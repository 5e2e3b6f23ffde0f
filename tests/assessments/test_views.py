"""The paste page and the report, through the front door."""

import logging
import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import engine
from assessments.models import Assessment
from posts.front_door import new_submission
from posts.models import Post
from posts.retention import delete_post
from tests.factories import a_post, an_assessment
from tests.posts.test_intake import REFUSED
from tests.public_forms import SAME_ORIGIN, WORDS, send

pytestmark = pytest.mark.django_db

MASKED = "Listen: you deserve to hurt yourself, and everybody knows it."


def page_of(answer):
    return answer.content.decode()


def title_of(answer):
    return page_of(answer).partition("<title>")[2].partition("</title>")[0]


@pytest.fixture
def everything_logged():
    """The text of every record that any logger writes, with its exception."""
    lines = []

    class Keeper(logging.Handler):
        def emit(self, record):
            lines.append(logging.Formatter().format(record))

    keeper = Keeper(level=logging.NOTSET)
    loggers = [
        logging.getLogger(),
        *map(logging.getLogger, ("django", "django.server", "django.request", "posts", "assessments")),
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(keeper)
        logger.setLevel(logging.DEBUG)
    # Django's DEBUG lines of SQL would be a second copy of the database: nothing here writes them.
    yield lines
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(keeper)
        logger.setLevel(level)


def test_the_paste_page_has_one_box_one_button_and_a_number(client):
    answer = client.get("/")

    page = page_of(answer)
    assert answer.status_code == 200
    assert title_of(answer) == "Check a post about mental health – Second Look"
    assert page.count("<textarea") == 1
    assert page.count('<button type="submit"') == 1
    assert page.count('name="submission"') == 1
    assert page.count("<h1") == 1


def test_a_post_leads_to_its_report(client, published):
    answer = send(client, author_line="Somebody", country="")

    post = Post.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{post.key}/")
    assert (post.text, post.author_line, post.country) == (WORDS, "Somebody", "")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(("text", "error", "sentence"), [row for row in REFUSED if "\ud83d" not in row[0]])
def test_bad_input_is_answered_in_the_page_and_leaves_nothing_behind(
    client, published, settings, everything_logged, text, error, sentence
):
    settings.LINK_READING = False
    answer = send(client, f"{text}")

    page = page_of(answer)
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error: ")
    assert page.count(f'<li><a href="#id_post">{sentence}</a></li>') == 1
    assert page.count(f'<ul class="errorlist" id="id_post_error"><li>{sentence}</li></ul>') == 1
    assert 'aria-invalid="true" aria-describedby="id_post_helptext id_post_error"' in page
    assert (Post.objects.count(), Assessment.objects.count()) == (0, 0)
    if text.strip():
        assert text.strip()[:200] not in "\n".join(everything_logged)


def test_the_summary_of_errors_takes_the_focus(client):
    page = page_of(send(client, ""))

    assert (
        '<div class="summary" id="error-summary" role="alert" aria-labelledby="error-title" tabindex="-1" autofocus>'
        in page
    )


def test_what_was_typed_is_kept_and_escaped(client):
    answer = send(client, "https://example.org/</textarea><script>", author_line='"><script>', country="GB")

    page = page_of(answer)
    assert answer.status_code == 422
    assert "https://example.org/&lt;/textarea&gt;&lt;script&gt;" in page
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert '<option value="GB" selected>' in page
    assert "<details open>" in page


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_make_one_post_and_one_report(published):
    number, answers = new_submission(), []

    def press():
        try:
            answers.append(send(Client(), submission=number))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    address = f"/reports/{Post.objects.get().key}/"
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, address)] * 20
    assert Assessment.objects.count() == 1


def test_a_country_that_is_not_in_the_list_is_refused(client):
    answer = send(client, country="XX")

    assert answer.status_code == 422
    assert "Pick a country from the list." in page_of(answer)
    assert Post.objects.count() == 0


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)("/").status_code == 405


def test_the_words_of_a_post_reach_no_log(client, published, everything_logged):
    words = "Zebrafinch words that must stay private, running cures depression."

    send(client, words, author_line="Quokka the nurse")
    send(client, words + "\x00")
    send(client, words * 1_000)
    send(client, words, submission="forged")
    send(client, words, headers={})

    logged = "\n".join(everything_logged)
    assert "Zebrafinch" not in logged
    assert "Quokka" not in logged


def test_when_assessing_fails_the_post_stays_and_can_be_tried_again(client, published, monkeypatch, everything_logged):
    def broken(*_, **__):
        raise RuntimeError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "assess", broken)
        address = send(client)["Location"]
        unfinished = client.get(address)
    again = client.post(f"{address}assess/", {"submission": new_submission()}, headers=SAME_ORIGIN)

    assert unfinished.status_code == 200
    assert "Your report is not ready" in page_of(unfinished)
    assert (again.status_code, again["Location"]) == (302, address)
    assert "Your report</h1>" in page_of(client.get(address))
    assert WORDS not in "\n".join(everything_logged)


def test_without_a_published_checklist_the_report_waits(client):
    address = send(client)["Location"]

    assert "Your report is not ready" in page_of(client.get(address))


@pytest.mark.parametrize(("headers", "number", "status"), [({}, None, 403), (SAME_ORIGIN, "", 403)])
def test_trying_again_goes_through_the_front_door(client, published, headers, number, status):
    post = a_post()

    answer = client.post(
        f"/reports/{post.key}/assess/", {"submission": new_submission() if number is None else number}, headers=headers
    )

    assert answer.status_code == status
    assert Assessment.objects.count() == 0


def test_a_finished_report_is_not_made_again(client, published):
    assessment = an_assessment()

    client.post(f"/reports/{assessment.post.key}/assess/", {"submission": new_submission()}, headers=SAME_ORIGIN)

    assert list(Assessment.objects.all()) == [assessment]


@pytest.mark.parametrize("key", ["..%2f..%2fadmin", "%00"])
def test_what_is_no_address_of_a_report_is_not_found(client, key):
    assert client.get(f"/reports/{key}/").status_code == 404


@pytest.mark.parametrize("key", ["unknown", "x" * 22, "x" * 500])
def test_an_address_without_a_report_says_that_it_is_gone_whether_there_was_one_or_not(client, published, key):
    deleted = an_assessment().post
    delete_post(key=deleted.key)

    never, once = client.get(f"/reports/{key}/"), client.get(f"/reports/{deleted.key}/")

    assert (never.status_code, once.status_code) == (410, 410)
    assert "There is no report here" in never.content.decode()
    assert never.content == once.content.replace(deleted.key.encode(), key.encode())
    # The page names its own address in links to other languages, so its length is that of the address.
    told = [
        {name: value for name, value in answer.headers.items() if name != "Content-Length"} for answer in (never, once)
    ]
    assert told[0] == told[1]
    assert "no-store" in never["Cache-Control"]
    assert 'class="strip"' in never.content.decode()


def test_an_expired_report_is_gone(client, published):
    post = an_assessment().post
    Post.objects.filter(pk=post.pk).update(created_at="2020-01-01T00:00Z", expires_at="2020-01-02T00:00Z")

    assert client.get(f"/reports/{post.key}/").status_code == 410


def test_a_report_is_private(client, published):
    answer = client.get(f"/reports/{an_assessment().post.key}/")

    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in page_of(answer)


def test_a_report_shows_the_claim_with_words_and_sources(client, published):
    page = page_of(client.get(f"/reports/{an_assessment().post.key}/"))

    assert re.findall(r'<mark class="careful"><a class="number" id="words-1" href="#item-1">', page) != []
    assert page.count('id="item-1"') == 1
    assert '<q dir="auto" lang="en">Running cures depression</q>' in page
    assert "Misleading. Leads to a wrong conclusion." in page
    assert "We have not re-checked this link" in page
    assert page.count("<h1") == 1


def test_crisis_help_is_first_and_masked_words_are_not_in_the_page(client, published):
    page = page_of(client.get(f"/reports/{an_assessment(MASKED, country='GB').post.key}/"))

    assert "deserve to hurt yourself" not in page
    assert "[words hidden]" in page
    assert page.index('class="panel"') < page.index("<h1")
    assert page.index("tel:999") < page.index('class="panel"')


def test_without_danger_there_is_no_help_panel_but_the_strip_stays(client, published):
    page = page_of(client.get(f"/reports/{an_assessment().post.key}/"))

    assert 'class="panel"' not in page
    assert page.count('class="strip"') == 1


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script> words",
        "<img src=x onerror=alert(1)> words",
        "</div></mark><svg/onload=alert(1)> words",
        "{{ settings.SECRET_KEY }} {% include 'x' %} words",
        "javascript:alert(1) words",
    ],
)
def test_markup_in_a_post_stays_text(client, published, attack):
    plain = page_of(client.get(f"/reports/{an_assessment('Some quite plain words here.').post.key}/"))
    page = page_of(client.get(f"/reports/{an_assessment(attack, author_line=attack).post.key}/"))

    def tags(text):
        return sorted(set(re.findall(r"<([a-z1-6]+)", text)))

    assert attack not in page or "<" not in attack
    assert set(tags(page)) - set(tags(plain)) <= {"h3", "mark", "a"}
    assert page.count("<script") == plain.count("<script")


def test_reordering_signs_do_not_reach_the_page_and_stay_in_the_post(client, published):
    post = an_assessment("Take \u202ethese\u202c pills, running cures depression.").post

    page = page_of(client.get(f"/reports/{post.key}/"))

    assert "\u202e" not in page
    assert "Take these pills" in page
    assert "\u202e" in Post.objects.get().text


def test_a_report_asks_as_often_for_many_findings_as_for_few(client, published):
    few, many = an_assessment("Just some words about my day."), an_assessment(WORDS + " Walking cures depression." * 9)
    client.get(f"/reports/{few.post.key}/")

    with CaptureQueriesContext(connection) as first:
        client.get(f"/reports/{few.post.key}/")
    with CaptureQueriesContext(connection) as second:
        client.get(f"/reports/{many.post.key}/")

    assert len(second) == len(first) == 3


def test_the_method_page_shows_the_whole_checklist(client, published):
    page = page_of(client.get("/how-it-works/"))

    for item in ("A2-credential", "C1-known-claims", "D2-encourages-harm", "B1-everyone"):
        assert f"Question {item}?" in page
    assert "A serious problem. Crisis help first." in page
    assert "Rule: Any stop." in page
    assert "It is not a diagnosis." in page
    assert published.digest in page


def test_without_a_checklist_there_is_no_method_page(client):
    assert client.get("/how-it-works/").status_code == 404


def test_public_pages_set_no_cookies(client, published):
    key = an_assessment().post.key
    answers = [
        client.get(path) for path in ("/", f"/reports/{key}/", "/how-it-works/", "/help/?country=US", "/nothing/")
    ]
    answers += [
        send(client),
        send(client, ""),
        send(client, headers={}),
        client.put("/"),
        client.post("/how-it-works/"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 404, 302, 422, 403, 405, 405]
    assert [answer.has_header("Set-Cookie") for answer in answers] == [False] * 10
    assert dict(client.cookies) == {}


def test_every_page_has_the_strict_policy(client, published):
    for path in ("/", "/help/", "/nothing/", "/how-it-works/"):
        policy = client.get(path)["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_nothing_in_the_pages_is_inline(client, published):
    key = an_assessment(MASKED).post.key
    for path in ("/", "/help/", "/nothing/", "/how-it-works/", f"/reports/{key}/"):
        page = page_of(client.get(path))

        assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page) == []
