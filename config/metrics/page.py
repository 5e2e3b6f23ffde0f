"""/metrics. Closed unless METRICS_TOKEN is set, and then open to whoever has it.

Not “from this machine only”: behind a proxy every visitor comes from this machine. Without the token the answer is that
of an address that does not exist, so that nobody learns that there is something to try.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from config.metrics import counted
from config.metrics.from_database import FromDatabase

# Without `auto_describe` registering asks the database for nothing.
ASKED_NOW = CollectorRegistry(auto_describe=False)
ASKED_NOW.register(FromDatabase())


@login_not_required
@require_safe
@never_cache
def metrics(request):
    """Every figure in Prometheus's text format. Http404 without the token."""
    if not _may_read(request):
        raise Http404
    counted.note_pool()
    body = generate_latest(counted.registry()) + generate_latest(ASKED_NOW)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _may_read(request):
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return bool(settings.METRICS_TOKEN) and scheme == "Bearer" and constant_time_compare(token, settings.METRICS_TOKEN)
