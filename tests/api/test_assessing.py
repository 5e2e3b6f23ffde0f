"""Assessing over the API: the contract to the last value, help first, nothing stored, nothing echoed."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.api.models import Repeat
from assessments.help_loading import load_help
from assessments.models import Assessment
from posts.models import Post
from tests.assessments.command_line import run
from tests.assessments.staff_pages import help_content, help_service
from tests.factories import CLAIM_TEXT, HARM_TEXT
from tests.platforms_that_answer import AUTHOR, BLUESKY, BLUESKY_HOST, INSTAGRAM, bluesky_says
from tests.posts.test_canaries import CANARIES, hits, spy  # noqa: F401

pytestmark = pytest.mark.django_db

POST = {"id": "7", "text": f"I’m a psychiatrist. {CLAIM_TEXT}", "author_line": "MRCPsych", "country": "GB"}


def load_some_help():
    """A line in one country, and what is shown everywhere."""
    content = help_content(help_service("A line of our own"))
    everywhere = content["countries"][0] | {"code": "INT", "country": "Everywhere", "services": [help_service()]}
    load_help(content | {"countries": [*content["countries"], everywhere]})


def stored():
    return Post.objects.exists() or Assessment.objects.exists() or Repeat.objects.exists()


def test_the_answer_is_what_the_command_writes(published, program, tmp_path):
    file = tmp_path / "posts.jsonl"
    file.write_text(json.dumps(POST))

    answer = program("assess").post("assess", POST)

    assert answer.status_code == 200
    assert answer.json() == json.loads(run("assess", str(file)))
    assert not stored()
    assert not answer.cookies


def test_a_crisis_brings_help_for_its_country_and_no_word_of_it(published, program):
    load_some_help()

    answer = program("assess").post("assess", {"text": HARM_TEXT, "country": "GB"})

    told = answer.json()
    assert told["crisis"]
    assert told["help"]["country"] == "GB"
    assert [one["name"] for one in told["help"]["services"]] == ["A line of our own"]
    assert told["help"]["more"].endswith("/help/?country=GB")
    assert "hurt yourself" not in answer.content.decode()


def test_help_comes_from_the_shipped_content_where_no_row_is(published, program):
    told = program("assess").post("assess", {"text": HARM_TEXT}).json()

    assert told["help"]["country"]
    assert told["help"]["services"]


def test_a_hundred_are_taken_in_order_and_a_hundred_and_one_are_not(published, program):
    charity = program("assess")
    posts = [{"id": str(number), "text": f"{CLAIM_TEXT} {number}"} for number in range(101)]

    taken = charity.post("assess/batch", {"posts": posts[:100]})
    refused = charity.post("assess/batch", {"posts": posts})

    assert [one["id"] for one in taken.json()["results"]] == [post["id"] for post in posts[:100]]
    assert all(one["flags"]["misleading_claim"] for one in taken.json()["results"])
    assert (refused.status_code, refused.json()["errors"]) == (
        422,
        [{"place": "/posts", "detail": "may have 100 entries"}],
    )


def test_a_batch_of_three_asks_the_database_no_more_than_one_of_two(published, program):
    charity = program("assess")
    load_some_help()
    charity.post("assess", {"text": HARM_TEXT, "country": "GB"})  # the first reads the help services

    def queries(*texts):
        with CaptureQueriesContext(connection) as asked:
            charity.post("assess/batch", {"posts": [{"text": text, "country": "GB"} for text in texts]})
        return len(asked)

    assert queries(HARM_TEXT, HARM_TEXT) == queries(HARM_TEXT, HARM_TEXT, HARM_TEXT) == 4
    with CaptureQueriesContext(connection) as asked:
        charity.post("assess", POST)
    assert len(asked) == 2, "the key with its quota, and which version is published"


def test_a_link_is_read_and_nothing_of_it_stays_with_us(published, program, fake_internet):
    fake_internet.serve(BLUESKY_HOST, bluesky_says(f"{CLAIM_TEXT} quokkas", author=AUTHOR))

    answer = program("assess").post("assess/link", {"link": f"{BLUESKY}?ref=tracked"})

    told = answer.json()
    assert told["read"] == {"link": BLUESKY, "platform": "Bluesky", "read_as": "full_text", "not_read": ""}
    assert told["flags"]["misleading_claim"]
    assert "quokkas" not in answer.content.decode()
    assert not stored()


@pytest.mark.parametrize("link", [INSTAGRAM, "https://example.org/somewhere", "no link at all"])
def test_a_link_that_nobody_may_read_is_told_so(published, program, link):
    charity = program()

    for path in ("assess/link", "reports/link"):
        answer = charity.post(path, {"link": link})
        assert (answer.status_code, answer.json()["type"]) == (422, "/api/v1/docs/#problem-link-not-read")
        assert "copy" in answer.json()["detail"]
    assert not stored()


@pytest.mark.parametrize(
    ("sent", "about", "status", "kind"),
    [
        (b"{", {}, 400, "broken-request"),
        (b'{"text": "\xff"}', {}, 400, "broken-request"),
        (b'{"text": NaN}', {}, 400, "broken-request"),
        (b'{"text": "a", "text": "b"}', {}, 400, "broken-request"),
        (b"[" * 100_000, {}, 400, "broken-request"),
        (b"text=a", {"content_type": "application/x-www-form-urlencoded"}, 415, "not-json"),
        (b'"' + b"a" * 300_000 + b'"', {}, 413, "too-big"),
        (b" ", {}, 400, "broken-request"),
        ({"text": ""}, {}, 422, "not-as-described"),
        ({"text": "a" * 10_001}, {}, 422, "not-as-described"),
        ({"text": "\ud800"}, {}, 422, "not-as-described"),
        ({"text": 7}, {}, 422, "not-as-described"),
        ({"text": "a", "country": "gb"}, {}, 422, "not-as-described"),
        ({"text": "a", "quokka": 1}, {}, 422, "not-as-described"),
    ],
)
def test_what_is_not_as_the_schema_says_is_a_problem_without_its_words(published, program, sent, about, status, kind):
    answer = program("assess").post("assess", sent, **about)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"#problem-{kind}")
    assert "quokka" not in answer.content.decode()


def test_no_canary_stands_in_a_log_or_in_a_problem(published, program, spy):  # noqa: F811
    charity, answers = program(), []
    for canary in CANARIES[::7]:
        words = f"{CLAIM_TEXT} {canary}"[:2_000]
        answers += [
            charity.post("assess", {"text": words}),
            charity.post("assess", {"text": words, canary: words}),
            charity.post("assess", {"text": [words]}),
            charity.post("assess", json.dumps({"text": words})[:-1]),
            charity.post("assess/link", {"link": words}),
            charity.post("reports/link", {"link": canary}),
            charity.post("reports", {"text": words, "country": canary}),
        ]

    assert {answer.status_code for answer in answers} == {200, 400, 422}
    assert hits("".join(answer.content.decode() for answer in answers) + spy.log.getvalue()) == []
    assert "api/v1/assess" in spy.log.getvalue(), "nothing was logged: this test would pass for nothing"
