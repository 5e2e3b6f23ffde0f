"""The small buttons below each answer of a report: hard to understand, or wrong."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments.moderation.views.flags import assessed_post
from assessments.moderation.voting import vote
from assessments.views.answers import accepted_form, private_page, wait
from posts.front_door import front_door
from posts.intake import PostError


@login_not_required
@require_POST
@private_page
@vary_on_headers("Accept-Language")
@front_door
def vote_on(request, key):
    """Count one press. The button's value is the kind and the question."""
    post, assessment = assessed_post(request, key)
    kind, _, item = request.POST.get("vote", "").partition(" ")
    try:
        vote(assessment=assessment, item=item, kind=kind, submission=accepted_form(request))
    except PostError as error:
        page = render(request, "moderation/voted.html", {"post": post, "error": error}, status=error.status)
        return wait(page, error)
    return redirect("moderation:voted", post.key)


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def voted(request, key):
    """Thanks, and the way to a person."""
    post, _ = assessed_post(request, key)
    return render(request, "moderation/voted.html", {"post": post})
