"""How long a preview of the draft takes: of stored posts, in a scratch database, in a process of its own.

The process runs in the environment of the product (`PRODUCT_PYTHON`, which the Makefile names), since that of the bench
has no database. It does what a worker does, batch by batch, and prints its figures as JSON. No post has a report that
the preview could use, so that each is read twice, by the published version and by the draft: the dearest case.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.posts import among_others, make_posts, sentences_of
from bench.settings import STANDARD_LENGTH, Settings
from bench.table import Row

ROOT = Path(__file__).resolve().parent.parent
FORETOLD = 10_000  # posts
GROUP = f"A preview of the draft over stored posts, {STANDARD_LENGTH} characters, each read twice"


def previewing(_catalogues: object, settings: Settings) -> Iterator[Row]:
    """A row for one post, and one that says what 10,000 would take: make ready, try all examples, read the posts."""
    if settings.preview_posts:
        yield from rows_of(_in_a_process(settings.preview_posts))


def rows_of(figures: Mapping[str, float]) -> Iterator[Row]:
    """The rows of what `preview` measured."""
    each = figures["posts_s"] / figures["posts"]
    yield _row(f"one post of {figures['posts']:,.0f}", each * 1_000, "ms", 1, "one post")
    foretold = figures["ready_s"] + FORETOLD * each
    yield _row(f"{FORETOLD:,} posts, examples too, as foretold by these", foretold, "s", foretold / each, "one post")


def preview(content: Mapping[str, Any], posts: int) -> dict[str, float]:
    """Preview a draft of `content` over so many new posts, in the database at hand, as a worker would.

    Returns the seconds until the first post is read (ready_s), those for the posts (posts_s), and their number (posts).
    """
    from django.contrib.auth import get_user_model

    from assessments import publishing
    from assessments.previewing import preview_batch, start_preview
    from posts.intake import submit_post

    publishing.publish(publishing.load_draft(content, by=None), by=None, note="For the bench.")
    draft = publishing.start_draft(by=None)
    texts = make_posts(among_others(sentences_of(content)), STANDARD_LENGTH, posts)
    for number, text in enumerate(texts):
        submit_post(text=text, submission=f"bench-{number}")
    begun = perf_counter()
    run = start_preview(draft, by=get_user_model().objects.create_user("bench"))
    ready = begun
    for batch in count():
        if not run.is_running:
            break
        preview_batch(run=run.pk, batch=batch)
        run.refresh_from_db()
        if not run.posts_done:
            ready = perf_counter()
    return {"ready_s": ready - begun, "posts_s": perf_counter() - ready, "posts": run.posts_done}


def _in_a_process(posts: int) -> dict[str, float]:
    python = os.environ.get("PRODUCT_PYTHON") or sys.executable
    command = [python, "-m", "bench.previewing", str(posts)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    # Django says something about the table of its cache before.
    return json.loads(done.stdout.splitlines()[-1])


def _in_this_process(posts: int) -> dict[str, float]:
    """The same in a scratch database, which is made for it and removed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.db import connection

    django.setup()
    from assessments.content_loading import read_content

    own = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{own}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return preview(read_content(), posts)
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


def _row(what: str, figure: float, unit: str, ratio: float, against: str) -> Row:
    return Row(group=GROUP, what=what, unit=unit, best=figure, median=figure, ratio=ratio, against=against)


if __name__ == "__main__":
    print(json.dumps(_in_this_process(int(sys.argv[1]))))
