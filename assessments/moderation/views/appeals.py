"""The pages on which somebody asks for another person to look: from a report, or with an address that they bring."""

import re

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments.models import ShareLink
from assessments.moderation.appealing import NoSuchReport, NotAnAddress, appeal, appeal_by_link
from assessments.moderation.forms import AppealAnywhereForm, AppealForm
from assessments.moderation.views.flags import assessed_post, sent_form
from assessments.views.answers import form_page, private_page, wait
from posts.front_door import front_door, new_submission
from posts.intake import PostError
from posts.links import recognise
from posts.models import Post

OURS = re.compile(r"(?:^|/)(?P<kind>reports|shared)/(?P<key>[\w-]{20,43})(?:[/?#]|$)", re.ASCII)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@vary_on_headers("Accept-Language")
@front_door
def appeal_report(request, key):
    """For whoever has the address of a report."""
    post, assessment = assessed_post(request, key)
    if request.method != "POST":
        return _page(request, AppealForm(), post)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, form, post, status=422)
    try:
        appeal(assessment=assessment, submission=sent_form(request, field="words"), **form.cleaned_data)
    except PostError as error:
        return _refused(request, form, error, post)
    return redirect("moderation:appeal_sent", post.key)


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def appeal_sent(request, key):
    """Thanks, and where the answer will stand."""
    post, _ = assessed_post(request, key)
    return render(request, "moderation/appeal_sent.html", {"post": post})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@vary_on_headers("Accept-Language")
@front_door
def appeal_anywhere(request):
    """For somebody who has a link that was shared, or wrote the post and never saw a report."""
    if request.method != "POST":
        return _page(request, AppealAnywhereForm(initial={"where": request.GET.get("where", "")}))
    form = AppealAnywhereForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        _appeal_at(**form.cleaned_data, submission=sent_form(request, field="words"))
    except PostError as error:
        return _refused(request, form, error)
    return redirect("moderation:appeal_anywhere_sent")


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def appeal_anywhere_sent(request):
    """The same thanks, whether we have a report or not."""
    return render(request, "moderation/appeal_sent.html")


def _appeal_at(*, where, **about):
    """Raises PostError. What is said of one of our own keys gives nothing away: nobody guesses them."""
    if ours := OURS.search(where.strip()):
        appeal(assessment=_assessment_at(**ours.groupdict()), **about)
    elif link := recognise(where):
        appeal_by_link(link=link, **about)
    else:
        raise NotAnAddress


def _assessment_at(kind, key):
    """The newest assessment at an address of ours. Raises NoSuchReport."""
    if kind == "shared":
        link = ShareLink.objects.working().select_related("post").filter(key=key).first()
        post = link and link.post
    else:
        post = Post.objects.kept().filter(key=key).first()
    assessment = post and post.assessments.newest_first().first()
    if assessment is None:
        raise NoSuchReport
    return assessment


def _refused(request, form, error, post=None):
    """The page again with what was typed, and the sentence at its place."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
    return wait(_page(request, form, post, status=error.status), error)


def _page(request, form, post=None, *, status=200):
    context = {"post": post, "form": form, "submission": new_submission()}
    return form_page(render(request, "moderation/appeal.html", context, status=status))
