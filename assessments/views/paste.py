"""The page that takes a post in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help
from assessments.views.answers import form_page, wait
from assessments.views.reports import assess_once
from posts import screenshots
from posts.forms import PostForm
from posts.front_door import front_door, has_broken_bytes, new_submission, read_submission
from posts.intake import PostError, UnreadableCharacters, submit_post
from posts.rate_limit import count_submission


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("Accept-Language")
@front_door
def paste(request):
    """The form that takes a post in, and the way from it to the report."""
    crisis = request.crisis_help = crisis_help.for_request(request, picked=request.POST.get("country", ""))
    if request.method != "POST":
        return paste_page(request, PostForm(initial={"country": crisis.code}, countries=crisis.countries))
    form = PostForm(request.POST, countries=crisis.countries)
    if not form.is_valid():
        return paste_page(request, form, status=422)
    try:
        post = _take_in(request, form.cleaned_data)
    except PostError as error:
        form.add_error(error.field, str(error))
        return paste_page(request, form, error=error, status=error.status)
    assess_once(post)
    return redirect("assessments:report", post.key)


def _take_in(request, cleaned):
    """The Post for a form that was sent. Raises PostError; then nothing is stored."""
    submission = read_submission(request.POST.get("submission", ""))
    if has_broken_bytes(request):
        raise UnreadableCharacters
    count_submission(request)
    return submit_post(
        text=cleaned["post"],
        author_line=cleaned["author_line"],
        country=cleaned["country"],
        submission=submission,
        read_as=cleaned["read_as"],
    )


def paste_page(request, form, *, template="assessments/paste.html", error=None, status=200):
    """The paste page; with `error` or errors in the form, the same page with what was typed and what is wrong."""
    # A fresh number every time: the one that was sent may be used up, too old or not ours.
    context = {
        "form": form,
        "submission": new_submission(),
        "days": settings.POST_RETENTION_DAYS,
        "error": error,
        "reads_screenshots": screenshots.is_offered(),
    }
    response = render(request, template, context, status=status)
    return wait(form_page(response), error)
