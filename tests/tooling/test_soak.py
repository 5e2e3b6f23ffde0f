"""The soaks' own tables, and the server that they and production run."""

import gc
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.test import Client

from tests.soak.table import as_text, at_most, none_of, percentile, told
from tests.soak.web import Browser
from tests.workers import environment, until


def test_a_promise_is_broken_by_one_that_was_lost_and_by_a_moment_too_long():
    assert none_of("lost", 0).kept
    assert not none_of("lost", 1).kept
    assert at_most("recovery", 5.0, 5).kept
    assert not at_most("recovery", 5.01, 5).kept


def test_the_table_says_which_promise_was_broken_and_nothing_of_what_was_only_told():
    lines = as_text([told("posts", 1200), none_of("lost", 0), none_of("doubled", 2)]).splitlines()[2:]

    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in lines] == [
        ["posts", "1,200", "", ""],
        ["lost", "0", "0", "kept"],
        ["doubled", "2", "0", "BROKEN"],
    ]


@pytest.mark.parametrize(("share", "found"), [(0.5, 50), (0.99, 99), (1, 100), (0.001, 1)])
def test_a_percentile_is_a_time_that_was_measured(share, found):
    assert percentile(list(range(100, 0, -1)), share) == found
    assert percentile([], share) == 0


@pytest.fixture
def serving():
    """gunicorn's settings. Reading them switches the collector off until the server has started."""
    from config import serving

    gc.enable()
    return serving


def test_every_thread_has_a_connection_and_more_time_than_what_it_waits_for(serving):
    assert f"DATABASE_POOL_MAX_SIZE={serving.threads + 1}" in serving.raw_env
    assert serving.timeout > settings.SCREENSHOT_SECONDS
    assert serving.accesslog is None


@pytest.fixture
def gunicorn(transactional_db, tmp_path):
    """(port, a function that ends it and gives what it wrote) of one process as in production."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    about = {
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_HTTPS_PROXY": "1",
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_PROCESSES": "1",
    }
    files = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(files, cwd=settings.BASE_DIR, env=environment() | about, check=True)
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.serving", "config.wsgi"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment() | about, stdout=log, stderr=log, start_new_session=True
        )

    def ended():
        process.terminate()
        assert process.wait() == 0
        return (tmp_path / "log").read_text()

    try:
        with closing(Browser(port)) as browser:
            until(lambda: process.poll() is not None or browser.get("/healthz").status == 200)
        yield port, ended
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_the_server_says_nothing_of_who_asked_for_what(gunicorn):
    port, ended = gunicorn
    key = "a-key-that-is-secret"
    with closing(Browser(port)) as browser:
        assert browser.get(f"/reports/{key}/").status == 410
    with socket.create_connection(("127.0.0.1", port)) as broken:
        broken.sendall(f"GET /reports/{key}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nbroken {key}\r\n\r\n".encode())
        assert b" 400 " in broken.recv(4096)
    log = ended()

    assert "Listening at" in log, "the control: it does write a log"
    assert key not in log
    assert "127.0.0.1" not in log


def test_what_is_far_too_long_is_answered_with_a_sentence_and_not_with_a_broken_line(gunicorn):
    port, _ = gunicorn
    with closing(Browser(port)) as browser:
        answer = browser.post("/", post="a" * 3_000_000)

    assert answer.status == 413


def test_the_probes_are_answered_without_https_and_a_page_is_not(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/").status_code == 301
