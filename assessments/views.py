"""The public pages. They set no cookies, know no sessions and keep no trace of who looked."""

import logging
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help, snapshots
from assessments import report as reports
from assessments.assessing import NoPublishedChecklist, run_assessment
from assessments.reference import reference_for
from posts.forms import PostForm
from posts.front_door import front_door, has_broken_bytes, new_submission, read_submission
from posts.intake import PostError, UnreadableCharacters, submit_post
from posts.models import Post
from posts.rate_limit import TooManyRequests, count_submission

log = logging.getLogger(__name__)


def private_page(view):
    """For pages with somebody's words on them: not kept by caches, not found by search engines, not told to others."""

    @never_cache
    @wraps(view)
    def private(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return private


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("Accept-Language")
@front_door
def paste(request):
    """The form that takes a post in, and the way from it to the report."""
    crisis = request.crisis_help = crisis_help.for_request(request, picked=request.POST.get("country", ""))
    if request.method != "POST":
        return _paste_page(request, PostForm(initial={"country": crisis.code}, countries=crisis.countries))
    form = PostForm(request.POST, countries=crisis.countries)
    if not form.is_valid():
        return _paste_page(request, form, status=422)
    try:
        post = _take_in(request, form.cleaned_data)
    except PostError as error:
        form.add_error(error.field, str(error))
        return _paste_page(request, form, error=error, status=error.status)
    _assess_once(post)
    return redirect("assessments:report", post.key)


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def report(request, key):
    """What was found in one post. Reads stored rows only."""
    post = get_object_or_404(Post.objects.kept(), key=key)
    request.crisis_help = crisis_help.for_request(request, post_country=post.country)
    assessment = post.assessments.newest_first().first()
    if assessment is None:
        return render(request, "assessments/unfinished.html", {"post": post, "submission": new_submission()})
    made = reports.build(
        record=assessment.report_record,
        text=post.text,
        author_line=post.author_line,
        reference=reference_for(assessment.digest),
    )
    return render(request, "assessments/report.html", {"post": post, "assessment": assessment, "report": made})


@login_not_required
@require_POST
@private_page
@front_door
def assess_again(request, key):
    """Finish a report that could not be finished. A finished one stays as it is."""
    post = get_object_or_404(Post.objects.kept(), key=key)
    try:
        read_submission(request.POST.get("submission", ""))
        count_submission(request)
    except PostError as error:
        context = {"post": post, "submission": new_submission(), "error": error}
        return _wait(render(request, "assessments/unfinished.html", context, status=error.status), error)
    _assess_once(post)
    return redirect("assessments:report", post.key)


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
def method(request):
    """The published checklist in full, with its rules, limits and sources."""
    try:
        published = snapshots.published()
    except NoPublishedChecklist as error:
        raise Http404(str(error)) from error
    context = {"reference": reference_for(published.digest), "published": published}
    return render(request, "assessments/method.html", context)


@login_not_required
@require_safe
@vary_on_headers("Accept-Language", "HX-Request")
def help_page(request):
    """Help services of one country. With htmx only the list of services; without, the whole page."""
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "assessments/_services.html", {"crisis": crisis_help.of(request)})
    return render(request, "assessments/help.html", {"guidance": crisis_help.guidance()})


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
    )


def _assess_once(post):
    """Assess a post that has no assessment yet. If that fails the post stays, and its page offers to try again."""
    try:
        with transaction.atomic():
            # The row lock makes a second press wait and then find the first one's assessment.
            locked = Post.objects.select_for_update().get(pk=post.pk)
            if not locked.assessments.exists():
                run_assessment(post=locked)
    except Exception as error:
        # Whatever went wrong, the person gets their page. The error goes to the log without its words.
        log.error("assessment failed", extra={"reason": type(error).__name__}, exc_info=True)


def _paste_page(request, form, *, error=None, status=200):
    """The paste page; with `error` or errors in the form, the same page with what was typed and what is wrong."""
    # A fresh number every time: the one that was sent may be used up, too old or not ours.
    context = {"form": form, "submission": new_submission(), "days": settings.POST_RETENTION_DAYS}
    response = render(request, "assessments/paste.html", context, status=status)
    # `no-referrer` would make browsers send `Origin: null` with this form, and the front door asks for the Origin.
    response["Referrer-Policy"] = "same-origin"
    return _wait(response, error)


def _wait(response, error):
    """The response, telling the browser how many seconds to wait when too much was sent."""
    if isinstance(error, TooManyRequests):
        response["Retry-After"] = str(error.retry_after)
    return response
