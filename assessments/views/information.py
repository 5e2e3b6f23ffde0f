"""Pages that are the same for everybody: how it works, and where help is."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import crisis_help, snapshots
from assessments.assessing import NoPublishedChecklist
from assessments.reference import reference_for


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
def method(request):
    """The published checklist in full, with its rules, limits and sources."""
    try:
        published = snapshots.published()
    except NoPublishedChecklist as error:
        raise Http404(str(error)) from error
    context = {"reference": reference_for(published.digest), "published": published}
    return render(request, "assessments/method.html", context)


@login_not_required
@require_safe
@vary_on_headers("Accept-Language", "HX-Request")
def help_page(request):
    """Help services of one country. With htmx only the list of services; without, the whole page."""
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "assessments/_services.html", {"crisis": crisis_help.of(request)})
    return render(request, "assessments/help.html", {"guidance": crisis_help.guidance()})
