"""Words that would be markup or script if anybody let them: shown as words on every page where a post is shown.

The policy of the pages would stop a script as well, so it is switched off here: escaping alone must do. That the test
can fail is shown by a page without any protection, on which the same words do run.
"""

import pytest

from assessments.assessing import run_assessment
from assessments.moderation.models import Case, Kind
from posts.intake import submit_post
from tests import hostile
from tests.factories import a_flag, a_user

pytestmark = pytest.mark.django_db(transaction=True)

# Set by whatever runs; dialogues would stop the page.
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => { window.ran.push(name); return null; };
"""
# Everything that has no place on a page of ours, and every attribute that runs something.
FOREIGN = """() => {
  const foreign = [];
  const never = "script:not([src]),iframe,object,embed,base,frame,frameset,applet,svg,math,video,audio,marquee," +
    "template,noscript,style";
  for (const one of document.querySelectorAll(never)) foreign.push(one.tagName);
  for (const one of document.querySelectorAll("*"))
    for (const attribute of one.attributes)
      if (/^on/i.test(attribute.name) || /^\\s*(javascript|data|vbscript):/i.test(attribute.value))
        foreign.push(attribute.name);
  return foreign;
}"""


@pytest.fixture
def watched(chromium, live_server, loaded):
    """A function that gives a page without our policy, in which whatever runs is noted; signed in when asked."""
    contexts = []

    def opened(cookies=()):
        context = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        context.add_init_script(WATCH)
        if cookies:
            context.add_cookies([{"url": live_server.url, "name": name, "value": value} for name, value in cookies])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def posts():
    """Every hostile text, put together into posts."""
    return list(hostile.packed([*hostile.payloads("xss_vectors"), *hostile.payloads("html_parse_quirks")]))


def ran(page):
    page.wait_for_timeout(20)  # an image that cannot be loaded says so a moment later
    return page.evaluate("window.ran")


def test_on_a_page_without_protection_the_same_words_run(watched, live_server):
    page, address = watched(), f"{live_server.url}/unprotected.html"
    # Our own few: some of the large collection would never let go of the browser.
    body = "\n".join(row["payload"] for row in hostile.OWN["xss_vectors"])
    page.route(address, lambda route: route.fulfill(body=body, content_type="text/html"))

    page.goto(address, wait_until="domcontentloaded")

    assert ran(page)
    assert _foreign(page, "/")


def test_nothing_runs_and_nothing_foreign_appears_where_posts_are_shown(watched, posts, live_server, signed_in):
    public = watched()
    staff = watched([("sessionid", signed_in(a_user("ada", is_superuser=True)).cookies["sessionid"].value)])
    wrong = []
    for number, text in enumerate(posts):
        post = submit_post(text=text, author_line=text[:290], submission=f"hostile-{number}")
        assessment = run_assessment(post=post)
        a_flag(assessment, kind=Kind.WRONG_RESULT, reason=text[:990])
        case = Case.objects.get(members__post=post)
        flag = assessment.flags.get()
        addresses = {
            public: [f"/reports/{post.key}/"],
            staff: [
                f"/moderation/cases/{case.key}/",
                f"/admin/moderation/flag/{flag.pk}/change/",
                f"/admin/posts/post/{post.pk}/change/",
            ],
        }
        for page, paths in addresses.items():
            for path in paths:
                page.goto(live_server.url + path, wait_until="domcontentloaded")
                found = [*ran(page), *_foreign(page, path)]
                if found:
                    wrong.append((path, number, found))

    assert wrong == []


def _foreign(page, path):
    found = page.evaluate(FOREIGN)
    # The admin draws its own pictures.
    return [name for name in found if not (path.startswith("/admin/") and name in ("svg", "SVG"))]
