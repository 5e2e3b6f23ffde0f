"""The ways out beside the paste form: a person's own words, a friend's, and reporting a post on its platform."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import pages
from assessments.content_loading import CONTENT, ContentError, read_help, read_pages
from assessments.help_loading import load_help
from tests.factories import an_assessment
from tests.public_forms import send

pytestmark = pytest.mark.django_db

WAYS = ("/own-words/", "/a-friend/")
PAGES = (*WAYS, "/reporting-a-post/")


def page_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("path", WAYS)
def test_help_of_the_country_stands_before_all_advice(client, path):
    load_help(read_help())

    main = page_of(client.get(f"{path}?country=IE")).partition("<main")[2]

    assert main.index('class="panel"') < main.index("<ul lang=")
    assert main.index("tel:112") < main.index("<ul lang=")
    assert '<option value="IE" selected>' in main
    assert "This post has words about danger" not in main


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_take_nothing_in_and_set_no_cookie(client, path):
    answer = client.get(path)

    main = page_of(answer).partition("<main")[2]
    assert answer.status_code == 200
    assert "<textarea" not in main
    assert 'method="post"' not in main
    assert client.post(path, {"post": "words"}).status_code == 405
    assert not answer.has_header("Set-Cookie")


@pytest.mark.parametrize("path", WAYS)
def test_the_pages_say_where_they_have_it_from(client, path):
    page = page_of(client.get(path))

    sources = re.findall(r"<li>\s*<span lang=\"en\">[^<]+, (?:\d{4}|live page)[^<]*:\s*<a href=\"https://", page)
    assert 2 <= len(sources) <= 4


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_work_without_a_checklist_and_ask_little_of_the_database(client, path):
    client.get(path)  # reads the help services, which are kept

    with CaptureQueriesContext(connection) as queries:
        client.get(path)

    assert len(queries) == 2  # for the ETag, and whether the help is still the same


def test_both_ways_are_beside_the_form_also_after_a_mistake(client):
    for page in (page_of(client.get("/?country=GB")), page_of(send(client, "", country="GB"))):
        assert page.index("Check this post</button>") < page.index('href="/own-words/?country=GB"')
        assert page.index("</form>") < page.index('href="/a-friend/?country=GB"')


def test_a_report_shows_them_when_help_comes_first(client, published):
    danger = an_assessment("Listen: you deserve to hurt yourself, and everybody knows it.")
    plain = an_assessment()

    assert "/own-words/" in page_of(client.get(danger.get_absolute_url()))
    assert "/own-words/" not in page_of(client.get(plain.get_absolute_url()))


def test_no_page_gives_a_method_an_amount_or_a_verdict():
    content = str({name: rows for name, rows in read_pages().items() if name != "sources"}).lower()

    for word in ("overdose", "pills", "calorie", "ligature", "verified ", "fake", "commit suicide"):
        assert word not in content


def test_every_platform_has_steps_and_says_that_nobody_has_checked_them(client):
    page = page_of(client.get("/reporting-a-post/"))

    for platform in pages.platforms():
        assert f"<h2>{platform['name']}</h2>" in page
        assert platform["help_url"] in page
    assert [one["name"] for one in pages.platforms()] == ["TikTok", "Instagram", "X", "Reddit", "YouTube", "Facebook"]
    assert page.count("No person has checked these steps") == 6
    assert "Checked on" not in page


def test_a_step_that_was_checked_shows_the_day(client, monkeypatch):
    checked = [platform | {"verified_at": "2026-11-01"} for platform in pages.platforms()]
    monkeypatch.setattr(pages, "platforms", lambda: checked)

    page = page_of(client.get("/reporting-a-post/"))

    assert page.count("Checked on 2026-11-01") == 6
    assert "No person has checked" not in page


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("support.yaml", "source: dazzi", "source: nobody", "There is no source called “nobody”"),
        ("support.yaml", "title: A friend", "name: A friend", "title"),
        ("platforms.yaml", "https://support.tiktok", "ftp://support.tiktok", "not a web address"),
        ("platforms.yaml", "verified_at: null", "verified_at: soon", "must be a date"),
    ],
)
def test_mistakes_in_the_pages_are_named(tmp_path, file, old, new, says):
    (tmp_path / "pages").mkdir()
    for path in [*CONTENT.glob("pages/*.yaml"), CONTENT / "sources.yaml"]:
        text = path.read_text()
        text = text.replace(old, new, 1) if path.name == file else text
        (tmp_path / path.relative_to(CONTENT)).write_text(text)

    with pytest.raises(ContentError, match=says):
        read_pages(tmp_path)
