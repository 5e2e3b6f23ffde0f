"""Running commands: inside the test, or as a programme of its own."""

import io
import json

from django.core.management import call_command

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"  # port 1: nothing answers there


def run(*arguments, **options):
    """Run a command and return what it wrote."""
    output = io.StringIO()
    call_command(*arguments, stdout=output, **options)
    return output.getvalue()


def json_lines(text):
    return [json.loads(line) for line in text.splitlines()]
