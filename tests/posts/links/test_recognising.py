"""Which platform an address leads to, and how it is written without tracking. All addresses are made up."""

from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from posts.links import recognise
from posts.links.platforms import MASTODON, NAMES, PLACE_OF, PLACES

VIDEO = "7329968713464073518"
STATUS = "1234567890123456789"

CASES = [
    # address, platform, canonical address
    (
        f"https://www.tiktok.com/@a.quokka/video/{VIDEO}?_r=1&_t=8X&is_from_webapp=1",
        "tiktok",
        f"https://www.tiktok.com/@a.quokka/video/{VIDEO}",
    ),
    (f"https://www.tiktok.com/@quokka/photo/{VIDEO}", "tiktok", f"https://www.tiktok.com/@quokka/photo/{VIDEO}"),
    (f"https://m.tiktok.com/v/{VIDEO}.html?u_code=1", "tiktok", f"https://www.tiktok.com/@i/video/{VIDEO}"),
    ("https://vm.tiktok.com/ZMexample1/", "tiktok", "https://vm.tiktok.com/ZMexample1/"),
    ("vt.tiktok.com/ZSexample1", "tiktok", "https://vt.tiktok.com/ZSexample1/"),
    ("https://www.tiktok.com/t/ZTexample1/", "tiktok", "https://www.tiktok.com/t/ZTexample1/"),
    ("https://youtu.be/abcdefghijk?si=tracking&t=12", "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    (
        "https://m.youtube.com/watch?feature=youtu.be&v=abcdefghijk&pp=xyz",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghijk",
    ),
    ("https://youtube.com/shorts/abcdefghijk?si=x", "youtube", "https://www.youtube.com/shorts/abcdefghijk"),
    ("https://www.youtube.com/live/abcdefghijk?si=x", "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ("https://music.youtube.com/watch?v=abcdefghijk", "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    (f"https://twitter.com/quokka/status/{STATUS}?s=20&t=abc", "x", f"https://x.com/quokka/status/{STATUS}"),
    (f"https://x.com/i/web/status/{STATUS}", "x", f"https://x.com/i/status/{STATUS}"),
    (f"https://mobile.twitter.com/quokka/status/{STATUS}/photo/1", "x", f"https://x.com/quokka/status/{STATUS}"),
    ("https://t.co/AbCdEf1234", "x", "https://t.co/AbCdEf1234"),
    (
        "https://www.instagram.com/reel/CxExample01/?igsh=MzRl==",
        "instagram",
        "https://www.instagram.com/reel/CxExample01/",
    ),
    (
        "https://instagram.com/a.quokka/p/CxExample01/?utm_source=ig",
        "instagram",
        "https://www.instagram.com/p/CxExample01/",
    ),
    ("https://instagr.am/p/CxExample01/", "instagram", "https://www.instagram.com/p/CxExample01/"),
    (
        "https://www.instagram.com/share/reel/BAexample01",
        "instagram",
        "https://www.instagram.com/share/reel/BAexample01",
    ),
    (
        "https://www.facebook.com/quokkas/posts/pfbid0Example",
        "facebook",
        "https://www.facebook.com/quokkas/posts/pfbid0Example",
    ),
    (
        "https://m.facebook.com/story.php?id=100&story_fbid=pfbid0Ex&mibextid=abc",
        "facebook",
        "https://www.facebook.com/story.php?story_fbid=pfbid0Ex&id=100",
    ),
    (
        "https://es-la.facebook.com/watch/?v=123456789&ref=sharing",
        "facebook",
        "https://www.facebook.com/watch/?v=123456789",
    ),
    (
        "https://www.facebook.com/groups/quokkas/permalink/123456789/",
        "facebook",
        "https://www.facebook.com/groups/quokkas/posts/123456789",
    ),
    (
        "https://www.facebook.com/share/v/1AbCdEfGhI/?mibextid=wwX",
        "facebook",
        "https://www.facebook.com/share/v/1AbCdEfGhI/",
    ),
    ("https://fb.watch/abc123_XYZ/", "facebook", "https://fb.watch/abc123_XYZ/"),
    (
        "https://www.threads.net/@a.quokka/post/C8example01?xmt=AQG",
        "threads",
        "https://www.threads.com/@a.quokka/post/C8example01",
    ),
    ("https://www.threads.com/t/C8example01", "threads", "https://www.threads.com/t/C8example01"),
    (
        "https://www.reddit.com/r/quokkas/comments/1abcde2/a_title/?utm_source=share",
        "reddit",
        "https://www.reddit.com/r/quokkas/comments/1abcde2/",
    ),
    (
        "https://old.reddit.com/r/quokkas/comments/1abcde2/_/kxyz123/",
        "reddit",
        "https://www.reddit.com/r/quokkas/comments/1abcde2/",
    ),
    ("https://redd.it/1abcde2", "reddit", "https://www.reddit.com/comments/1abcde2/"),
    ("https://www.reddit.com/r/quokkas/s/VXHCX5g2Zo", "reddit", "https://www.reddit.com/r/quokkas/s/VXHCX5g2Zo"),
    (
        "https://bsky.app/profile/quokka.bsky.social/post/3kexample2222",
        "bluesky",
        "https://bsky.app/profile/quokka.bsky.social/post/3kexample2222",
    ),
    (
        "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kexample2222",
        "bluesky",
        "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kexample2222",
    ),
    (
        "https://quokkas.example/@quokka/112233445566778899",
        "mastodon",
        "https://quokkas.example/@quokka/112233445566778899",
    ),
    (
        "https://quokkas.example/@a@other.example/112233445566778899",
        "mastodon",
        "https://quokkas.example/@a@other.example/112233445566778899",
    ),
    (
        "https://quokkas.example/users/a/statuses/112233445566778899",
        "mastodon",
        "https://quokkas.example/@a/112233445566778899",
    ),
    (
        "https://quokkablog.tumblr.com/post/123456789012/a-title",
        "tumblr",
        "https://www.tumblr.com/quokkablog/123456789012",
    ),
    (
        "https://www.tumblr.com/quokkablog/123456789012/a-title?source=share",
        "tumblr",
        "https://www.tumblr.com/quokkablog/123456789012",
    ),
    (
        "https://www.pinterest.co.uk/pin/a-title--123456789012345678/",
        "pinterest",
        "https://www.pinterest.com/pin/123456789012345678/",
    ),
    (
        "https://de.pinterest.com/pin/123456789012345678/",
        "pinterest",
        "https://www.pinterest.com/pin/123456789012345678/",
    ),
    ("https://pin.it/AbC123xyz", "pinterest", "https://pin.it/AbC123xyz"),
    (
        "https://www.linkedin.com/posts/quokka_topic-activity-7123456789012345678-AbCd?utm_source=share",
        "linkedin",
        "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/",
    ),
    (
        "https://www.linkedin.com/feed/update/urn:li:ugcPost:7123456789012345678",
        "linkedin",
        "https://www.linkedin.com/feed/update/urn:li:ugcPost:7123456789012345678/",
    ),
    (
        "https://www.snapchat.com/spotlight/W7_EDlXExample",
        "snapchat",
        "https://www.snapchat.com/spotlight/W7_EDlXExample",
    ),
    # Pages that lead on, one in another too.
    (
        "https://l.instagram.com/?u=https%3A%2F%2Fyoutu.be%2Fabcdefghijk&e=x",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghijk",
    ),
    (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fvm.tiktok.com%2FZMexample1%2F&h=AT",
        "tiktok",
        "https://vm.tiktok.com/ZMexample1/",
    ),
    (
        "https://www.google.com/url?q=" + quote("https://l.facebook.com/l.php?u=https%3A%2F%2Fredd.it%2F1abcde2"),
        "reddit",
        "https://www.reddit.com/comments/1abcde2/",
    ),
    # Odd ways to write the same.
    (
        "  HTTPS://WWW.YouTube.COM:443//watch?v=abcdefghijk#top\u200e",
        "youtube",
        "https://www.youtube.com/watch?v=abcdefghijk",
    ),
]

HOSTILE = [
    "",
    "words",
    "example.org/post",
    "https://example.org/a",
    "javascript:alert(1)",
    "javascript://www.tiktok.com/%0aalert(1)",
    "data:text/html,https://www.tiktok.com/@a/video/7329968713464073518",
    "ftp://www.tiktok.com/@a/video/7329968713464073518",
    f"https://tiktok.com.evil.example/@a/video/{VIDEO}",
    f"https://tiktok.com.evil.example/@a/{VIDEO}",
    f"https://evil.example/tiktok.com/@a/video/{VIDEO}x",
    "https://notx.com/a/status/12345678",
    "https://my-tiktok.com/t/ZTexample1/",
    f"https://www.tiktok.com@evil.example/@a/{VIDEO}",
    f"https://user:pass@www.tiktok.com/@a/video/{VIDEO}",
    f"https://evil.example\\@www.tiktok.com/@a/video/{VIDEO}",
    f"https://www.tiktok.com:8080/@a/video/{VIDEO}",
    "https://www.tiktok.com:99999999/",
    f"https://127.0.0.1/@a/{VIDEO}",
    f"https://2130706433/@a/{VIDEO}",
    f"https://0x7f000001/@a/{VIDEO}",
    f"https://[::1]/@a/{VIDEO}",
    "https://[::1",
    f"https://localhost/@a/{VIDEO}",
    f"https://xn--tktok-q4a.com/@a/{VIDEO}",
    f"https://social.xn--p1ai/@a/{VIDEO}",
    f"https://tıktok.com/@a/{VIDEO}",
    f"https://www.ti\u212atok.com/@a/video/{VIDEO}",
    f"https://www.tiktok.com\u2024evil.example/@a/{VIDEO}",
    f"https://www.tiktok.com/@a/video/{VIDEO}\u202egpj",
    f"https://www.tik\ntok.com/@a/video/{VIDEO}",
    f"https://www.tiktok.com/@a/video/{VIDEO} and words",
    f"https://www.tiktok.com/@a/video/{VIDEO}\x00",
    "https://www.tiktok.com/" + "a" * 3000,
    "https://l.facebook.com/l.php?u=javascript:alert(1)",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F",
    "https://www.google.com/search?q=https://youtu.be/abcdefghijk",
    "\ud800",
]


@pytest.mark.parametrize(("address", "platform", "canonical"), CASES)
def test_an_address_is_told_by_its_shape_and_loses_its_tracking(address, platform, canonical):
    link = recognise(address)

    assert (link.platform, link.canonical) == (platform, canonical)
    assert link.is_post


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_that_only_looks_like_one_is_none(address):
    assert recognise(address) is None


@pytest.mark.parametrize("address", ["https://l.facebook.com/l.php?u=" * 9])
def test_pages_that_lead_on_for_ever_lead_nowhere(address):
    for _ in range(9):
        address = "https://l.facebook.com/l.php?u=" + quote(address, safe="")[:1500]

    assert recognise(address) is None


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://www.tiktok.com/@a.quokka?lang=en", "https://www.tiktok.com/@a.quokka"),
        ("https://www.instagram.com/a.quokka/?igsh=x", "https://www.instagram.com/a.quokka/"),
        ("https://www.youtube.com/watch?v=short", "https://www.youtube.com/watch"),
        ("https://x.com/", "https://x.com/"),
    ],
)
def test_a_page_of_a_platform_that_is_no_post_is_known_as_that(address, canonical):
    link = recognise(address)

    assert (link.kind, link.canonical, link.is_post) == ("other", canonical, False)


