"""What deploy/ says holds together: nothing in it names what is not there, and each promise of safety stands in it.

No container engine runs here. deploy/try_image_steps.py and `python -m tests.soak proxy` play what can be played.
"""

import re
import shutil
import socket
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet
from django.core.management import get_commands

from tests.workers import until

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
GUIDE = ROOT / "docs" / "operators-guide.md"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def known_variables():
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_every_container_may_do_as_little_as_it_can(compose):
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory", "pids"}, name
        assert "privileged" not in service, name
        assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else []), name


def test_the_world_reaches_the_proxy_only_and_the_database_reaches_nobody(compose):
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert {name: services[name]["networks"] for name in ("database", "worker", "migrate", "operations")} == {
        name: ["inside"] for name in ("database", "worker", "migrate", "operations")
    }
    assert not set(services["proxy"]["networks"]) & set(services["web"]["networks"])


def test_secrets_come_by_files_and_images_by_number(compose):
    text = (DEPLOY / "compose.yaml").read_text()
    assert not re.findall(r"^ +(?:SECRET_KEY|FIELD_ENCRYPTION_KEYS|DATABASE_URL|POSTGRES_PASSWORD):", text, re.M)
    images = [service["image"] for service in compose["services"].values()]
    images += re.findall(r"^ARG PYTHON_IMAGE=(\S+)", DOCKERFILE, re.MULTILINE)
    assert all(re.search(r":(\d|\$\{VERSION:-local\}|.*:-.*:\d)", image) for image in images), images
    assert "latest" not in text + DOCKERFILE


def test_the_containers_are_told_nothing_that_nobody_reads(compose):
    told = set()
    for name in ("web", "web-next", "worker", "migrate", "operations"):
        told |= compose["services"][name]["environment"].keys()
    assert told <= known_variables()
    of_compose = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    assert of_compose == set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE))


def test_the_image_is_locked_has_no_compiler_and_runs_as_nobody():
    stages = dict(re.findall(r"^FROM \$\{PYTHON_IMAGE\} AS (\w+)$(.*?)(?=^FROM|\Z)", DOCKERFILE, re.M | re.S))
    assert stages.keys() == {"build", "product"}
    (installing,) = re.findall(r"pip .*install.*", stages["build"])
    assert "--require-hashes" in installing
    assert "--only-binary :all:" in installing
    assert re.findall(r"^USER (\d+):", DOCKERFILE, re.M)[0] == "10001"
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.M)[-1] == "10001:10001"
    assert not re.search(r"apt-get|gcc|build-essential", "".join(stages.values()))
    assert "HEALTHCHECK" in stages["product"]


def test_the_builder_gets_what_the_image_is_made_of_and_nothing_else():
    first, *let_in = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in ("#", "")]
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.M)
    assert first == "*"
    names = {name.removeprefix("!") for name in let_in if name.startswith("!")}
    assert names == {name for name in copied if "$" not in name} | {"requirements.txt", "requirements-screenshots.txt"}
    assert all((ROOT / name).exists() for name in names)


def test_every_command_that_is_named_is_there(compose):
    units = "".join(path.read_text() for path in UNITS)
    documents = "".join(path.read_text() for path in (GUIDE, ROOT / "docs" / "upgrading.md"))
    services = " ".join(str(service.get("command", "")) for service in compose["services"].values())
    named = set(re.findall(r"manage(?:\.py|`)?,? ([a-z_]{5,})", units + documents + services))
    assert len(named) > 10, "hardly any was found: this test would pass for nothing"
    assert named - get_commands().keys() == set()


def test_every_unit_is_closed():
    assert len(UNITS) == 5
    for path in UNITS:
        lines = path.read_text().splitlines()
        assert {"User=second-look", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= {*lines}


def test_every_variable_is_in_the_guide():
    guide = GUIDE.read_text()
    assert sorted(name for name in known_variables() if f"`{name}`" not in guide) == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="make_secrets.sh needs openssl")
def test_secrets_are_made_once_and_never_written_over(tmp_path):
    script = shutil.copy(DEPLOY / "make_secrets.sh", tmp_path)
    assert subprocess.run([script, "site.example"], capture_output=True, check=False).returncode == 0
    made = (tmp_path / "secrets" / "product.env").read_text()
    again = subprocess.run([script, "other.example"], capture_output=True, text=True, check=False)

    assert again.returncode == 1
    assert "is left as it is" in again.stderr
    assert (tmp_path / "secrets" / "product.env").read_text() == made
    values = dict(line.split("=", 1) for line in made.splitlines())
    Fernet(values["FIELD_ENCRYPTION_KEYS"]).encrypt(b"words")
    assert len(values["SECRET_KEY"]) >= 50
    assert (tmp_path / "secrets" / "database_password").read_text() in values["DATABASE_URL"]
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_a_visitor_s_address_comes_from_the_proxy_and_one_connection_has_one_visitor(tmp_path):
    """A second request of the same connection would come from nobody (gunicorn 27.0.1), and all would share a limit."""
    path = tmp_path / "web.sock"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.serving"]
    server = subprocess.Popen(
        [*command, "tests.tooling.address_wsgi"],
        cwd=ROOT,
        env={"WEB_BIND": f"unix:{path}", "WEB_PROXY_PROTOCOL": "auto", "WEB_PROCESSES": "1", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(path.exists)
        request = b"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.1\r\n\r\n"
        with closing(socket.socket(socket.AF_UNIX)) as proxy:
            proxy.connect(str(path))
            proxy.sendall(b"PROXY TCP4 203.0.113.7 0.0.0.0 0 0\r\n" + request)
            first = b"".join(iter(lambda: proxy.recv(4096), b""))
            with suppress(BrokenPipeError, ConnectionResetError):
                proxy.sendall(request)
                assert proxy.recv(4096) == b""
    finally:
        server.terminate()
        server.wait()
    assert first.endswith(b"203.0.113.7")
    assert b"connection: close" in first.lower()


def test_the_page_for_when_nobody_answers_begins_with_help_that_the_product_knows():
    page = (DEPLOY / "away.html").read_text()
    (elsewhere,) = re.findall(r'href="(https://[^"]+)"', page)
    known = (ROOT / "assessments" / "content" / "help" / "international.yaml").read_text()

    assert f"url: {elsewhere}\n" in known
    assert 0 < page.index('href="tel:') < page.index(elsewhere) < page.index("<h1>")
    assert not re.search(r"<style|style=|<script|src=", page)
