"""The product's addresses, and two that decide a case: with the product's action, and in a naive way (the control)."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST

from assessments.assessing import record_review
from assessments.moderation import deciding
from assessments.moderation.models import Case, RulingReason
from config import urls

DECISION = "stands"
NOTE = "Two of us looked at it."


@require_POST
@permission_required("moderation.decide_case", raise_exception=True)
def decide(request, key):
    """201 when the answer was taken, 409 with the sentence when it was not."""
    reason = next(one for one in RulingReason.objects.all() if DECISION in one.decisions)
    about = {"version": int(request.POST["version"]), "decision": DECISION, "reason": reason, "note": NOTE}
    try:
        deciding.decide(case=get_object_or_404(Case, key=key), by=request.user, **about)
    except deciding.DecidingError as error:
        return HttpResponse(str(error), status=409)
    return HttpResponse(status=201)


@require_POST
@permission_required("moderation.decide_case", raise_exception=True)
def decide_naively(request, key):
    """Looks whether somebody has decided, and decides if not: right for one person, wrong for two."""
    assessment = deciding.newest_assessment(get_object_or_404(Case, key=key))
    if assessment.reviews.exists():
        return HttpResponse("Somebody was quicker.", status=409)
    record_review(assessment=assessment, decision=DECISION, note=NOTE, by=request.user)
    return HttpResponse(status=201)


urlpatterns = [
    *urls.urlpatterns,
    path("soak/decide/<slug:key>/", decide),
    path("soak/naive/<slug:key>/", decide_naively),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
