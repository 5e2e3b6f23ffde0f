"""What the Mozilla HTTP Observatory says about the headers of the product, as production sends them, behind TLS.

It needs more than the other soaks: the scanner is a package of npm. OBSERVATORY names the folder that it is in:

    npm install --ignore-scripts --prefix /tmp/observatory @mdn/mdn-http-observatory@1.4.8
    OBSERVATORY=/tmp/observatory python -m tests.soak observatory

`--ignore-scripts`: its script after installing fetches the list of names that browsers know to have HTTPS only. Without
it no name is on that list, which is so for ours.
"""

import json
import os
import socket
import ssl
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import trustme

from tests.soak.table import Line, told

GRADE, SCORE = "A+", 110
TLS_BEGINS = b"\x16"
# What a proxy says for itself, and does not pass on.
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "server", "date"}


def run(here, scaled):
    """The Lines: grade and score of the first page, and what lost points."""
    scanner = Path(os.environ.get("OBSERVATORY") or "nowhere") / "node_modules" / "@mdn" / "mdn-http-observatory"
    if not scanner.is_dir():
        raise SystemExit(f"OBSERVATORY does not name a folder with the scanner.\n{__doc__}")
    known = scanner / "conf" / "hsts-preload.json"
    if not known.exists():
        known.write_text("{}")
    with here.web(ALLOWED_HOSTS="localhost,127.0.0.1") as web, tls_in_front_of(web.port) as (port, certificate):
        found = _scan(scanner, f"localhost:{port}", certificate)
    scan = found["scan"]
    yield Line(what="grade", found=scan["grade"], must=GRADE, kept=scan["grade"] == GRADE)
    yield Line(what="score", found=str(scan["score"]), must=f">= {SCORE}", kept=scan["score"] >= SCORE)
    yield told("tests passed", f"{scan['testsPassed']} of {scan['testsQuantity']}")
    for name, test in found["tests"].items():
        if test["scoreModifier"]:
            yield told(f"  {name}: {test['result']}", f"{test['scoreModifier']:+}")


def _scan(scanner, host, certificate):
    """The scanner's answer, as it prints it."""
    command = ["node", str(scanner / "src" / "scan.js"), host]
    environment = os.environ | {"NODE_EXTRA_CA_CERTS": certificate}
    return json.loads(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


@contextmanager
def tls_in_front_of(port):
    """(its own port, the file with the certificate to trust) of a proxy: TLS in front, and from plain HTTP to it."""
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    with tempfile.NamedTemporaryFile(suffix=".pem") as certificate, _Proxy(("127.0.0.1", 0), _Passing) as proxy:
        certificate.write(authority.cert_pem.bytes())
        certificate.flush()
        proxy.tls, proxy.behind = tls, port
        thread = Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        yield proxy.server_address[1], certificate.name
        proxy.shutdown()
        thread.join()


class _Proxy(ThreadingHTTPServer):
    """Both protocols on one port, because the scanner is told only one."""

    daemon_threads = True

    def finish_request(self, request, client_address):
        with suppress(OSError):
            if request.recv(1, socket.MSG_PEEK) == TLS_BEGINS:
                request = self.tls.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)


class _Passing(BaseHTTPRequestHandler):
    def do_GET(self):
        """Pass it on as a proxy does, or lead from plain HTTP to TLS."""
        if not isinstance(self.request, ssl.SSLSocket):
            self.send_response_only(301)
            self.send_header("Location", f"https://{self.headers['Host']}{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        behind = HTTPConnection("127.0.0.1", self.server.behind)
        behind.request(self.command, self.path, headers={**self.headers, "X-Forwarded-Proto": "https"})
        answer = behind.getresponse()
        body = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        behind.close()

    do_OPTIONS = do_HEAD = do_GET

    def log_message(self, *_):
        """Nothing: the table is what is said."""
