"""The report about one post."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help
from assessments import for_you as private
from assessments.assessing import run_assessment
from assessments.reference import reference_for
from assessments.report import with_hidden_words
from assessments.report_rows import rows_of
from assessments.views import keeping
from assessments.views.answers import accepted_form, private_page, wait
from assessments.what_next import next_steps
from posts.front_door import front_door, new_submission
from posts.intake import PostError
from posts.models import Post

log = logging.getLogger(__name__)


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def report(request, key):
    """What was found in one post. Reads stored rows only."""
    rows = assessed(request, key)
    if not rows.newest:
        return render(request, "assessments/unfinished.html", {"post": rows.post, "submission": new_submission()})
    context = report_context(request, rows, shows_hidden=request.GET.get("hidden") == "shown")
    return render(request, "assessments/report.html", context)


def assessed(request, key):
    """The ReportRows of the kept post with this key; the page gets the post's country's help. Raises keeping.Gone."""
    rows = rows_of(key)
    if rows is None:
        raise keeping.Gone
    keeping.helped(request, rows.post)
    return rows


def report_context(request, rows, *, answers=None, shows_hidden=False):
    """What the report page shows. `answers` of the reader, when given, add advice and may put help first; no more.

    `shows_hidden`: the reader asked for the hidden words; they are shown in the post alone.

    `rows` are the ReportRows of a post with an assessment.
    """
    post, newest, earlier = rows.post, rows.newest[0], rows.newest[1] if rows.newest[1:] else None
    reference = reference_for(newest.digest)
    made, decision = keeping.read(newest, post, is_reviewed=rows.known["is_reviewed"])
    if shows_hidden:
        made = with_hidden_words(made)
    advice = None if answers is None else private.advise(reference, answers)
    needs_help = advice is not None and advice.needs_help
    return {
        "post": post,
        # What kept pieces of the page have blanks for.
        "key": post.key,
        "words": number_format(made.words),
        "source": post.source,
        "assessment": newest,
        "report": made,
        "decision": decision,
        "known": rows.known,
        "next_steps": next_steps(record=newest.report_record, reference=reference, guidance=crisis_help.guidance()),
        "questions": private.questions(reference, answers),
        "for_you": advice,
        "help_first": made.crisis or needs_help,
        # Nobody who just said that they are not safe is offered words that hurt.
        "may_ask": made.has_hidden and not needs_help,
        "help_notes": (*(advice.help_notes if advice else ()), *made.help_notes),
        **keeping.for_owner(request, post, newest, earlier),
    }


@login_not_required
@require_POST
@private_page
@front_door
def assess_again(request, key):
    """Finish a report that could not be finished. A finished one stays as it is."""
    post = keeping.kept_or_gone(Post.objects.kept(), key)
    try:
        accepted_form(request)
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
