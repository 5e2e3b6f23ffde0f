"""From an assessment, as the staff pages list them, to the case that it is in; or to a new one."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from assessments.assessing import mark_taken_up
from assessments.models import Assessment
from assessments.moderation.cases import refer
from assessments.moderation.models import Case, ReferralSource


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("moderation.decide_case", raise_exception=True)
def case_of(request, pk):
    """To the case; where there is none a button makes one."""
    assessment = get_object_or_404(Assessment.objects.select_related("post"), pk=pk)
    case = Case.objects.filter(members__post=assessment.post).first()
    if case is None and request.method == "POST":
        reasons = assessment.review_reasons or ["staff"]
        case = refer(assessment=assessment, source=ReferralSource.MACHINE, reasons=reasons)
        mark_taken_up(Assessment.objects.filter(pk=assessment.pk))
    if case is None:
        return render(request, "moderation/make_case.html", {"assessment": assessment})
    return redirect("moderation_staff:case", case.key)
