"""The settings stop the start when something is missing, and are strict when DEBUG is off."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Set variables win over .env, empty ones count as missing: so these tests depend on nobody's .env.
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "s" * 50,
    "FIELD_ENCRYPTION_KEYS": "one, two",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgresql://someone@database.example/second_look?sslmode=require",
}


def setting(expression: str, **environment: str) -> str:
    """What the expression about settings gives in a fresh process; the last line of its error if it fails."""
    done = subprocess.run(
        [sys.executable, "-c", f"from config import settings; print({expression})"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stderr or done.stdout).strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_ENCRYPTION_KEYS"])
def test_a_missing_variable_stops_the_start_by_name(name):
    assert setting("1", **{name: " "}).endswith(f"{name} is missing: see .env.example")


@pytest.mark.parametrize("value", ["yes", "True", "2", "0 1"])
def test_a_truth_value_is_1_or_0(value):
    assert setting("1", DEBUG=value).endswith("DEBUG must be 1 or 0: see .env.example")


@pytest.mark.parametrize("value", ["-1", "a lot", "1.5", "²"])
def test_a_number_is_whole(value):
    message = "POST_RETENTION_DAYS must be a whole number: see .env.example"
    assert setting("1", POST_RETENTION_DAYS=value).endswith(message)


def test_debug_is_off_by_default_and_then_all_is_strict():
    strict = "DEBUG SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_NAME"
    values = "[" + ",".join(f"settings.{name}" for name in strict.split()) + "]"
    assert setting(values, DEBUG="") == "[False, True, True, True, '__Host-sessionid']"


def test_staff_are_always_asked_for_a_second_factor_outside_a_developer_s_machine():
    assert setting("1", STAFF_SECOND_FACTOR="0").endswith("may be 0 only when DEBUG is 1: see .env.example")
    asked = "settings.STAFF_SECOND_FACTOR"
    assert [setting(asked), setting(asked, DEBUG="1"), setting(asked, DEBUG="1", STAFF_SECOND_FACTOR="1")] == [
        "True",
        "False",
        "True",
    ]


def test_no_host_is_allowed_by_default():
    assert setting("settings.ALLOWED_HOSTS", ALLOWED_HOSTS="") == "[]"


def test_keys_are_a_list():
    assert setting("settings.FIELD_ENCRYPTION_KEYS") == "['one', 'two']"


def test_the_database_has_a_pool_and_keeps_the_options_of_its_address():
    options = "settings.DATABASES['default']['OPTIONS']"
    assert setting(f"({options}['sslmode'], {options}['pool']['timeout'])") == "('require', 5)"
    assert setting("settings.DATABASES['default']['CONN_MAX_AGE']") == "0"


def test_no_middleware_stands_twice():
    assert setting("[name for name in settings.MIDDLEWARE if settings.MIDDLEWARE.count(name) > 1]") == "[]"


def test_every_variable_is_in_the_example():
    """A variable that nobody can find out about is as good as none."""
    code = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "serving.py"))
    read = set(
        re.findall(
            r"(?:required_text|boolean|whole_number|web_address|one_of|names|environ\.get)\(['\"](\w+)['\"]", code
        )
    )
    shown = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == shown


@pytest.mark.parametrize("value", ["http://weather.example/", "javascript:alert(1)", "weather"])
def test_the_way_out_leads_over_https(value):
    assert setting("1", LEAVE_URL=value).endswith("LEAVE_URL must begin with https://: see .env.example")
