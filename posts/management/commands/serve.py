"""What production runs, with one command: gunicorn and a worker for its jobs. Each is a service of its own as well."""

import signal
import subprocess
import sys
import time

from django.core.management.base import BaseCommand

from posts.management.commands.run_here import worker

GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:config.serving", "config.wsgi"]
SECONDS_TO_END = 35
SECONDS_BETWEEN_WORKERS = 5


def serve():
    """Run both until the web server ends, however it ends: its exit status. A worker that dies is followed by another.

    Needs no Django that is set up: both processes do that for themselves.
    """
    web = subprocess.Popen(GUNICORN)
    # As Ctrl-C does; gunicorn finishes what it is answering.
    signal.signal(signal.SIGTERM, lambda *_: web.terminate())
    try:
        while web.poll() is None:
            with worker() as jobs:
                while web.poll() is None and jobs.poll() is None:
                    time.sleep(0.2)
            if web.poll() is None:
                time.sleep(SECONDS_BETWEEN_WORKERS)
    except KeyboardInterrupt:
        web.terminate()
    return web.wait(SECONDS_TO_END)


class Command(BaseCommand):
    """`python manage.py serve`; WEB_BIND, WEB_PROCESSES and WEB_THREADS say where and how (config/serving.py).

    manage.py itself calls `serve` when nothing else is asked: setting Django up here too would keep readers waiting for
    a second more after a crash.
    """

    help = "Serve in production, with a worker beside the web server. Ctrl-C or SIGTERM ends both."
    # `manage.py check --deploy` is for before; here they would keep readers waiting after a crash.
    requires_system_checks = ()

    def handle(self, **options):
        """Serve until it ends."""
        if status := serve():
            sys.exit(status)
