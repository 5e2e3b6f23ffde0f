"""The product's addresses, and three that do hardly anything. Open to everybody: never in production."""

import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from config import urls
from posts.models import Post, RequestCount


@login_not_required
def empty(request):
    """Nothing."""
    return HttpResponse()


@login_not_required
def one_query(request, key):
    """A post, looked up by its key as a report is, on a page of its own: no base, no help, nothing to decide."""
    return render(request, "bench/one_query.html", {"post": Post.objects.kept().get(key=key)})


@login_not_required
@csrf_exempt
def insert(request):
    """One small row, and a redirect."""
    RequestCount.objects.create(who=secrets.token_hex(32), window_at=timezone.now(), count=len(request.POST["post"]))
    return redirect("bare_empty")


urlpatterns = [
    path("bare/empty/", empty, name="bare_empty"),
    path("bare/insert/", insert),
    path("bare/<str:key>/", one_query),
    *urls.urlpatterns,
]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500