@pytest.mark.parametrize(
    ("address", "is_short"),
    [
        ("https://vm.tiktok.com/ZMexample1/", True),
        ("https://t.co/AbCdEf1234", True),
        ("https://www.instagram.com/share/p/BAexample01", True),
        ("https://youtu.be/abcdefghijk", False),
        ("https://redd.it/1abcde2", False),
    ],
)
def test_short_links_are_known_as_short(address, is_short):
    assert recognise(address).is_short is is_short


def test_every_platform_of_the_table_has_a_name_and_a_case():
    assert {place.platform for place in PLACES} | {"mastodon"} == set(NAMES)
    assert {platform for _, platform, _ in CASES} == set(NAMES)
    assert all(host == host.lower() for host in PLACE_OF)


# Pieces of real addresses, shuffled: plain random text hardly ever looks like one.
PIECES = st.sampled_from(
    [
        *PLACE_OF,
        *("quokka.tumblr.com", "de.pinterest.com", "a.example", "l.facebook.com/l.php?u=", "blog.tumblr.com"),
        *("/", "//", "?", "&", "#", "@", ":", "%2F", "%3F", "%25", "%00", "%E2%80%AE", "\\", ".", "-", "=", " "),
        *("@a", "video", "watch", "v=", "status", "posts", "p", "pin", "share", "comments", "live", "post", "users"),
        *("abcdefghijk", VIDEO, "statuses", "story.php", "story_fbid=", "id=", "é", "\u202e", "photo", "fbid="),
    ]
)
ADDRESSES = st.builds(
    "https://{}/{}".format, st.sampled_from([*PLACE_OF, "quokka.tumblr.com", "a.example"]), st.text(max_size=30)
) | (
    st.builds(
        lambda scheme, pieces: scheme + "".join(pieces),
        st.sampled_from(["", "https://", "http://"]),
        st.lists(PIECES, max_size=9),
    )
)


@given(st.text() | st.text(st.characters(categories=["Cs", "Cc", "Cf", "L", "P"])) | ADDRESSES)
@example("https://youtu.be/live/abcdefghijk")
@example("https://blog.tumblr.com/view/x/123456")
def test_any_text_gives_a_link_that_stays_the_same_or_nothing(address):
    link = recognise(address)

    if link is not None:
        again = recognise(link.canonical)
        assert (again.platform, again.canonical) == (link.platform, link.canonical)
        assert (again.is_post, again.is_short) == (link.is_post, link.is_short)


@given(ADDRESSES)
def test_a_link_never_leads_to_a_host_that_was_not_asked_for(address):
    link = recognise(address)

    if link is not None:
        parts = urlsplit(link.canonical)
        assert (parts.scheme, parts.username, parts.port, parts.fragment) == ("https", None, None, "")
        assert parts.hostname in address.lower() or PLACE_OF[parts.hostname].platform == link.platform
        assert link.canonical.isascii()
        assert link.canonical.isprintable()


def test_mastodon_stays_on_its_own_host():
    assert all("{host}" in shape.canonical for shape in MASTODON)
