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
        "objects": objects(),
        "kinds": [(kind, status, title, _pieces(todo)) for kind, (status, title, todo) in problems.KINDS.items()],
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
            "description": [_pieces(part) for part in operation.get("description", "").split("\n\n")],
            "scope": operation.get("x-scope", ""),
            "parameters": [_parameter(one) for one in operation["parameters"]],
            "sent": _fields(_json_of(operation.get("requestBody", {}))),
            "answered": _fields(_success(operation)),
            "statuses": list(operation["responses"]),
        }
        for path, methods in schema()["paths"].items()
        for method, operation in methods.items()
    ]


@cache
def objects():
    """(name, what it is, fields) of what stands inside of what is sent and answered."""
    tops = {name for one in schema()["paths"].values() for about in one.values() for name in _tops(about)}
    return [
        (name, _pieces(about.get("description", "")), _fields(about))
        for name, about in schema()["components"]["schemas"].items()
        if name not in tops and "properties" in about
    ]


def _tops(operation):
    """The names of what an operation takes and gives as a whole, but for what stands in a list elsewhere too."""
    whole = (_json_of(operation.get("requestBody", {})), _success(operation))
    return {about.get("$ref", "").rpartition("/")[2] for about in whole} - {"NamedText", "Contract"}


def _pieces(text):
    """(words, whether they are code) of a text with `code` in it."""
    return [(part, bool(number % 2)) for number, part in enumerate(text.split("`")) if part]


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
        "description": _pieces(one.get("description", "")),
    }


def _fields(about):
    """The fields of a schema, each with its name, type, whether it is required, and what is said about it."""
    about = _resolved(about)
    needed = about.get("required", ())
    fields = [
        {
            "name": name,
            "type": _type(field),
            "is_required": name in needed,
            "description": _pieces(field.get("description", "") or _resolved(field).get("description", "")),
        }
        for name, field in about.get("properties", {}).items()
    ]
    return sorted(fields, key=lambda field: not field["is_required"])


def _resolved(about):
    name = about.get("$ref", "").rpartition("/")[2]
    return schema()["components"]["schemas"][name] if name else about


def _type(field):
    """The type of a field in a few words."""
    if "allOf" in field:
        return _type(field["allOf"][0])
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
