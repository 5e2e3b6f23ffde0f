"""The pages as production serves them: requests, processor time and memory of one gunicorn process on one PostgreSQL.

Everything that is compared is asked for in turns, round by round, on the same server. It runs in the environment of the
product, in a process that has nothing else to do; the stage is that of tests/soak.
"""

import io
import os
import statistics
import sys
import threading
import time
from collections import defaultdict
from itertools import count, cycle
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

AT_ONCE = 8
POSTS = 40  # reports that are read in turn
LENGTH = 280
TICKS = os.sysconf("SC_CLK_TCK")
BARE = {"DJANGO_SETTINGS_MODULE": "bench.bare.settings", "WEB_PROCESSES": "1"}
MEGABYTE = 1024


class Asked:
    """What is asked for: by name a function that gives (method, path, fields). Needs Django and an open database."""

    def __init__(self, texts, keys):
        from posts.front_door import new_submission

        number, texts, keys = count(), cycle(texts), cycle(keys)

        def words():
            return {"post": f"{next(texts)} {next(number)}", "submission": new_submission()}

        self.kinds = {
            "empty": lambda: ("GET", "/bare/empty/", {}),
            "one query": lambda: ("GET", f"/bare/{next(keys)}/", {}),
            "insert": lambda: ("POST", "/bare/insert/", words()),
            "paste": lambda: ("GET", "/", {}),
            "report": lambda: ("GET", f"/reports/{next(keys)}/", {}),
            "submit": lambda: ("POST", "/", words()),
            "queue": lambda: ("GET", "/moderation/", {}),
        }


def make_ready(texts):
    """Store the reports that are read, in the database at hand. Returns (their keys, the cookies of a moderator)."""
    from assessments.assessing import submit_and_assess
    from tests.soak.staff import staff_browser

    keys = [submit_and_assess(text=text, submission=f"bench {n}").key for n, text in enumerate(texts[:POSTS])]
    return keys, staff_browser(SimpleNamespace(port=1), "mod").headers["Cookie"]


def served(here, settings, texts, keys, cookies):
    """Figures of the running server: by kind, `each` round's (requests a second, processor ms of a request); memory."""
    asked = Asked(texts, keys)
    with here.web(**BARE) as web:
        # `manage.py serve` begins gunicorn first, and gunicorn the process that answers.
        parent = _first_child(web.process.pid)
        worker = _first_child(parent)
        figures = defaultdict(list)
        # The first round is for warming up.
        for number in range(settings.page_rounds + 1):
            for name, kind in asked.kinds.items():
                found = _round(web, worker, [kind() for _ in range(settings.page_requests)], cookies, name)
                if number:
                    figures[name].append(found)
        memory = {"worker": _memory(worker), "parent": _memory(parent)}
    return {"each": figures, "memory": memory, "requests": settings.page_requests * (settings.page_rounds + 1) * 7}


def _round(web, worker, requests, cookies, name):
    from tests.soak.web import Browser

    wrong = []

    def ask(mine):
        browser = Browser(web.port, cookies=cookies if name == "queue" else "")
        for method, path, fields in mine:
            answer = browser.get(path) if method == "GET" else browser.post(path, **fields)
            if answer.status not in (200, 302):
                wrong.append(answer.status)
        browser.close()

    threads = [threading.Thread(target=ask, args=(requests[first::AT_ONCE],)) for first in range(AT_ONCE)]
    cpu, begun = _processor_seconds(worker), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, used = time.monotonic() - begun, _processor_seconds(worker) - cpu
    if wrong:
        raise RuntimeError(f"{name}: {wrong[0]}")
    return len(requests) / seconds, used * 1_000 / len(requests)


def _first_child(pid):
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def _processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid):
    """Megabytes: resident, its fair share of what is shared, and what would come back if it ended."""
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    sizes = {words[0].rstrip(":"): int(words[1]) / MEGABYTE for words in lines}
    return {"rss": sizes["Rss"], "pss": sizes["Pss"], "uss": sizes["Private_Clean"] + sizes["Private_Dirty"]}


def in_process(settings, texts, keys, cookies):
    """Processor ms of a request without any server, by kind: the best and the median round; and of the engine alone."""
    from assessments import engine, snapshots

    asked, taken = Asked(texts, keys), defaultdict(list)
    compiled = snapshots.published().compiled
    everything = {
        name: lambda kind=kind, name=name: handle(*kind(), cookies=cookies if name == "queue" else "")
        for name, kind in asked.kinds.items()
    }
    number, words = count(), cycle(texts)
    everything["engine"] = lambda: engine.assess(f"{next(words)} {next(number)}", compiled)
    for turn in range(settings.page_rounds + 1):
        for name, run in everything.items():
            begun = time.process_time()
            for _ in range(settings.page_requests_in_process):
                run()
            if turn:
                taken[name].append((time.process_time() - begun) * 1_000 / settings.page_requests_in_process)
    return {name: (min(times), statistics.median(times)) for name, times in taken.items()}


def handle(method, path, fields, *, cookies=""):
    """Let the WSGI application answer one request in this process. Raises RuntimeError when it is no page."""
    from config.wsgi import application

    body, said = urlencode(fields).encode(), []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "HTTP_COOKIE": cookies,
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if fields else "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, lambda status, headers, failure=None: said.append(status))
    b"".join(answer)
    answer.close()
    if said[0][:3] not in ("200", "302"):
        raise RuntimeError(f"{path}: {said[0]}")


def cold_starts(here, times):
    """Seconds from the start of the server to its first page, each time."""
    found = []
    for _ in range(times):
        begun = time.monotonic()
        with here.web(**BARE):
            found.append(time.monotonic() - begun)
    return found
