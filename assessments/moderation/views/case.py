"""One case: what the checklist found, the post, and who reads it."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import report as reports
from assessments.moderation.deciding import newest_assessment
from assessments.moderation.models import Case, SkipReason
from assessments.reference import reference_for


@require_safe
@never_cache
@permission_required("moderation.view_case", raise_exception=True)
def case(request, key):
    """The case as it is now. Reading it takes nothing; the button on it does."""
    found = get_object_or_404(Case.objects.select_related("assigned_to"), key=key)
    if not Case.objects.open_to(request.user).filter(pk=found.pk).exists():
        return render(request, "moderation/not_your_topic.html", status=403)
    assessment = newest_assessment(found)
    holder = found.reader_now()
    context = {
        "case": found,
        "assessment": assessment,
        "report": assessment and _report(assessment),
        "holder": holder,
        "is_mine": holder == request.user,
        "skip_reasons": SkipReason.choices,
        "referrals": found.referrals.select_related("flag"),
    }
    return render(request, "moderation/case.html", context)


def _report(assessment):
    """What the checklist found, as the report says it and without any person's decision."""
    return reports.build(
        record=assessment.report_record,
        text=assessment.post.text,
        author_line=assessment.post.author_line,
        reference=reference_for(assessment.digest),
    )
