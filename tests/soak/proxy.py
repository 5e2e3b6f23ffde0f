"""The proxy of deploy/Caddyfile in front: whose address arrives, an upgrade while people read, nobody behind it.

CADDY=/path/to/caddy names Caddy 2.7 or newer; 127.0.0.2 and its like stand for visitors, so this needs Linux.
"""

import itertools
import os
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

from posts.front_door import new_submission
from tests.soak.stage import ROOT
from tests.soak.table import Line, none_of, told

UPGRADES = 5
LIMIT = 3
HTTP, HTTPS, ALIVE = 18080, 18443, 12020
ORIGIN = f"https://localhost:{HTTPS}"
WORDS = "Running cures depression, honestly. You should all go for a run every morning, I told {number} people so."
SECRET_PATH = "/reports/nobody-may-read-this/"
SECONDS_TO_START = 90
_numbers = itertools.count()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; `status` is the name of an error when nothing did."""

    status: object
    body: bytes = b""


def ask(visitor, path, fields=None):
    """An Answer to a visitor with this address, who claims to have others."""
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection("localhost", HTTPS, timeout=90, context=unchecked, source_address=(visitor, 0))
    forged = f"203.0.113.{next(_numbers) % 250}"
    headers = {"X-Forwarded-For": forged, "X-Real-IP": forged, "Forwarded": f"for={forged}", "Origin": ORIGIN}
    if fields:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request("POST" if fields else "GET", path, urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        return Answer(status=answer.status, body=answer.read())
    except (OSError, HTTPException) as error:
        return Answer(status=type(error).__name__)
    finally:
        connection.close()


def paste(visitor):
    """The status of a post."""
    return ask(
        visitor, "/", {"post": WORDS.format(number=next(_numbers)), "submission": new_submission(), "country": ""}
    ).status


@contextmanager
def caddy(folder):
    """The proxy; ended on leaving. Yields the path of its log."""
    program = os.environ.get("CADDY") or shutil.which("caddy")
    log = folder / "caddy.log"
    variables = {
        "XDG_DATA_HOME": str(folder),
        "DOMAIN": "localhost",
        "HTTP_PORT": str(HTTP),
        "HTTPS_PORT": str(HTTPS),
        "ALIVE_PORT": str(ALIVE),
        "WEB_SOCKET": f"unix/{folder}/web.sock",
        "NEXT_SOCKET": f"unix/{folder}/next.sock",
        "AWAY": str(ROOT / "deploy"),
    }
    command = [program, "run", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=os.environ | variables, stdout=said, stderr=said)
        try:
            yield log
        finally:
            process.terminate()
            process.wait()


def start(here, folder, name):
    """A web server on a socket of this name; returns when it takes connections."""
    process = here.process(
        "-m",
        "gunicorn",
        "--config",
        "python:config.serving",
        "config.wsgi",
        ALLOWED_HOSTS="localhost",
        WEB_BIND=f"unix:{folder}/{name}.sock",
        WEB_PROXY_PROTOCOL="auto",
        WEB_PROCESSES="1",
        RATE_LIMIT_PER_ADDRESS=str(LIMIT),
    )
    until = time.monotonic() + SECONDS_TO_START
    while not (folder / f"{name}.sock").exists():
        if time.monotonic() > until:
            raise TimeoutError("The web server does not start.")
        time.sleep(0.1)
    return process


def stop(process):
    """As systemd and Docker do it."""
    process.terminate()
    process.wait()


@contextmanager
def visitors(seen):
    """Two who read and two who paste, each post from another address, until leaving. `seen` counts statuses."""
    over = threading.Event()

    def read(number):
        while not over.is_set():
            seen[ask(f"127.0.1.{number}", "/help/").status] += 1

    def send(number):
        for last in itertools.cycle(range(1, 255)):
            if over.is_set():
                return
            seen[paste(f"127.{number}.{next(_numbers) % 250 + 1}.{last}")] += 1

    threads = [threading.Thread(target=kind, args=(number,)) for kind in (read, send) for number in (1, 2)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def run(here, scaled):
    """The Lines."""
    folder = Path(tempfile.mkdtemp(prefix="proxy-", dir="/tmp"))
    web, seen, upgrades = None, Counter(), scaled(UPGRADES)
    try:
        with caddy(folder) as log:
            web = start(here, folder, "web")
            ask("127.0.0.9", "/")
            one, other = ([paste(visitor) for _ in range(LIMIT + 1)] for visitor in ("127.0.0.2", "127.0.0.3"))
            with visitors(seen):
                for _ in range(upgrades):
                    following = start(here, folder, "next")
                    # Caddy looks for it only when the first is gone; a moment for its first page.
                    time.sleep(5)
                    stop(web)
                    web = start(here, folder, "web")
                    time.sleep(5)
                    stop(following)
                    time.sleep(2)
            stop(web)
            away = ask("127.0.0.9", SECRET_PATH)
            said = log.read_text()
    finally:
        if web and web.poll() is None:
            stop(web)
        shutil.rmtree(folder, ignore_errors=True)
    limited = [302] * LIMIT + [429]
    return [
        Line(what="posts of one visitor", found=str(one), must=str(limited), kept=one == limited),
        Line(what="and of the next one", found=str(other), must=str(limited), kept=other == limited),
        told("upgrades, with a second web server", upgrades),
        told("pages and posts meanwhile", f"{seen[200]} and {seen[302]}"),
        none_of("errors among them", sum(seen.values()) - seen[200] - seen[302]),
        Line(
            what="with nobody behind it",
            found=f"{away.status}, crisis help first" if b"tel:" in away.body else str(away.status),
            must="502, crisis help first",
            kept=away.status == 502 and b"tel:" in away.body,
        ),
        none_of("addresses in the proxy's log", said.count("127.0.0.9") + said.count(SECRET_PATH)),
    ]
