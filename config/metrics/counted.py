"""What each process counts. With gunicorn all processes count into one folder (slots.py), otherwise in memory."""

import sys

import django
from django.db import connection
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector

from assessments import engine
from config.metrics import slots
from posts.happenings import listen

FOLDER = slots.folder()
if FOLDER:
    # Before any figure is made: files are named after the slot, not after the process.
    values.ValueClass = values.MultiProcessValue(process_identifier=slots.slot)

REGISTRY = CollectorRegistry()

REQUESTS = Histogram(
    "second_look_request_seconds",
    "Requests answered, and how long each took, by the name of the route, the method and the class of the status.",
    ("route", "method", "status"),
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
    registry=REGISTRY,
)
IN_PROGRESS = Gauge(
    "second_look_requests_in_progress",
    "Requests that are being answered now.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
SUBMISSIONS = Counter(
    "second_look_submissions",
    "Posts that somebody sent: accepted, already_there (the same form again), or the name of what was wrong.",
    ("outcome",),
    registry=REGISTRY,
)
ASSESSMENTS = Counter(
    "second_look_assessments", "Reports that were made, by the level of the checklist.", ("level",), registry=REGISTRY
)
ENGINE = Histogram(
    "second_look_engine_seconds",
    "How long the engine took for one post.",
    buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3),
    registry=REGISTRY,
)
LINKS = Counter(
    "second_look_link_readings",
    "Links that were read, by platform: read, or the reason why not.",
    ("provider", "outcome"),
    registry=REGISTRY,
)
POOL = Gauge(
    "second_look_pool_connections",
    "Connections to the database: open, free, and requests that wait for one.",
    ("state",),
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
BUILD = Gauge(
    "second_look_build",
    "Always 1: which engine, Django and Python run.",
    ("engine", "django", "python"),
    registry=REGISTRY,
    multiprocess_mode="max",
)
ALL = (REQUESTS, IN_PROGRESS, SUBMISSIONS, ASSESSMENTS, ENGINE, LINKS, POOL, BUILD)

BUILD.labels(engine.VERSION, django.get_version(), sys.version.split()[0]).set(1)
POOL_STATES = {"open": "pool_size", "free": "pool_available", "waiting": "requests_waiting"}


def registry():
    """Where to read what all processes of this server counted."""
    if not FOLDER:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together, path=FOLDER)
    return together


def note_pool():
    """Write down how the pool of this process is used."""
    # Without a connection Django has made no pool yet, and asking for it would.
    if connection.connection is None:
        return
    pool = connection.pool
    stats = pool.get_stats() if pool else {}
    for state, name in POOL_STATES.items():
        POOL.labels(state).set(stats.get(name, 0))


def count(name, **about):
    """Hear of something (posts/happenings.py). What is not counted is passed over."""
    if name == "submission":
        SUBMISSIONS.labels(about["outcome"]).inc()
    elif name == "link reading":
        LINKS.labels(about["provider"], about["outcome"]).inc()
    elif name == "assessment":
        ASSESSMENTS.labels(about["level"]).inc()
        ENGINE.observe(about["seconds"])


listen(count)
