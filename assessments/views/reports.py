"""The report about one post."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help
from assessments.assessing import run_assessment
from assessments.views import keeping
from assessments.views.answers import private_page, wait
from posts.front_door import front_door, new_submission, read_submission
from posts.intake import PostError
from posts.models import Post
from posts.rate_limit import count_submission

log = logging.getLogger(__name__)


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def report(request, key):
    """What was found in one post. Reads stored rows only."""
    post = get_object_or_404(Post.objects.kept(), key=key)
    request.crisis_help = crisis_help.for_request(request, post_country=post.country)
    newest_two = list(post.assessments.newest_first().with_published_digest()[:2])
    if not newest_two:
        return render(request, "assessments/unfinished.html", {"post": post, "submission": new_submission()})
    assessment, earlier, *_ = (*newest_two, None)
    made, decision = keeping.read(assessment, post)
    context = {"post": post, "assessment": assessment, "report": made, "decision": decision}
    return render(request, "assessments/report.html", context | keeping.for_owner(request, post, assessment, earlier))


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
        return wait(render(request, "assessments/unfinished.html", context, status=error.status), error)
    assess_once(post)
    return redirect("assessments:report", post.key)


def assess_once(post):
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
