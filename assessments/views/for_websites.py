"""What other websites and programs can use: the button to copy, the feeds, the API."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assessments.views.caching import same_for_everybody

# Plain HTML, so that nothing of ours runs on their page, and nothing is fetched before a reader presses it.
OPENS = '<a class="second-look" href="{address}"\n   rel="noopener noreferrer" referrerpolicy="no-referrer">{words}</a>'
BRINGS = (
    '<a class="second-look" href="{address}?link=https%3A%2F%2Fexample.org%2Fa-post"\n'
    '   rel="noopener noreferrer nofollow" referrerpolicy="no-referrer">{words}</a>'
)
# A form: the browser writes the link into the address the right way.
BUTTON = (
    '<form action="{address}" method="get" rel="noopener noreferrer">\n'
    '  <input type="hidden" name="link" value="https://example.org/a-post">\n'
    '  <button class="second-look">{words}</button>\n'
    "</form>"
)
# The same rule stands in static/second-look.css, so that the page shows what others get.
STYLE = """.second-look {
  display: inline-block;
  padding: 0.75rem 1.25rem;
  border: 2px solid #0b5563;
  border-radius: 0.5rem;
  background: #0b5563;
  color: #fff;
  font: 700 1rem/1.25 system-ui, sans-serif;
  text-decoration: none;
  cursor: pointer;
}
.second-look:is(:hover, :focus-visible) { text-decoration: underline; }"""


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def for_websites(request):
    """The page with the pieces to copy, in the language of the page, with the address of this installation."""
    paste, check = (request.build_absolute_uri(reverse(f"assessments:{name}")) for name in ("paste", "check_link"))
    words = _("Check this post with Second Look")
    context = {
        "opens": format_html(OPENS, address=paste, words=words),
        "brings": format_html(BRINGS, address=check, words=words),
        "button": format_html(BUTTON, address=check, words=words),
        "style": STYLE,
        "words": words,
        "feeds": [
            (_("Versions of the checklist"), reverse("assessments:versions_feed")),
            (_("Corrections"), reverse("assessments:corrections_feed")),
        ],
    }
    return render(request, "assessments/for_websites.html", context)
