"""Pages for people who bring no post to check: their own words, a friend's words, and how to report a post.

Nothing is sent to them and nothing is stored. The country is in the address, as everywhere.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assessments import pages
from assessments.views.caching import same_for_everybody


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def own_words(request):
    """Support for somebody whose own words these are: help first, and no checklist."""
    return render(request, "assessments/support.html", {"page": pages.support_page("own-words")})


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def a_friend(request):
    """How to answer a friend who wrote something: help first."""
    return render(request, "assessments/support.html", {"page": pages.support_page("a-friend")})


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@same_for_everybody
def reporting_a_post(request):
    """How to report a post where it stands, and how to see less of its kind."""
    return render(request, "assessments/reporting.html", {"platforms": pages.platforms()})
