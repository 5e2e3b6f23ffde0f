"""The addresses of the API. Whatever else is asked for under /api/ is told so in JSON."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from assessments.api import documentation
from assessments.api.answers import open_to_programs
from assessments.api.openapi import api
from assessments.api.problems import Problem, response_of

app_name = "api"


def unknown(request, *args, **kwargs):
    """There is nothing at this address."""
    return response_of(Problem("not-found"))


operations = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
for pattern in operations:
    pattern.callback = open_to_programs(pattern.callback)

to_docs = open_to_programs(RedirectView.as_view(pattern_name="api:docs"))

urlpatterns = [
    path("v1/docs/", documentation.docs, name="docs"),
    path("v1/docs", to_docs),
    path("v1/", to_docs),
    path("v1/openapi.json", documentation.openapi, name="openapi"),
    path("v1/", include(operations)),
    re_path("", open_to_programs(unknown), name="unknown"),
]
