"""Pages that are the same for everybody: how it works, and where help is."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help, error_rates, out_of_reach, snapshots
from assessments.assessing import NoPublishedChecklist
from assessments.models import Checklist
from assessments.reference import reference_for
from assessments.version_differences import differences
from assessments.views.caching import same_for_everybody

VERSIONS_SHOWN = 30


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def method(request):
    """The published checklist in full, with its rules and limits, and how right the checker was when measured."""
    published = _published()
    reference = reference_for(published.digest)
    rates = error_rates.newest(digest=published.digest, reference=reference)
    context = {"reference": reference, "published": published, "rates": rates, "keeping": keeping_days()}
    return render(request, "assessments/method.html", context)


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def sources(request):
    """All sources of the published checklist."""
    published = _published()
    context = {"sources": reference_for(published.digest).all_sources(), "published": published}
    return render(request, "assessments/sources.html", context)


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def versions(request):
    """Every version that was ever published, newest first, and why. Who published it is nobody's business.

    A page of them at a time: `before` is the last number of the page before. Nothing is counted or skipped.
    """
    out_of_reach.not_again()
    rows = Checklist.objects.ever_published().without_snapshots().order_by("-version")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 10:
        rows = rows.filter(version__lt=int(before))
    found = list(rows[: VERSIONS_SHOWN + 1])
    context = {"versions": found[:VERSIONS_SHOWN], "has_more": len(found) > VERSIONS_SHOWN}
    return render(request, "assessments/versions.html", context)


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def version(request, number):
    """What one version changed in the one before, or with `?with=N` in any other: always from the earlier one.

    A page for each pair: a difference can be long.
    """
    out_of_reach.not_again()
    numbers = list(Checklist.objects.ever_published().order_by("version").values_list("version", flat=True))
    pair = _pair(numbers, number, request.GET.get("with", ""))
    before, after = Checklist.objects.filter(version__in=pair).order_by("version")
    context = {
        "before": before,
        "after": after,
        "groups": differences(json.loads(before.snapshot), json.loads(after.snapshot)),
        "number": number,
        "others": [other for other in numbers if other != number],
        "other": before.version if number == after.version else after.version,
    }
    return render(request, "assessments/version.html", context)


def _pair(numbers, number, other):
    """The two versions that an address names; without another one, that before. Raises Http404 when there is none."""
    other = other or next((str(known) for known in reversed(numbers) if known < number), "")
    pair = [known for known in numbers if known == number or str(known) == other]
    if len(pair) != 2 or number not in pair:
        raise Http404
    return pair


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def privacy(request):
    """What we do with what people bring, for readers of twelve. Asks the database for nothing but the crisis help."""
    return render(request, "assessments/privacy.html", {"keeping": keeping_days()})


def keeping_days():
    """How many days a post is kept: as a rule, after a decision about it, and at most."""
    return {
        "days": settings.POST_RETENTION_DAYS,
        "after": settings.POST_RETENTION_DAYS_AFTER_DECISION,
        "most": max(settings.POST_RETENTION_DAYS, settings.POST_RETENTION_DAYS_AT_MOST),
    }


def _published():
    """The published version, compiled. Raises Http404 when there is none."""
    out_of_reach.not_again()
    try:
        return snapshots.published()
    except NoPublishedChecklist as error:
        raise Http404(str(error)) from error


@login_not_required
@require_safe
@vary_on_headers("Accept-Language", "HX-Request")
@same_for_everybody
def help_page(request):
    """Help services of one country. With htmx only the list of services; without, the whole page."""
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "assessments/_services.html", {"crisis": crisis_help.of(request)})
    return render(request, "assessments/help.html", {"guidance": crisis_help.guidance()})
