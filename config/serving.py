"""gunicorn's settings for production: `gunicorn --config python:config.serving config.wsgi` (`make serve`).

Why gunicorn with threads, and these numbers: docs/serving.md.
"""

import gc
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Thread

from dotenv import load_dotenv

from config.metrics import slots

# All that importing makes stays: the collector, which would look through it again and again, costs a start a fifth of a
# second. `when_ready` lets it work again.
gc.disable()
# gunicorn reads this before Django reads its settings.
load_dotenv(Path(__file__).resolve().parent.parent / ".env", override=False)
_threads = int(os.environ.get("WEB_THREADS") or 8)

# Several, comma-separated: a socket for the proxy, say, and a port for a probe.
bind = (os.environ.get("WEB_BIND") or "127.0.0.1:8000").split(",")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES") or os.cpu_count() or 1)
threads = _threads
# A thread that waits for a connection of the pool would be a thread too many: the pool has one for each.
# And one for the thread that compiles the checklist, while eight posts may already wait for it.
raw_env = [f"DATABASE_POOL_MAX_SIZE={max(_threads + 1, int(os.environ.get('DATABASE_POOL_MAX_SIZE') or 0))}"]
# Import once and share: what all processes only read is in memory once. A new version of the code is a new start.
preload_app = True

# Nothing here works as long as that: a link is given up after 6 s, a statement after 15, a screenshot after 25.
timeout = 40
graceful_timeout = 30
# A leak would not live for ever. Not all processes at the same time.
max_requests = 20_000
max_requests_jitter = 4_000

# The sign of life is a file that is touched: in memory, because a full disk must not look like a dead process.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()  # nosec B108
# Beside it the processes put their figures together (config/metrics/slots.py).
raw_env.append(f"{slots.PLACE}={worker_tmp_dir}")
# The rate limit counts by the visitor's address, which a header could claim. A proxy that speaks the PROXY protocol
# (HAProxy, Caddy) tells it outside the request: WEB_PROXY_PROTOCOL=auto, and only from beside us is it believed.
proxy_protocol = os.environ.get("WEB_PROXY_PROTOCOL") or "off"
proxy_allow_ips = "127.0.0.1,::1"
# Longer than a proxy keeps an idle connection, so that it is never ours that closes one while a request is on its way.
# With the PROXY protocol one request for each connection: gunicorn forgets the address after the first (27.0.1), and
# all that follow would seem to come from nobody.
keepalive = 75 if proxy_protocol == "off" else 0
# No door but the one for requests.
control_socket_disable = True

# Addresses of reports are secret and visitors leave no trace: no access log; what gunicorn says of itself goes through
# the formatter that lets no address and no text of a request out.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"allowed_fields": {"()": "config.log_lines.AllowedFieldsFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "allowed_fields"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}


def on_exit(server):
    """Leave nothing behind."""
    slots.remove_folder()


def when_ready(server):
    """Before the first process is made: have the pages and the checklist ready, so that all share them.

    A start after a crash takes what the one before has kept, and pages are back a second sooner.
    """
    # What fails here fails again in a process, where somebody is told.
    with suppress(Exception):
        _get_ready()
    # What is there now stays: the collector need not touch it, which would copy its pages into each process.
    gc.collect()
    gc.freeze()
    gc.enable()


def _get_ready():
    from django.urls import get_resolver

    from assessments import reference, snapshots
    from posts.connections import let_go

    # The pages' own modules, which Django would import with the first request of each process.
    _ = get_resolver().url_patterns
    try:
        if not snapshots.recall():
            snapshots.published()
            snapshots.remember_for_next_time()
        reference.reference_for(snapshots.published_digest())
    finally:
        # No connection and no thread of a pool may be inherited.
        let_go()


def post_worker_init(worker):
    """What the parent could not (a database that was away, a new version since) is done while the first pages are
    answered: otherwise the first post of a process waits for it."""
    Thread(target=_compile, daemon=True).start()


def _compile():
    # Only here is Django set up.
    from django.db import connection

    from assessments import snapshots

    # A database that is down, say: then the first post compiles, and says what is wrong.
    with suppress(Exception):
        snapshots.published()
    connection.close()


def worker_exit(server, worker):
    """Close the pool while its threads still run: Python 3.13 waits for them in vain, five seconds for each, after."""
    from posts.connections import let_go

    let_go()
