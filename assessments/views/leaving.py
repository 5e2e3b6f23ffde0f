"""Leaving this site in a hurry, and what that clears and what it cannot."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assessments.views.caching import same_for_everybody


class SeeOther(HttpResponseRedirect):
    """303: whatever was asked for, the answer is another page, to be fetched with GET."""

    status_code = 303


@login_not_required
@require_safe
@never_cache
def leave(request):
    """Off to a page that looks like nothing, telling the browser to forget what it keeps of this site."""
    response = SeeOther(settings.LEAVE_URL)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def about_leaving(request):
    """What leaving clears and what it cannot, in plain words."""
    return render(request, "assessments/about_leaving.html")
