"""Taking a case, keeping it while its page is open, and leaving it to others."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from assessments.moderation import assigning, filters
from assessments.moderation.models import Case

may_decide = permission_required("moderation.decide_case", raise_exception=True)


@require_POST
@may_decide
def assign(request, key):
    """Take this case."""
    return _try(request, key, assigning.assign)


@require_POST
@may_decide
def take_over(request, key):
    """Take this case from whoever holds it, with a note."""
    return _try(request, key, assigning.take_over, note=request.POST.get("note", ""))


@require_POST
@may_decide
def release(request, key):
    """Leave this case to others, for now."""
    assigning.release(case=_case(key), by=request.user)
    messages.info(request, "You left the case to others.")
    return redirect("moderation_staff:queue")


@require_POST
@may_decide
def skip(request, key):
    """Leave this case to others for good, with a reason."""
    return _try(request, key, assigning.skip, reason=request.POST.get("reason", ""), then="moderation_staff:queue")


@require_POST
@may_decide
def renew(request, key):
    """Keep the case a little longer: the open page asks for it, and learns here that somebody else has the case."""
    try:
        assigning.renew(case=_case(key), by=request.user)
    except assigning.AssigningError as error:
        # It takes the place of what asks, so nothing asks any more.
        return HttpResponse(format_html('<p id="hold" class="error" role="alert">{}</p>', error))
    return HttpResponse(status=204)


def _case(key):
    return get_object_or_404(Case, key=key)


def _try(request, key, action, *, then="", **about):
    """Do it, and go to the case, or to `then` when it was done; what stands in the way is said on the case's page."""
    try:
        action(case=_case(key), by=request.user, **about)
    except assigning.AssigningError as error:
        messages.error(request, str(error))
        then = ""
    choices = urlencode(filters.kept(request.GET))
    where = reverse(then) if then else reverse("moderation_staff:case", args=[key])
    return redirect(f"{where}?{choices}" if choices else where)
