"""A person whose link cannot be read: told what to do, then led from the report to the right part of another page."""

import pytest

from tests.public_forms import WORDS

pytestmark = pytest.mark.django_db(transaction=True)

LINK = "https://www.tiktok.com/@quokka.with.a.long.name/video/7329968713464073518"


def test_a_link_alone_then_its_words_then_how_to_report_it_there(open_page, fake_internet):
    page = open_page(width=320)
    page.fill("textarea", LINK)
    page.click("button[type=submit]")
    page.get_by_text("How to copy the words from TikTok").wait_for()
    assert page.input_value("textarea") == LINK

    page.fill("textarea", f"{WORDS}\n{LINK}")
    page.click("button[type=submit]")
    page.wait_for_url("**/reports/**")
    assert page.get_by_text("Posted on TikTok").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("link", name="How to report, mute or unfollow").click()
    page.wait_for_url("**/reporting-a-post/*#tiktok")
    assert page.locator("#tiktok").is_visible()
    assert page.locator("details[open]").count() == 1
