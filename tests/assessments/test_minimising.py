"""What a page tells others, and what we keep of a link: no more than is needed."""

import re

import pytest

from posts.models import Post
from tests.factories import CLAIM_TEXT, a_share_link, an_assessment
from tests.public_forms import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

# 12:34, or 12:34:56, as in "2026-11-28T12:34:56".
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")


@pytest.mark.parametrize("shows_post", [True, False])
def test_a_shared_page_tells_the_day_and_no_hour_no_key_and_no_country(client, shows_post):
    assessment = an_assessment(author_line="Duskwater, coach", country="GB")
    link = a_share_link(assessment.post, shows_post=shows_post)

    page = client.get(f"/shared/{link.key}/?country=US").content.decode()

    main = page.partition("<main")[2].partition("</main>")[0]
    assert f'datetime="{assessment.created_at:%Y-%m-%d}"' in main
    assert CLOCK.findall(main) == []
    assert assessment.post.key not in page
    assert assessment.post.submission not in page
    assert shows_post or "Duskwater" not in page


def test_the_report_of_its_owner_tells_days_too(client):
    page = client.get(f"/reports/{an_assessment().post.key}/").content.decode()

    assert CLOCK.findall(re.sub(r'class="strip".*?</div>', "", page.partition("<main")[2], flags=re.DOTALL)) == []


@pytest.mark.parametrize(
    "link",
    [
        "https://www.tiktok.com/@somebody/video/7231338487075600000?_t=8abcTOKEN&_r=1&share_id=TOKEN",
        "https://x.com/somebody/status/1234567890123456789?s=20&t=TOKENtoken",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=TOKENtoken&feature=shared",
    ],
)
def test_tokens_that_tell_who_shared_a_link_are_not_kept_with_the_source(client, link):
    send(client, f"{CLAIM_TEXT}\n{link}")

    source = Post.objects.get().source_link
    assert source.startswith("https://")
    assert [token for token in ("TOKEN", "share_id", "si=", "_t=", "&t=") if token in source] == []


def test_a_post_keeps_nothing_about_the_reader(client):
    client.defaults["HTTP_USER_AGENT"] = "Zebrafinch/1.0"
    send(client)

    names = {field.name for field in Post._meta.get_fields() if field.concrete}
    assert names == {
        *("id", "key", "text", "author_line", "source_link", "source_mark", "read_as", "country", "submission"),
        *("created_at", "expires_at"),
    }
    assert len(Post.objects.get().key) == 22
