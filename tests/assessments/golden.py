"""The golden record: what the engine makes of every example, as one digest, so that no change slips through unseen.

    python -m tests.assessments.golden      rewrites examples/golden.json (or the FILE named), or says why not

The engine runs over the posts in examples/*.yaml, the worked examples, and the examples and near misses of the content,
with a snapshot of the content itself (what `export_snapshot --from-content` writes). The record holds

    engine   engine.VERSION
    digest   SHA-256 of all results in canonical JSON, without the engine's version in them
    content  SHA-256 of the snapshot: the digest that commands print for it
    posts    SHA-256 of the posts that do not stand in the content
    code     SHA-256 of the engine's modules

The rule: behaviour moves, so VERSION moves. Other results from the same content and posts can only come from the
engine, so then the test asks for a new VERSION. With other content or posts, other results are no news, and the test
asks for a fresh record only. One gap would be left: changing engine and content together, and taking a fresh record of
both. So a record is not taken when the results, the code and what it was run on have all moved under one VERSION:
nobody could tell which of the two moved the results. Code that moved without moving any result needs nothing at all.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

import django
import yaml

from assessments import engine
from assessments.content_loading import read_content

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"
RECORD = EXAMPLES / "golden.json"
COMMAND = "python -m tests.assessments.golden"
INPUTS = ("content", "posts")


def present():
    """The record as it would be taken now."""
    # Here and not above: it lies beside the models, which Django must be ready for when this runs as a programme.
    from assessments.snapshots import digest_of

    snapshot = read_content() | {"version": "content"}
    written = written_posts()
    compiled = engine.compile(snapshot)
    results = [_result(post, compiled) for post in [*written, *_posts_of_content(snapshot)]]
    return {
        "engine": engine.VERSION,
        "digest": digest_of(results),
        "content": digest_of(snapshot),
        "posts": digest_of(written),
        "code": _digest_of_code(),
    }


def complaint(recorded, now):
    """What is wrong with a record, as sentences that say what to do; empty when nothing is."""
    if _same(recorded, now, "engine", "digest", *INPUTS):
        return ""
    if _same(recorded, now, "engine", *INPUTS):
        return (
            f"The engine gives other results for the same posts and content, but engine.VERSION is still "
            f"{now['engine']}. If that is not what you wanted, something broke. If it is, move VERSION in "
            f"assessments/engine/types.py and run: {COMMAND}"
        )
    moved = [name for name in ("engine", *INPUTS) if recorded.get(name) != now[name]]
    return f"The golden record is of another day (moved since: {', '.join(moved)}). Run: {COMMAND}"


def refusal(recorded, now):
    """Why the present must not be recorded over what stands there, as sentences; empty when it may be."""
    if not _same(recorded, now, "engine") or _same(recorded, now, "digest"):
        return ""
    if _same(recorded, now, *INPUTS):
        return complaint(recorded, now)
    if _same(recorded, now, "code"):
        return ""
    return (
        "The engine's code, what it is run on, and the results have all moved, so nobody can tell whether the engine "
        f"behaves as before under VERSION {now['engine']}. If it does not, move VERSION in assessments/engine/types.py "
        "and run this again. If it does, show it: set the changes of content and posts aside (git stash), run this, "
        "bring them back (git stash pop), and run this again."
    )


def recorded(path=RECORD):
    """The record in a file; an empty one when there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def take(path=RECORD):
    """Write the present into the file, unless that is refused. Returns the refusal, or an empty string."""
    now = present()
    refused = refusal(recorded(path), now)
    if not refused:
        path.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
    return refused


def written_posts(folder=EXAMPLES):
    """The posts of examples/*.yaml, file by file, and the worked examples. Raises ValueError for a file without any."""
    posts = []
    for file in [*sorted(folder.glob("*.yaml")), HERE / "worked_examples.yaml"]:
        of_file = list(posts_in(yaml.safe_load(file.read_text(encoding="utf-8"))))
        if not of_file:
            raise ValueError(f"{file.name} holds no posts: a post is an entry with a text, or a string in a list.")
        posts += of_file
    return posts


def posts_in(value):
    """Every post in what a YAML file holds, whatever its shape: entries with a `text`, and bare strings in lists."""
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        yield {name: value.get(name) or "" for name in ("text", "author_line", "country")}
    elif isinstance(value, dict):
        for part in value.values():
            yield from posts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from posts_in({"text": part} if isinstance(part, str) else part)


def _posts_of_content(snapshot):
    for entry in [*snapshot["claims"], *snapshot["signals"]]:
        yield from posts_in([*entry["examples"], *entry["near_misses"]])


def _result(post, compiled):
    result = engine.assess(post["text"], compiled, author_line=post["author_line"], country=post["country"]).to_dict()
    del result["engine"]
    return result


def _digest_of_code():
    folder = Path(engine.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _same(recorded, now, *names):
    return all(recorded.get(name) == now[name] for name in names)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(take(*map(Path, sys.argv[1:2])) or None)
