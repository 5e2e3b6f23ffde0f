"""A person with a screenshot: chooses it, or pastes it, checks the words and reads the report."""

import base64

import pytest

from posts.models import Post
from tests.drawn import a_post, saved

pytestmark = pytest.mark.django_db(transaction=True)

# What a browser does when a picture is pasted: the event carries a file.
PASTE = """picture => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const clipboard = new DataTransfer();
    clipboard.items.add(new File([bytes], "image.png", { type: "image/png" }));
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true }));
}"""


@pytest.mark.parametrize("javascript", [True, False], ids=["script, pasted", "no script, chosen"])
def test_from_a_screenshot_to_a_report(open_page, settings, check_accessibility, javascript):
    settings.SCREENSHOT_SECONDS = 600
    picture = saved(a_post())
    page = open_page(javascript=javascript)
    page.set_default_timeout(600_000)
    page.click("text=Or use a screenshot")
    if javascript:
        assert check_accessibility(page) == []
        page.evaluate(PASTE, base64.b64encode(picture).decode())
        page.wait_for_selector("text=We have your picture. Now press the button.")
        assert page.evaluate("document.activeElement.textContent") == "Read the words"
    else:
        page.set_input_files("[type=file]", {"name": "shot.png", "mimeType": "image/png", "buffer": picture})

    page.click("button[type=submit]")

    page.wait_for_selector("#from-picture")
    assert page.input_value("textarea").startswith("Running cures depression, honestly.")
    assert page.input_value("[name=author_line]") == "Dr Sam Example"
    assert Post.objects.count() == 0
    if javascript:
        assert check_accessibility(page) == []
    page.click("button[type=submit]")
    page.wait_for_url("**/reports/**")
    assert Post.objects.get().read_as == "screenshot"


def test_what_is_no_picture_or_too_big_is_told_at_once(open_page):
    page = open_page("/screenshot/")

    page.set_input_files("[type=file]", {"name": "a.png", "mimeType": "image/png", "buffer": b"x" * 10_485_761})
    assert page.locator("[role=status]").last.inner_text() == "This picture is too big for us. It can have up to 10 MB."
    assert page.evaluate("document.querySelector('[type=file]').files.length") == 0

    page.evaluate(PASTE.replace("image/png", "text/plain"), "YWJj")
    page.wait_for_selector("text=That is no picture that we can read.")
