"""The description of the API: for machines as OpenAPI, and for people as a page made from the same."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from assessments.api import problems
from assessments.api.answers import PUBLIC, fetched, open_to_programs
from assessments.api.models import Scope
from assessments.api.openapi import DESCRIPTION, schema

# Run by tests/api/test_examples.py, as they stand on the page.
EXAMPLES = {
    "curl": "curl.txt",
    "Python (its own library is enough)": "python.txt",
    "JavaScript (on your server, not in a page)": "javascript.txt",
}
EXAMPLES_FOLDER = Path(settings.BASE_DIR, "templates", "api", "examples")


@login_not_required
@require_safe
@conditional_page
def docs(request):
    """The page for people."""
    context = {
        "description": DESCRIPTION,
        "scopes": Scope.choices,
        "examples": examples(),
        "operations": operations(),
        "kinds": [(kind, *about) for kind, about in problems.KINDS.items()],
        "server": request.build_absolute_uri("/").rstrip("/"),
    }
    response = render(request, "api/docs.html", context)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def _openapi(request):
    return fetched(
        request, schema() | {"servers": [{"url": request.build_absolute_uri("/").rstrip("/")}]}, cache=PUBLIC
    )


openapi = open_to_programs(_openapi)


@cache
def examples():
    """(name, text) of each example."""
    return [(name, (EXAMPLES_FOLDER / file).read_text(encoding="utf-8")) for name, file in EXAMPLES.items()]


@cache
def operations():
    """Every operation as the page shows it, in the order of the schema."""
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "description": operation.get("description", "").split("\n\n"),
            "scope": operation.get("x-scope", ""),
            "parameters": [_parameter(one) for one in operation["parameters"]],
            "sent": _fields(_json_of(operation.get("requestBody", {}))),
            "answered": _fields(_success(operation)),
            "statuses": list(operation["responses"]),
        }
        for path, methods in schema()["paths"].items()
        for method, operation in methods.items()
    ]


def _success(operation):
    return _json_of(next(one for status, one in operation["responses"].items() if status.startswith("2")))


def _json_of(about):
    return about.get("content", {}).get("application/json", {}).get("schema", {})


def _parameter(one):
    return {
        "name": one["name"],
        "kind": one["in"],
        "type": _type(one["schema"]),
        "is_required": one["required"],
        "description": one.get("description", ""),
    }


def _fields(about):
    """The fields of a schema, each with its name, type, whether it is required, and what is said about it."""
    about = _resolved(about)
    needed = about.get("required", ())
    return [
        {
            "name": name,
            "type": _type(field),
            "is_required": name in needed,
            "description": field.get("description", "") or _resolved(field).get("description", ""),
        }
        for name, field in about.get("properties", {}).items()
    ]


def _resolved(about):
    name = about.get("$ref", "").rpartition("/")[2]
    return schema()["components"]["schemas"][name] if name else about


def _type(field):
    """The type of a field in a few words."""
    if "$ref" in field:
        return _type(_resolved(field)) if "enum" in _resolved(field) else field["$ref"].rpartition("/")[2]
    if "enum" in field:
        return " or ".join(f"“{one}”" for one in field["enum"])
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_type(one) for one in field["anyOf"]))
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    words = field.get("type", "object")
    if "maxLength" in field:
        words += f", up to {field['maxLength']:,} characters"
    return words
