"""What the database knows, asked when somebody looks: three queries, however much there is.

They read what waits (cases, jobs), not what was ever there.
"""

from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, Min, Q
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from assessments.moderation.models import Band, Case

JOBS = """
SELECT job.task_name,
    count(*) FILTER (WHERE job.status = 'todo'),
    count(*) FILTER (WHERE job.status = 'failed'),
    coalesce(extract(epoch FROM now() - min(greatest(event.at, job.scheduled_at))
        FILTER (WHERE job.status = 'todo')), 0)
FROM procrastinate_jobs job
LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
WHERE job.status IN ('todo', 'failed')
GROUP BY job.task_name ORDER BY job.task_name
"""
# One row. Ages in seconds; nothing of the kind is no figure at all, but for what should be nothing: that is 0.
HOUSE = """
SELECT
    (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers),
    (SELECT version FROM assessments_checklist WHERE status = 'published'),
    (SELECT coalesce(extract(epoch FROM now() - min(expires_at)), 0) FROM posts_post WHERE expires_at <= now()),
    (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM assessments_assessment
        WHERE needs_review AND taken_up_at IS NULL)
"""


class Figure(NamedTuple):
    """One figure: its name, what it says, and its labels."""

    name: str
    help: str
    labels: tuple[str, ...] = ()


UP = Figure("second_look_database_up", "1 when the database answered, 0 when it did not; then the rest is missing.")
CASES = Figure("second_look_cases_waiting", "Cases that moderators still have to read, by band.", ("band",))
LATE = Figure("second_look_cases_overdue", "Those of them that wait longer than their clock allows.", ("band",))
OLDEST_CASE = Figure("second_look_cases_oldest_seconds", "How long the oldest of them waits.", ("band",))
JOBS_WAITING = Figure("second_look_jobs_waiting", "Jobs that no worker has begun.", ("job",))
JOBS_FAILED = Figure("second_look_jobs_failed", "Jobs that were given up, kept for a week.", ("job",))
OLDEST_JOB = Figure("second_look_jobs_oldest_seconds", "For how long the oldest waiting job could have run.", ("job",))
WORKER = Figure("second_look_worker_silent_seconds", "Since the last sign of life of any worker. Missing: never one.")
CHECKLIST = Figure("second_look_checklist_version", "Version that is published. Missing: none.")
RETENTION = Figure("second_look_expired_post_seconds", "How long a post is there that should be gone; 0: none.")
NOT_TAKEN_UP = Figure(
    "second_look_not_taken_up_seconds", "How long the oldest report waits to become a case; 0: none waits."
)
OF_CASES, OF_JOBS = (CASES, LATE, OLDEST_CASE), (JOBS_WAITING, JOBS_FAILED, OLDEST_JOB)
OF_HOUSE = (WORKER, CHECKLIST, RETENTION, NOT_TAKEN_UP)
ALL = (UP, *OF_CASES, *OF_JOBS, *OF_HOUSE)


class FromDatabase:
    """A collector of prometheus_client."""

    def collect(self):
        """Every figure that there is now. Never raises because of the database: UP says so."""
        try:
            rows = {OF_CASES: _cases(), OF_JOBS: _rows(JOBS), OF_HOUSE: _rows(HOUSE)}
        except (DatabaseError, InterfaceError):
            yield GaugeMetricFamily(UP.name, UP.help, value=0)
            return
        yield GaugeMetricFamily(UP.name, UP.help, value=1)
        for figures in (OF_CASES, OF_JOBS):
            for number, figure in enumerate(figures, 1):
                family = GaugeMetricFamily(figure.name, figure.help, labels=figure.labels)
                for row in rows[figures]:
                    family.add_metric([row[0]], float(row[number]))
                yield family
        for figure, value in zip(OF_HOUSE, rows[OF_HOUSE][0], strict=True):
            if value is not None:
                yield GaugeMetricFamily(figure.name, figure.help, value=float(value))


def _cases():
    """[(name of the band, waiting, late, seconds of the oldest)], every band."""
    now = timezone.now()
    found = {
        row["band"]: row
        for row in Case.objects.waiting()
        .order_by()
        .values("band")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)), oldest=Min("opened_at"))
    }
    return [
        (band.name.lower(), row["number"], row["late"], (now - row["oldest"]).total_seconds())
        if (row := found.get(band))
        else (band.name.lower(), 0, 0, 0)
        for band in Band
    ]


def _rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
