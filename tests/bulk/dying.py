"""A programme in which `manage.py assess` dies, again and again: `python -m tests.bulk.dying FOLDER`.

The folder holds `snapshot.json` and `posts.jsonl`. Every run is a process of its own, forked from this one so that
nothing has to be started up. Prints what happened as JSON; the test looks at the files.
"""

import gc
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import django


def main(folder):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from assessments.bulk import writing

    # Often enough that something is lost with nearly every death.
    writing.COMMIT_SECONDS, writing.PARQUET_ROWS, writing.PARQUET_SECONDS = 0.01, 200, 1000
    os.chdir(folder)
    assess("first.parquet", processes=1, posts="few.jsonl")  # what is loaded here, no run needs to load
    gc.freeze()
    happened = {"killed": {}, "steps": {}}
    for number, name in enumerate(("two.jsonl", "two.parquet")):
        happened["killed"][name] = kill_until_finished(name, random.Random(number))
    for name in ("step.jsonl.gz", "step.parquet"):
        happened["steps"][name] = die_at_every_step(name)
    happened["worker"] = lose_a_worker()
    happened["poison"] = lose_every_worker()
    print(json.dumps(happened))


def assess(output, *, processes, posts="posts.jsonl", **options):
    from django.core.management import call_command

    call_command("assess", posts, snapshot="snapshot.json", output=output, processes=processes, **options)


def in_a_process(work):
    """The number of a process that does `work`, in a group of its own, and exits with 1 on a mistake."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    os.setsid()
    os.dup2(os.open("complaints.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    code = 1
    try:
        work()
        code = 0
    except Exception as error:
        print(error, file=sys.stderr)
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(child):
    """Its exit code, negative for a signal, when it and all that it had started are gone."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    while True:  # workers go by themselves when their parent is gone
        try:
            os.killpg(child, 0)
        except ProcessLookupError:
            return code
        time.sleep(0.005)


def kill_until_finished(output, chance):
    """Kill runs on two processes later and later, until one ends before. Returns how many were killed."""
    kills, patience = 0, 0.01
    while True:
        child = in_a_process(lambda: assess(output, processes=2))
        time.sleep(patience * chance.uniform(0.5, 1.5))
        os.kill(child, signal.SIGKILL)
        code = ended(child)
        if code != -signal.SIGKILL:
            return {"kills": kills, "code": code}
        kills, patience = kills + 1, patience * 1.8


def die_at_every_step(output):
    """Let a run die before its first step on the disk, the next one before its second… each time from the beginning,
    and go on once after each. Returns how many steps there were, and the contents after each: one, if all is well."""
    contents, step = set(), 0
    while True:
        step += 1
        child = in_a_process(lambda step=step: (die_before(step), assess(output, processes=1, posts="few.jsonl")))
        died = ended(child) == -signal.SIGKILL
        if died:
            code = ended(in_a_process(lambda: assess(output, processes=1, posts="few.jsonl")))
            assert code == 0 or "is there already" in Path("complaints.txt").read_text()  # it died after its last step
        contents.add(Path(output).read_bytes().hex())
        left = [path.name for path in Path().glob(f"{output}.*")]
        assert not left, left
        Path(output).unlink()
        if not died:
            return {"steps": step, "contents": sorted(contents)}


def die_before(step):
    """Kill this process before its so-manyth step that changes what is on the disk."""
    done = 0

    def dying(real):
        def call(*arguments, **options):
            nonlocal done
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return call

    os.fsync, os.replace, os.unlink = dying(os.fsync), dying(os.replace), dying(os.unlink)
    os.rmdir = dying(os.rmdir)


def lose_a_worker():
    """One worker is killed in the middle of a batch; the run goes on. Returns the exit code."""
    return ended(in_a_process(lambda: (die_with("p700", once="was-killed"), assess("lost.jsonl", processes=2))))


def lose_every_worker():
    """Whoever does a certain batch dies. Returns the exit code and the complaint."""
    code = ended(in_a_process(lambda: (die_with("p700"), assess("poison.jsonl", processes=2))))
    return {"code": code, "complaint": Path("complaints.txt").read_text()}


def die_with(post_id, once=""):
    """Let the worker that meets the post kill itself; with `once`, only until a file with this name is there."""
    from assessments.bulk.screening import Screening

    real = Screening.__call__

    def call(self, source, rows):
        if any(f'"{post_id}"'.encode() in row for row in rows) and not (once and Path(once).exists()):
            Path(once or "poison").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, source, rows)

    Screening.__call__ = call


if __name__ == "__main__":
    main(sys.argv[1])
