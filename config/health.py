"""Two questions that machines ask of this one: are you alive, and may you be sent visitors?

Told as plain JSON, without a word about what is inside: anybody may ask. Neither redirects to HTTPS, because who asks
stands beside us (SECURE_REDIRECT_EXEMPT).
"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.models import Checklist

# A worker gives a sign of life every ten seconds; three in a row may get lost on a busy machine.
SECONDS_OF_SILENCE = 60
ALIVE = "SELECT EXISTS (SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))"

# The code of a process does not change: once nothing is missing, nothing will be.
_migrated = False


@login_not_required
@require_safe
@never_cache
def alive(request):
    """200 as long as this process answers at all. Asks nobody else, so a database that is down restarts nothing."""
    return JsonResponse({"alive": True})


@login_not_required
@require_safe
@never_cache
def ready(request):
    """200 when pages work, 503 when they do not, and what is missing.

    Without a worker pages work and jobs wait: that is told (`worker`), but it takes no page away from a reader.
    """
    found = {"database": False, "migrations": False, "checklist": False, "worker": False}
    try:
        found["migrations"] = _is_migrated()
        found["database"] = True
        # Tables may be missing before the migrations, and nothing must be asked of those.
        if found["migrations"]:
            found["checklist"] = Checklist.objects.published().exists()
            found["worker"] = _worker_lives()
    except (DatabaseError, InterfaceError):
        found["database"] = False
    is_ready = found["database"] and found["migrations"] and found["checklist"]
    return JsonResponse({"ready": is_ready, **found}, status=200 if is_ready else 503)


def _is_migrated():
    """Whether every migration of this code has been applied; asks the database in any case."""
    global _migrated
    if _migrated:
        connection.ensure_connection()
        return True
    executor = MigrationExecutor(connection)
    _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _worker_lives():
    """Whether any worker gave a sign of life lately."""
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, [SECONDS_OF_SILENCE])
        return cursor.fetchone()[0]
