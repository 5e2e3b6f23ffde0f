"""The API as one object, and its description for machines (OpenAPI 3.1), finished with what ninja leaves out."""

from copy import deepcopy
from functools import cache

from ninja import NinjaAPI
from ninja.parser import Parser as NinjaParser
from ninja.schema import NinjaGenerateJsonSchema

from assessments.api import assessing, problems, reading, reports, told
from assessments.api.entrance import Anybody, Bearer
from assessments.api.reading_json import from_json

DESCRIPTION = (
    "Second Look reads a mental-health post with a published checklist and says what it found, where, why, and from "
    "which source. It is not a chatbot, gives no score, and never calls a post safe. Texts are not stored unless you "
    "make a report. When an answer has help in it, show that first."
)
KEYED = (400, 401, 403, 413, 415, 422, 429, 500, 503)
KEYED_GET = (400, 401, 403, 410, 422, 429, 500, 503)
PUBLIC = (400, 401, 404, 422, 429, 500, 503)


class Parser(NinjaParser):
    """JSON in UTF-8, and nothing that other readers of JSON would not take."""

    def parse_body(self, request):
        return from_json(request.body)


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation):
        return operation.view_func.__name__


api = Api(
    title="Second Look",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=Parser(),
)
for router in (assessing.router, reports.router, reading.router):
    api.add_router("", router)
problems.handle_with(api)


@cache
def schema():
    """The description as a dictionary, the same for everybody. Read it, never change it."""
    whole = deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    about = {"ref_template": "#/components/schemas/{model}", "schema_generator": NinjaGenerateJsonSchema}
    problem = told.Problem.model_json_schema(**about)
    whole["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
    whole["components"]["securitySchemes"] = {"Bearer": {"type": "http", "scheme": "bearer"}}
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            _finish(operation, path, _operation_of(path, method))
    return whole


def _finish(operation, path, made_of):
    """Add the key, the problems and the headers that an operation has."""
    entrance = made_of.auth_callbacks[0]
    operation["security"] = [{"Bearer": []}] if isinstance(entrance, Bearer) else [{}, {"Bearer": []}]
    if isinstance(entrance, Bearer):
        operation["x-scope"] = entrance.scope
    for status in _problems(entrance, path, made_of):
        title = problems.KINDS[problems.BY_STATUS[status]][1]
        content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        operation["responses"][status] = {"description": title, "content": content}
    if "GET" in made_of.methods:
        operation["responses"][304] = {"description": "You have it already (If-None-Match)"}
        operation["responses"][200]["headers"] = {"ETag": {"schema": {"type": "string"}}}
    if 201 in operation["responses"] and "key" not in path:
        operation["responses"][201]["links"] = _links()
    operation["responses"] = {str(status): one for status, one in sorted(operation["responses"].items())}


def _links():
    """What can be done with a report that was made."""
    key = {"key": "$response.body#/key"}
    return {name: {"operationId": name, "parameters": key} for name in ("fetch_report", "flag_report")}


def _problems(entrance, path, made_of):
    if isinstance(entrance, Anybody):
        return PUBLIC
    statuses = KEYED if "POST" in made_of.methods else KEYED_GET
    return (*statuses, 404, 410) if "reports" in path else statuses


@cache
def _operations():
    """{(path without converters, method): the operation of ninja}"""
    return {
        (f"/api/v1/{path.lstrip('/')}".replace("{slug:", "{").replace("{int:", "{"), method.lower()): operation
        for router in api._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }


def _operation_of(path, method):
    return _operations()[path, method]
