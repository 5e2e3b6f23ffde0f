"""The development server and a worker for its jobs, with one command and one Ctrl-C."""

import os
import subprocess
import sys
from contextlib import contextmanager

from django.core.management import call_command
from django.core.management.base import BaseCommand

SECONDS_TO_END = 10


class Command(BaseCommand):
    """`python manage.py run_here 127.0.0.1:8000`"""

    help = "Serve on your own machine, with a worker beside it that runs the jobs. Ctrl-C ends both."

    def add_arguments(self, parser):
        """Where to serve, as runserver takes it."""
        parser.add_argument("addrport", nargs="?", default="127.0.0.1:8000")

    def handle(self, *, addrport, **options):
        """Run both until the server ends, however it ends."""
        # runserver starts this command once more inside itself, and again whenever a file changes.
        if "RUN_MAIN" in os.environ:
            call_command("runserver", addrport)
            return
        with worker():
            call_command("runserver", addrport)


@contextmanager
def worker():
    """A worker in a process of its own, gone on leaving: it is asked to end after its job, and soon made to."""
    process = subprocess.Popen([sys.executable, sys.argv[0], "procrastinate", "worker"])
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
