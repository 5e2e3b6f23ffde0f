"""The way out in a real browser: button and Shift key, with script and without."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def elsewhere(settings, live_server):
    """A neutral page that needs no network."""
    settings.LEAVE_URL = f"{live_server.url}/help/?country=INT"
    return settings.LEAVE_URL


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_button_leaves(open_page, elsewhere, javascript):
    page = open_page("/how-it-works/versions/", javascript=javascript)
    page.goto(page.url.replace("versions", "sources"))
    before = page.evaluate("history.length")

    page.click(".leave")
    page.wait_for_url(elsewhere)

    # With script the page that was left is replaced, so that going back leads to the one before it.
    assert page.evaluate("history.length") == (before if javascript else before + 1)


def test_shift_three_times_leaves(open_page, elsewhere):
    page = open_page()
    page.focus("textarea")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.inner_text("#leave-said") == "Press Shift once more to leave this site."

    page.keyboard.press("Shift")

    page.wait_for_url(elsewhere)


def test_typing_with_shift_stays_here(open_page):
    page = open_page()
    page.focus("textarea")
    for key in ("Shift", "a", "Shift", "Shift", "Shift+B", "Shift", "Shift", "Shift+C"):
        page.keyboard.press(key)

    assert page.input_value("textarea") == "aBC"
    assert page.evaluate("document.documentElement.hidden") is False


def test_screen_readers_hear_of_the_key_only_where_it_works(open_page):
    names = [
        open_page(javascript=javascript).get_by_role("link", name="Leave this site", exact=not javascript).count()
        for javascript in (True, False)
    ]
    shift = open_page().get_by_role("link", name="Leave this site (or press Shift three times)", exact=True)

    assert names == [1, 1]
    assert shift.count() == 1


@pytest.mark.parametrize("path", ["/", "/leave/about/"])
def test_the_button_covers_nothing_that_has_the_focus_on_a_phone(open_page, path):
    page = open_page(path, width=390)
    page.emulate_media(reduced_motion="reduce")  # the page is where it scrolls to, and not on its way there
    covered = """async () => {
        await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        const bar = document.querySelector(".leave").getBoundingClientRect();
        const box = document.activeElement.getBoundingClientRect();
        return document.activeElement !== document.body &&
            document.activeElement.className !== "leave" && box.bottom > bar.top && box.top < bar.bottom;
    }"""
    hidden, seen = [], set()
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML"))
        if page.evaluate(covered):
            hidden.append(page.evaluate("document.activeElement.outerHTML"))

    assert hidden == []
    assert len(seen) > 8


def test_nothing_is_under_the_button(open_page):
    page = open_page(width=390)
    button, bar = (page.locator(name).bounding_box() for name in ("button[type=submit]", ".leave"))
    assert button["y"] + button["height"] <= bar["y"]
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 1e6)")
    last = page.locator("footer li").last.bounding_box()
    assert last["y"] + last["height"] <= bar["y"]

    wide = open_page(width=1280)
    bar, calls = wide.locator(".leave").bounding_box(), wide.locator(".strip p").bounding_box()
    assert bar["x"] >= calls["x"] + calls["width"]


def test_what_is_shared_is_sent_from_our_own_page(open_page, live_server):
    page = open_page()
    page.evaluate(
        """address => {
            const form = document.createElement("form");
            form.method = "post"; form.action = address; form.enctype = "multipart/form-data";
            const box = document.createElement("textarea");
            box.name = "text"; box.value = "Look: https://vm.tiktok.com/x/ running cures depression";
            form.append(box); document.body.append(form); form.submit();
        }""",
        "/share/",
    )
    page.wait_for_url("**/share/")
    button, bar = (page.locator(name).bounding_box() for name in ("button[type=submit]", ".leave"))
    assert button["y"] + button["height"] <= bar["y"]

    page.click("button[type=submit]")

    page.wait_for_url("**/reports/**")
