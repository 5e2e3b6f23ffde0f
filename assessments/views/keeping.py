"""What the owner of a report can do with it: check again, look at how it was, delete everything.

Whoever has the address of a report is its owner. A link made for others (see `sharing.py`) opens none of this.
"""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import changes, crisis_help, decided
from assessments.assessing import is_outdated, reassess_if_outdated
from assessments.models import Checklist, Review
from assessments.reference import reference_for
from assessments.views.answers import accepted_form, form_page, private_page, wait
from posts.front_door import front_door, new_submission
from posts.intake import PostError
from posts.models import Post
from posts.retention import delete_post

log = logging.getLogger(__name__)


class Gone(Http404):
    """No report at an address of a report: answered with 410, whether there was one or not.

    Nobody makes up such an address, so there was one, as good as always. To tell for sure we should have to keep the
    keys of what we promised to delete, and would tell strangers which keys were real.
    """


def kept_or_gone(rows, key):
    """The row with this key among those that are kept. Raises Gone."""
    row = rows.filter(key=key).first()
    if row is None:
        raise Gone
    return row


def post_of(request, key):
    """The kept post with this key, and its country's crisis help on the page. Raises Gone."""
    return helped(request, kept_or_gone(Post.objects.kept(), key))


def helped(request, post):
    """The post, once its country's crisis help is on the page."""
    request.crisis_help = crisis_help.for_request(request, post_country=post.country)
    return post


def read(assessment, post, *, text=None, author_line=None, is_reviewed=True):
    """(Report, PersonsDecision or None) of a stored assessment, after what a person decided last about the post.

    `text` and `author_line` stand in for those of the post, of the same length: see `decided.blank`.
    `is_reviewed=False`: nobody ever decided anything about the post, so there is no need to look for it.
    """
    review = _last_review(assessment, post) if is_reviewed else None
    is_about_this = review is not None and review.assessment_id == assessment.pk
    report, decision = decided.build(
        record=assessment.report_record,
        text=post.text if text is None else text,
        author_line=post.author_line if author_line is None else author_line,
        reference=reference_for(assessment.digest),
        read_as=post.read_as,
        review=review if is_about_this else None,
    )
    return report, decision if is_about_this or review is None else decided.about_earlier(review)


def _last_review(assessment, post):
    standing = Review.objects.standing().filter(assessment__post=post, assessment_id__lte=assessment.pk)
    return standing.newest_first().first()


def for_owner(request, post, newest, earlier):
    """What the owner's page has more than a shared one. `earlier` is the assessment before the newest, or None."""
    context = {
        "address": request.build_absolute_uri(reverse("assessments:report", args=(post.key,))),
        # Every name is there: for a missing one Django would write the whole context into a debugging log.
        "is_outdated": False,
        "earlier": None,
        "submission": new_submission(),
        "changes": None,
        "versions": (),
    }
    if is_outdated(newest, published_digest=newest.published_digest):
        context |= {"is_outdated": True}
    if earlier:
        old, new = reference_for(earlier.digest), reference_for(newest.digest)
        context |= {
            "earlier": earlier,
            "changes": changes.compare(earlier.report_record, newest.report_record, old=old, new=new),
            "versions": Checklist.objects.between(earlier.checklist_version, newest.checklist_version),
        }
    return context


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def earlier(request, key, number):
    """The report as it was before it was made again. To read only."""
    post = post_of(request, key)
    assessment = get_object_or_404(post.assessments, pk=number)
    report, decision = read(assessment, post)
    context = {"post": post, "assessment": assessment, "report": report, "decision": decision, "shows_post": True}
    return render(request, "assessments/earlier.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@vary_on_headers("Accept-Language")
@front_door
def check_again(request, key):
    """Make the report again with what is published now. The one before stays, and the new one says what changed."""
    post = post_of(request, key)
    if request.method != "POST":
        return _check_again_page(request, post)
    try:
        accepted_form(request)
    except PostError as error:
        return wait(_check_again_page(request, post, error=error, status=error.status), error)
    try:
        reassess_if_outdated(post=post)
    except Exception as error:
        # Whatever went wrong, the report that they have stays. The error goes to the log without its words.
        log.error("assessment failed", extra={"reason": type(error).__name__}, exc_info=True)
        return _check_again_page(request, post, has_failed=True, status=503)
    return redirect("assessments:report", post.key)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@vary_on_headers("Accept-Language")
@front_door
def delete(request, key):
    """Ask, then delete everything. Needs no number of a form: doing it twice deletes nothing more."""
    if request.method != "POST":
        return form_page(render(request, "assessments/delete.html", {"post": post_of(request, key)}))
    was_there = delete_post(key=key)
    return render(request, "assessments/deleted.html", {"was_there": was_there}, status=200 if was_there else 410)


def _check_again_page(request, post, *, error=None, has_failed=False, status=200):
    context = {"post": post, "submission": new_submission(), "error": error, "has_failed": has_failed}
    return form_page(render(request, "assessments/check_again.html", context, status=status))
