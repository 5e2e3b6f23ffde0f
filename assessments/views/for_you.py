"""What goes with a report and is for its reader alone: the private questions, and the card for an appointment."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import appointment_card as cards
from assessments import crisis_help, pages
from assessments.for_you import advise
from assessments.reference import reference_for
from assessments.views.answers import private_page
from assessments.views.keeping import read
from assessments.views.reports import assessed, report_context
from assessments.what_next import step_keys
from posts.front_door import front_door


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@vary_on_headers("Accept-Language", "HX-Request")
@front_door(asks_origin=False)
def for_you(request, key):
    """The report with advice for the answers that were sent. They are read once, for this page, and kept nowhere.

    There is no number in the form and no rate limit: nothing is stored that pressing twice could repeat, counting
    would leave a trace, and nobody who says that they are not safe may be turned away.
    """
    rows = assessed(request, key)
    if not rows.newest or request.method != "POST":
        return redirect("assessments:report", rows.post.key)
    if request.htmx:
        advice = advise(reference_for(rows.newest[0].digest), request.POST)
        if not advice.needs_help:
            return render(request, "assessments/_for_you_advice.html", {"for_you": advice})
    context = report_context(request, rows, answers=request.POST)
    response = render(request, "assessments/report.html", context)
    if request.htmx:
        # Help comes first on the whole page, not only where the answers were given.
        response["HX-Retarget"] = response["HX-Reselect"] = "#main"
        response["HX-Reswap"] = "outerHTML"
    return response


@login_not_required
@require_safe
@private_page
@vary_on_headers("Accept-Language")
def appointment_card(request, key):
    """One page to print and take along."""
    rows = assessed(request, key)
    if not rows.newest:
        return redirect("assessments:report", rows.post.key)
    post, newest = rows.post, rows.newest[0]
    report, _decision = read(newest, post)
    card = cards.build(
        report=report,
        step_keys=step_keys(newest.report_record, reference_for(newest.digest)),
        suggested=pages.appointment_questions(),
        what_to_say=crisis_help.guidance()["what_to_say"],
    )
    context = {"post": post, "source": post.source, "assessment": newest, "card": card}
    return render(request, "assessments/appointment_card.html", context)
