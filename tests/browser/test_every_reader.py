"""Readers who use only the keyboard, big letters, a small phone, their own colours, or another direction."""

import pytest

from tests.browser.test_accessibility import PAGES
from tests.browser.test_journeys import EXAMPLES, paste

pytestmark = pytest.mark.django_db(transaction=True)

POST = EXAMPLES["bin-your-antidepressants"]["text"]
ARABIC = "الجري يعالج الاكتئاب، لا تحتاج إلى دواء. Running cures depression, you don't need meds, just run!!"

OPEN_EVERYTHING = "document.querySelectorAll('details').forEach(details => { details.open = true })"

# What is cut off: more inside than there is room for, and no way to scroll to it.
CUT_OFF = """() => [...document.querySelectorAll("body *:not(.away, input)")].filter(piece => {
    const hides = ["hidden", "clip"].includes(getComputedStyle(piece).overflowX);
    return hides && piece.clientWidth && piece.scrollWidth > piece.clientWidth + 1;
}).map(piece => piece.outerHTML.slice(0, 80))"""

# Links in a line of text need no more than the line, but `.tap` promises a finger's height.
TOO_SMALL = """() => [...document.querySelectorAll(
    "button, input:not([type=hidden]), select, textarea, summary, .tap, .top a, .ways a, .leave"
)].filter(target => target.checkVisibility()).flatMap(target => {
    const whole = target.matches("[type=radio], [type=checkbox]") ? target.closest("label") : target;
    const height = whole.getBoundingClientRect().height;
    return height >= 44 ? [] : [height + " " + whole.outerHTML.slice(0, 100)];
})"""

# In forced colours the browser takes backgrounds away: what they set apart needs an edge, and words their contrast.
WITHOUT_EDGE = """() => [".banner", ".card", "mark", ".number", "button"].filter(name => {
    const style = getComputedStyle(document.querySelector("main").querySelector(name));
    return style.borderBlockStartStyle !== "solid" || !parseFloat(style.borderBlockStartWidth)
        || style.color === style.backgroundColor;
})"""


def tab_to(page, selector, key="Tab"):
    """Press Tab until the keyboard is on what `selector` names."""
    for _ in range(80):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} never came to {selector}")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_whole_way_with_the_keyboard_alone(open_page, javascript):
    page = open_page(javascript=javascript)
    tab_to(page, "textarea")
    page.keyboard.insert_text(POST)
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")

    tab_to(page, "mark a")
    mark = page.evaluate("document.activeElement.closest('mark, [id]').id")
    page.keyboard.press("Enter")
    assert page.locator(":target").count() == 1
    tab_to(page, ".quotes a")
    page.keyboard.press("Enter")
    assert page.locator(":target").get_attribute("id") == mark

    tab_to(page, "#for-you ~ details summary", "Shift+Tab")
    page.keyboard.press("Enter")
    if javascript:
        page.locator("form[data-htmx-powered]").wait_for()
    tab_to(page, "input[name='F4-action']")
    page.keyboard.press("Space")
    tab_to(page, "#for-you ~ details button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="For you, from your answers").wait_for()

    tab_to(page, "nav a[href*='/help/']", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/**")
    assert page.inner_text("h1") == "Get help"


@pytest.fixture
def every_page(open_page):
    """A function that yields each page of the product in turn, everything on it opened: (name, page)."""

    def pages(**how):
        page = open_page(**how)
        origin = page.url.rstrip("/")
        paste(page, " ".join([POST, EXAMPLES["registered-psychologist"]["text"]]))
        report = page.url
        paths = {name: f"{origin}{path}" for name, path in PAGES.items()}
        own = ("", "appointment-card/", "share/", "flag/", "delete/")
        for name, address in (paths | {f"report {name}": f"{report}{name}" for name in own}).items():
            page.goto(address)
            page.evaluate(OPEN_EVERYTHING)
            yield name, page

    return pages


def test_every_page_fits_a_small_phone_big_letters_and_fingers(every_page):
    sideways, cut_off, too_small = {}, {}, {}
    for name, page in every_page(width=320):
        sideways[name] = [page.evaluate("document.documentElement.scrollWidth")]
        too_small[name] = page.evaluate(TOO_SMALL)
        page.evaluate("document.documentElement.dir = 'rtl'")
        sideways[name].append(page.evaluate("document.documentElement.scrollWidth"))
        page.evaluate("document.documentElement.dir = 'ltr'")
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        # The control: letters are twice as big as the 18 pixels of the style sheet.
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "36px"
        sideways[name].append(page.evaluate("document.documentElement.scrollWidth"))
        cut_off[name] = page.evaluate(CUT_OFF)
        page.set_viewport_size({"width": 320, "height": 844})

    assert sideways == {name: [320, 320, 390] for name in sideways}
    assert cut_off == {name: [] for name in cut_off}
    assert too_small == {name: [] for name in too_small}


def test_own_colours_and_no_motion(open_page):
    page = open_page()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    paste(page, POST)

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(WITHOUT_EDGE) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_post_in_arabic_reads_from_the_right_and_the_page_from_the_left(open_page):
    page = open_page()
    page.fill("textarea", ARABIC)
    assert page.evaluate("getComputedStyle(document.querySelector('textarea')).direction") == "rtl"
    paste(page, ARABIC)

    directions = "[...document.querySelectorAll('main, .post')].map(piece => getComputedStyle(piece).direction)"
    assert page.evaluate(directions) == ["ltr", "rtl"]
    assert page.locator(".post mark").count() >= 1
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("getComputedStyle(document.querySelector('.banner')).borderRightWidth") == "12px"
