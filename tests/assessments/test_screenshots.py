"""From a screenshot to a report: the words stand in the box to be checked, and nothing is kept before."""

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import Assessment
from posts import screenshots
from posts.models import Post, ReadAs, RequestCount
from tests.drawn import WORDS, a_post, saved
from tests.public_forms import SAME_ORIGIN, send

pytestmark = pytest.mark.django_db

FROM_A_PHONE = {"Origin": "null", "Sec-Fetch-Site": "none"}
NO_PICTURE = b"these are only words"


@pytest.fixture(autouse=True)
def patient(settings):
    """A busy machine is no reason for a test to fail."""
    settings.SCREENSHOT_SECONDS = 600


@pytest.fixture(params=["not installed", "switched off"])
def without_reading(request, monkeypatch, settings):
    """An installation that reads no screenshots."""
    if request.param == "not installed":
        monkeypatch.setattr(screenshots, "find_spec", lambda name: None)
    else:
        settings.SCREENSHOTS = False


def bring(client, content, *, name="shot.png", address="/screenshot/", headers=SAME_ORIGIN, **fields):
    """Send a picture as a browser does. Its name and what the browser says of it mean nothing."""
    return client.post(address, {"picture": SimpleUploadedFile(name, content), **fields}, headers=headers)


def box_of(page):
    return html.unescape(re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page, re.DOTALL)[1])


def rows():
    return Post.objects.count(), Assessment.objects.count()


def test_the_words_stand_in_the_box_and_nothing_is_kept(client, published, settings):
    # Django would write a picture of this size to a file; here it would fail.
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
    padded = saved(a_post(), compress_level=0)
    many = padded + b"\0" * (3_000_000 - len(padded))

    answer = bring(client, many, name="words.txt", country="IE")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert box_of(page).replace("\n", " ") == WORDS
    assert 'value="Dr Sam Example"' in page
    assert '<input type="hidden" name="read_as" value="screenshot"' in page
    assert "Check that these are the words of the post and correct them." in page
    assert 'action="/"' in page
    assert rows() == (0, 0)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.has_header("Set-Cookie")


def test_how_the_words_came_is_kept_with_them(client, published):
    send(client, read_as="screenshot")
    send(client)

    assert sorted(Post.objects.values_list("read_as", flat=True)) == [ReadAs.SCREENSHOT, ReadAs.TYPED]


@pytest.mark.parametrize("claim", ["full_text", "caption", "nonsense"])
def test_a_form_cannot_claim_that_we_read_a_link(client, published, claim):
    answer = send(client, read_as=claim)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Press the button again" in page
    assert claim not in page
    assert box_of(page).startswith("Running cures")
    assert rows() == (0, 0)


def test_a_mistake_in_the_words_keeps_how_they_came(client, published):
    answer = send(client, "", read_as="screenshot")

    assert answer.status_code == 422
    assert '<input type="hidden" name="read_as" value="screenshot"' in answer.content.decode()


def test_a_bad_picture_gets_a_sentence_at_its_field(client):
    answer = bring(client, NO_PICTURE)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("We could not tell that this is a picture.") == 2
    assert 'href="#id_picture"' in page
    assert rows() == (0, 0)


def test_nothing_chosen_says_so_and_counts_nothing(client):
    for answer in (client.post("/screenshot/", {"country": "GB"}, headers=SAME_ORIGIN), bring(client, b"")):
        assert answer.status_code == 422
        assert "Choose a picture first." in answer.content.decode()


def test_a_body_over_the_limit_is_refused_unread(client):
    over = bring(client, b"x" * 11_000_000)
    close = bring(client, b"x" * (10 * 1024 * 1024 + 1))

    assert (over.status_code, close.status_code) == (413, 413)
    assert "A picture can have up to 10 MB" in over.content.decode()
    assert "This picture is too big for us." in close.content.decode()


def test_the_limit_of_the_other_forms_stays(client):
    assert bring(client, b"x" * 300_000, address="/").status_code == 413
    typed = client.post("/screenshot/", {"country": "x" * 300_000}, headers=SAME_ORIGIN)
    assert typed.status_code == 413


def test_a_picture_from_another_site_is_refused(client):
    answer = bring(client, NO_PICTURE, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_too_many_pictures_are_told_to_wait(client, settings):
    settings.RATE_LIMIT_PER_ADDRESS = 1

    first, second = bring(client, NO_PICTURE), bring(client, NO_PICTURE)

    assert (first.status_code, second.status_code) == (422, 429)
    assert int(second["Retry-After"]) > 0
    assert "We are getting too many pictures at once." in second.content.decode()


def test_a_busy_reader_says_so(client, monkeypatch):
    monkeypatch.setattr(screenshots, "WAIT_SECONDS", 0)
    with screenshots._turn():
        answer = bring(client, saved(a_post()))

    assert answer.status_code == 503
    assert "Wait a minute, then try again." in answer.content.decode()


def test_a_shared_picture_and_its_words_stand_in_the_box(client, published):
    answer = bring(client, saved(a_post(), "WEBP"), address="/share/", headers=FROM_A_PHONE, text="See this")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert box_of(page).endswith("every morning.\n\nSee this")
    assert 'value="Dr Sam Example"' in page
    assert '<input type="hidden" name="read_as" value="screenshot"' in page
    assert rows() == (0, 0)


def test_a_shared_file_that_is_no_picture_keeps_the_words(client):
    answer = bring(client, NO_PICTURE, address="/share/", headers=FROM_A_PHONE, text="My own words")

    assert answer.status_code == 422
    assert "We could not tell that this is a picture." in answer.content.decode()
    assert box_of(answer.content.decode()) == "My own words"


def test_another_site_cannot_make_us_read_a_picture(client):
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    answer = bring(client, saved(a_post()), address="/share/", headers=headers, text="My own words")

    assert answer.status_code == 422
    assert "We could not take the picture in here." in answer.content.decode()
    assert box_of(answer.content.decode()) == "My own words"
    assert RequestCount.objects.count() == 0


def test_broken_characters_in_a_shared_form_with_parts_are_told(client):
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\ngood words \xe2\x82\r\n--x--\r\n'

    answer = client.generic(
        "POST", "/share/", body, content_type="multipart/form-data; boundary=x", headers=FROM_A_PHONE
    )

    assert answer.status_code == 422
    assert "Some characters in here are broken" in answer.content.decode()


def test_the_paste_page_leads_to_the_screenshot_page(client):
    page = client.get("/").content.decode()

    assert "Or use a screenshot" in page
    assert 'href="/screenshot/' in page
    assert "screenshot.js" not in page
    assert "screenshot.js" in client.get("/screenshot/").content.decode()


def test_where_nothing_is_read_nothing_is_offered(client, without_reading):
    gone = client.get("/screenshot/")
    shared = bring(client, NO_PICTURE, address="/share/", headers=FROM_A_PHONE, text="My own words")

    assert (gone.status_code, bring(client, NO_PICTURE).status_code) == (404, 404)
    assert "There is nothing here" in gone.content.decode()
    assert "crisis" in gone.content.decode() or "tel:" in gone.content.decode()
    assert "screenshot" not in client.get("/").content.decode()
    assert "files" not in json.loads(client.get("/manifest.webmanifest").content)["share_target"]["params"]
    assert (shared.status_code, box_of(shared.content.decode())) == (422, "My own words")
