"""The production web server as a process that can be killed, and a browser for it."""

import os
import re
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

# As a proxy with TLS in front would send it, and a browser behind that.
PROXY = {"X-Forwarded-Proto": "https", "Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"}
PATIENCE = 60
PRODUCT = "config.wsgi"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back. `status` 0: nothing did."""

    status: int
    seconds: float
    body: bytes = b""
    location: str = ""


class Browser:
    """One connection that is kept, as a proxy keeps it, with the cookies given."""

    def __init__(self, port, *, cookies="", csrf="", timeout=PATIENCE):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.headers = {**PROXY, "Origin": f"https://127.0.0.1:{port}"}
        if cookies:
            self.headers |= {"Cookie": cookies, "X-CSRFToken": csrf, "Referer": f"https://127.0.0.1:{port}/"}

    def get(self, path):
        """The Answer to a question."""
        return self._ask("GET", path, None, {})

    def post(self, path, **fields):
        """The Answer to a form."""
        return self._ask("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def close(self):
        """Hang up."""
        self.connection.close()

    def _ask(self, method, path, body, headers):
        began = time.monotonic()
        try:
            # A server that refuses what is too long may answer before all was sent, as a browser knows.
            with suppress(BrokenPipeError, ConnectionResetError):
                self.connection.request(method, path, body, self.headers | headers)
            answer = self.connection.getresponse()
            read = answer.read()
        except (OSError, HTTPException):
            self.connection.close()
            return Answer(status=0, seconds=time.monotonic() - began)
        return Answer(
            status=answer.status,
            seconds=time.monotonic() - began,
            body=read,
            location=re.sub(r"^https?://[^/]+", "", answer.headers.get("Location", "")),
        )


class Web:
    """`manage.py serve`, as `make serve` runs it, on a free port of loopback. Another application: gunicorn alone."""

    def __init__(self, stage, application, variables):
        self.stage, self.application, self.variables = stage, application, variables
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port = found.getsockname()[1]
        self.process = None

    def start(self):
        """Start it; it does not answer yet."""
        address = {"WEB_BIND": f"127.0.0.1:{self.port}"}
        command = ("-m", "gunicorn", "--config", "python:config.serving", self.application)
        if self.application == PRODUCT:
            command = ("manage.py", "serve")
        self.process = self.stage.process(*command, **address, **self.variables)

    def kill(self):
        """kill -9 of all its processes at once, as a machine that goes down would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def until_it_answers(self, path="/", status=200):
        """Wait until the page answers. Returns the seconds. Raises TimeoutError."""
        began = time.monotonic()
        browser = Browser(self.port, timeout=5)
        while time.monotonic() < began + PATIENCE:
            if browser.get(path).status == status:
                return time.monotonic() - began
            time.sleep(0.02)
        raise TimeoutError(f"{path} does not answer with {status}")
