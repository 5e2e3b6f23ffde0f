"""What every page loads stays small, and reads from right to left as well as from left to right."""

import gzip
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

STATIC = Path(settings.BASE_DIR) / "static"
STYLES = (STATIC / "second-look.css").read_text(encoding="utf-8")
# What names a side of the page instead of the start or the end of a line.
PHYSICAL = re.compile(r"(?<![\w-])(?:[\w-]+-)?(?:left|right)(?:-\w+)?\s*:|:\s*(?:left|right)\s*[;}]")
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width)\s*:\s*\S+ (\S+) \S+ ([^\s;}]+)\s*[;}]")


def sided(styles):
    """Every declaration that would be wrong on a page that reads from right to left."""
    return PHYSICAL.findall(styles) + [pair for pair in FOUR_SIDES.findall(styles) if pair[0] != pair[1]]


# What only the pages of staff load is counted apart.
STAFF = ("admin-", "moderation.", "sign-in.")


@pytest.mark.parametrize(
    ("names", "most"),
    # The second script is for the page of screenshots alone.
    [(["second-look.css"], 16 * 1024), (["screenshot.js", "second-look.js"], 4 * 1024)],
    ids=["css", "js"],
)
def test_there_are_few_and_small_files_of_a_kind(names, most):
    kind = Path(names[0]).suffix
    found = [path for path in sorted(STATIC.rglob(f"*{kind}")) if not path.name.startswith(STAFF)]

    assert [path.name for path in found] == names
    assert all(path.stat().st_size <= most for path in found)


def test_the_styles_name_no_side():
    assert sided(STYLES) == []


@pytest.mark.parametrize(
    "declaration",
    [
        "a { margin-left: 1px }",
        "a { left: 0; }",
        "a { text-align: right; }",
        "a{padding: 1px 2px 1px 0}",
        "a{float:left}",
    ],
)
def test_a_side_would_be_found(declaration):
    """The control."""
    assert len(sided(declaration)) == 1


# --- as they are served in production ---------------------------------------------------------------------------------


@pytest.fixture
def served(settings, tmp_path):
    """The middleware that serves our own files as production does, and the names that collectstatic gave them."""
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH, settings.WHITENOISE_USE_FINDERS = tmp_path, False, False
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    production = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": production}}
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    yield WhiteNoiseMiddleware(lambda request: HttpResponse(status=404)), storages["staticfiles"]
    finders.get_finder.cache_clear()


def get(middleware, address, **headers):
    """(the answer, its body)."""
    answer = middleware(RequestFactory().get(address, headers=headers))
    body = b"".join(answer) if answer.streaming else answer.content
    # Not `answer.close()`: that would tell Django that a request is over, and let go of the database.
    for close in answer._resource_closers:
        close()
    return answer, body


def test_a_file_goes_by_a_hashed_name_for_ever_and_compressed(served):
    middleware, names = served
    address = names.url("second-look.css")

    answer, body = get(middleware, address, **{"Accept-Encoding": "gzip, deflate"})

    assert re.fullmatch(r"/static/second-look\.[0-9a-f]{12}\.css", address)
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(body).decode() == STYLES
    again, _ = get(middleware, address, **{"If-None-Match": answer["ETag"], "Accept-Encoding": "gzip"})
    assert again.status_code == 304


def test_without_its_hash_a_file_is_soon_asked_for_again(served):
    middleware, _ = served

    answer, _ = get(middleware, "/static/second-look.css")

    assert answer["Cache-Control"] == "max-age=60, public"


def test_brotli_is_preferred_where_it_is_installed(served):
    middleware, names = served

    answer, _ = get(middleware, names.url("second-look.css"), **{"Accept-Encoding": "gzip, br"})

    assert answer["Content-Encoding"] == ("br" if importlib.util.find_spec("brotli") else "gzip")


def test_outside_of_development_that_is_what_the_settings_ask_for():
    command = "from django.conf import settings; print(settings.STORAGES['staticfiles']['BACKEND'])"
    environment = os.environ | {"DEBUG": "0", "ALLOWED_HOSTS": "localhost", "DJANGO_SETTINGS_MODULE": "config.settings"}

    said = subprocess.run([sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "whitenoise.storage.CompressedManifestStaticFilesStorage"
