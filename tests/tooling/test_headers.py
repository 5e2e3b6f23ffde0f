"""The headers that every answer carries, and those that only private pages do."""

import pytest

from tests.factories import a_share_link, an_assessment

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PUBLIC = ["/", "/help/", "/how-it-works/", "/es/", "/cy/help/", "/own-words/"]
PRIVATE = [
    "/reports/nothing/",
    "/shared/nothing/",
    "/nothing/",
    "/admin/login/",
    "/moderation/",
    "/es/reports/nothing/",
]


@pytest.mark.parametrize("address", [*PUBLIC, *PRIVATE])
def test_every_answer_carries_the_security_headers(client, published, address):
    headers = client.get(address).headers

    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")


@pytest.mark.parametrize("address", PUBLIC)
def test_search_engines_may_show_what_says_what_this_is(client, published, address):
    assert not client.get(address).has_header("X-Robots-Tag")


@pytest.mark.parametrize("address", PRIVATE)
def test_search_engines_may_show_nothing_else(client, published, address):
    assert client.get(address)["X-Robots-Tag"].startswith("noindex, nofollow")


def test_a_report_and_its_shared_page_are_kept_by_nobody(client, published):
    post = an_assessment().post

    for address in (f"/reports/{post.key}/", f"/shared/{a_share_link(post).key}/"):
        answer = client.get(address)
        assert answer["X-Robots-Tag"].startswith("noindex, nofollow")
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
