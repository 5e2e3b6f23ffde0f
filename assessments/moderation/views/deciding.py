"""Deciding a case, seeing first what readers would see, and taking a decision back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments.assessing import ReviewError
from assessments.moderation import deciding, filters, reading
from assessments.moderation.assigning import take_next
from assessments.moderation.golden import said_after
from assessments.moderation.models import Case, Ruling
from assessments.moderation.views.case import find
from assessments.moderation.views.case_page import case_page, reading_of

may_decide = permission_required("moderation.decide_case", raise_exception=True)


@require_POST
@never_cache
@may_decide
def decide(request, key):
    """Take the answer, and show the case, or the next one of the queue. What is refused is shown with every word."""
    case, sent = find(key), _typed(request)
    assessment = deciding.newest_assessment(case)
    read = assessment and reading_of(case, assessment, sent)
    if read and not read.is_valid():
        return case_page(request, case, sent=sent, read=read, status=422)
    try:
        if read is None:
            raise deciding.PostDeleted
        ruling = deciding.decide(case=case, by=request.user, **read.for_deciding())
    except deciding.DecidingError as error:
        return case_page(request, find(key), sent=sent, problems=[("", str(error))], status=error.status)
    except ReviewError as error:
        return case_page(request, find(key), sent=sent, problems=[("decision", str(error))], status=422)
    if said := said_after(ruling):
        messages.info(request, said)
    return _onward(request, case, sent)


@require_POST
@never_cache
@may_decide
def preview(request, key):
    """The case again, with what readers would see after this decision."""
    case, sent = find(key), _typed(request)
    assessment = deciding.newest_assessment(case)
    read = assessment and reading_of(case, assessment, sent)
    if not read or not read.is_valid():
        return case_page(request, case, sent=sent, read=read, status=422)
    report, decision = reading.preview(assessment, **read.for_deciding())
    return case_page(request, case, sent=sent, previewed=report, decision=decision)


@require_POST
@never_cache
@may_decide
def undo(request, key, pk):
    """Take a decision back, for a reason."""
    ruling = get_object_or_404(Ruling, pk=pk, case__key=key)
    try:
        deciding.undo(ruling=ruling, by=request.user, reason=request.POST.get("undo_reason", ""))
    except deciding.DecidingError as error:
        more = {"undo_reason": request.POST.get("undo_reason", "")}
        return case_page(request, find(key), problems=[("undo-reason", str(error))], status=error.status, **more)
    messages.success(request, "Taken back. The case waits again, and readers see the report as it was.")
    return redirect("moderation_staff:case", key)


def _typed(request):
    """What was sent, with the mark of a form that was typed in, so that a form that lost its parts is looked at too."""
    sent = request.POST.copy()
    sent.setdefault("version", "")
    return sent


def _onward(request, case, sent):
    choices = filters.kept(sent)
    messages.success(request, "Your answer is kept.")
    if "next" not in sent:
        return redirect(f"{reverse('moderation_staff:case', args=[case.key])}{_query(choices)}")
    form = filters.QueueFilter(choices, sections=filters.sections())
    cases = form.chosen(Case.objects.all(), by=request.user) if form.is_valid() else Case.objects.none()
    following = take_next(by=request.user, cases=cases)
    if following is None:
        messages.info(request, "That was the last one for you here. Thank you.")
        return redirect(f"{reverse('moderation_staff:queue')}{_query(choices)}")
    return redirect(f"{reverse('moderation_staff:case', args=[following.key])}{_query(choices)}")


def _query(choices):
    return f"?{urlencode(choices)}" if choices else ""
