"""The page that takes a post in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help
from assessments.assessing import submit_and_assess
from assessments.views.answers import form_page, taking_in, wait
from assessments.views.reports import assess_once
from posts import screenshots
from posts.forms import PostForm
from posts.front_door import front_door, has_broken_bytes, new_submission, read_submission
from posts.intake import OnlyALink, PostError, UnreadableCharacters
from posts.link_reading import NoPlaceFree, ask_to_read, read_if_free
from posts.links import only_link
from posts.links.reading import can_read
from posts.models import ReadingState
from posts.rate_limit import count_submission

# Seconds that a browser without script waits for a place where its link can be read.
PATIENCE = 2


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("Accept-Language")
@front_door
def paste(request):
    """The form that takes a post in, and the way from it to the report."""
    crisis = request.crisis_help = crisis_help.for_request(request, picked=request.POST.get("country", ""))
    if request.method != "POST":
        # Made only when it is drawn, which for the first page is once in a while (see assessments/kept.py).
        form = SimpleLazyObject(lambda: PostForm(initial={"country": crisis.code}, countries=crisis.countries))
        return paste_page(request, form, is_touched=False)
    form = PostForm(request.POST, countries=crisis.countries)
    if not form.is_valid():
        return paste_page(request, form, status=422)
    try:
        with taking_in():
            return redirect(_take_in(request, form.cleaned_data))
    except PostError as error:
        form.add_error(error.field, str(error))
        return paste_page(request, form, error=error, status=error.status)


def _take_in(request, cleaned):
    """The address of the report for a form that was sent, or of the page that waits for it. Raises PostError."""
    submission = read_submission(request.POST.get("submission", ""))
    if has_broken_bytes(request):
        raise UnreadableCharacters
    count_submission(request)
    sent = {
        "text": cleaned["post"],
        "author_line": cleaned["author_line"],
        "country": cleaned["country"],
        "submission": submission,
    }
    try:
        post = submit_and_assess(**sent, read_as=cleaned["read_as"])
    except OnlyALink:
        link = only_link(cleaned["post"])
        if link is None or not can_read(link):
            raise
        return _read_link(ask_to_read(**sent), link, may_wait=bool(request.POST.get("script")))
    return reverse("assessments:report", args=(post.key,)) if post.is_new else address_of_report(post)


def _read_link(reading, link, *, may_wait):
    """Where a person goes who pasted a link alone. Without script the page cannot wait, so it is read here and now.

    Raises NoPlaceFree.
    """
    if may_wait:
        return reverse("assessments:reading", args=(reading.key,))
    reading = read_if_free(reading=reading, patience=PATIENCE)
    if reading.state == ReadingState.WAITING:
        raise NoPlaceFree(link)
    return address_after(reading)


def address_after(reading):
    """Where a LinkReading leads now: to the report, or to its own page, which waits or says what went wrong."""
    if reading.post:
        return address_of_report(reading.post)
    return reverse("assessments:reading", args=(reading.key,))


def address_of_report(post):
    """The address of the report about a post, which is made first if there is none yet."""
    assess_once(post)
    return reverse("assessments:report", args=(post.key,))


def paste_page(request, form, *, template="assessments/paste.html", error=None, status=200, is_touched=True):
    """The paste page; with `error` or errors in the form, the same page with what was typed and what is wrong.

    `is_touched=False` is the first page: its form is empty, and the same for everybody in a country.
    """
    # A fresh number every time: the one that was sent may be used up, too old or not ours.
    context = {
        "form": form,
        "is_touched": is_touched,
        "submission": new_submission(),
        "days": settings.POST_RETENTION_DAYS,
        "error": error,
        "reads_screenshots": screenshots.is_offered(),
    }
    response = render(request, template, context, status=status)
    return wait(form_page(response), error)
