"""`manage.py evaluate`: how well the checker agrees with labelled posts, flag by flag and file by file."""

import json
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand

from assessments import engine
from assessments.evaluating import Counts, added, answers_for, names_not_scored, wilson
from assessments.management.commands.assess import forget_stdout, opened, published_or_file
from assessments.post_lines import BadLine, read_lines

ALL_FILES = "all files"
# Mistakes with these findings first: they weigh most in a report.
SERIOUSNESS = {"stop+help": 0, "stop": 1, "red": 2, "help": 3, "amber": 4, "hint": 5, "green": 6}


class Command(BaseCommand):
    help = (
        "Assesses labelled posts (JSON Lines with `expect`: {flag: true|false}; a missing key means unknown) and "
        "prints precision, recall, F1 and false-alarm rate with 95 % Wilson intervals. Shows no words of a post "
        "unless asked with --texts."
    )
    requires_system_checks = []  # as for assess

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="Files of JSON Lines; - is standard input.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of the table.")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="List the N worst mistakes of each kind.")
        parser.add_argument("--texts", action="store_true", help="With --show: print the words of these posts too.")
        parser.add_argument("--snapshot", help="Use the snapshot in this file; no database is needed.")
        parser.add_argument("--field", default="text", help="The field that holds the words (default: text).")

    def handle(self, *, files, show, snapshot, field, texts, **options):
        published = published_or_file(snapshot)
        runs = [(Path(file).name, _run(file, published, field)) for file in files]
        try:
            if options["json"]:
                self.stdout.write(json.dumps(_as_dict(runs, published, show, texts), indent=2))
            else:
                self._print(runs, published, show, texts)
        except BrokenPipeError:
            forget_stdout()

    def _print(self, runs, published, show, texts):
        self.stdout.write(f"checklist {published.version}, engine {engine.VERSION}, digest {published.digest[:12]}\n\n")
        self.stdout.write(_table(_rows(runs)))
        for name, run in runs:
            self.stdout.write(f"\n{name}: {run['posts']} posts, {run['bad_lines']} bad lines")
            for label, count in sorted(run["not_scored"].items()):
                self.stdout.write(f"  label not scored: {label} ({count})")
            for mistake in _worst(run, show):
                self.stdout.write(_mistake_line(mistake, texts))


def _run(file, published, field):
    """Assess one file. Returns its counts by name, its mistakes, and what could not be used."""
    run = {"posts": 0, "bad_lines": 0, "counts": defaultdict(Counts), "not_scored": defaultdict(int), "mistakes": []}
    with opened(file) as stream:
        for post in read_lines(stream, text_field=field):
            if isinstance(post, BadLine):
                run["bad_lines"] += 1
                continue
            run["posts"] += 1
            result = engine.assess(post.text, published.compiled, author_line=post.author_line, country=post.country)
            _count(run, post, result)
    return run


def _count(run, post, result):
    for name, expected, found in answers_for(post.expect, result):
        run["counts"][name].add(expected=expected, found=found)
        if expected != found:
            run["mistakes"].append({"name": name, "missed": expected, "post": post, "result": result})
    for name in names_not_scored(post.expect, result):
        run["not_scored"][name] += 1


def _rows(runs):
    """(flag, file, Counts) for every flag: file by file, then all files together when there are several."""
    names = sorted({name for _, run in runs for name in run["counts"]})
    rows = []
    for name in names:
        of_files = [(file, run["counts"][name]) for file, run in runs if name in run["counts"]]
        rows += [(name, file, counts) for file, counts in of_files]
        if len(of_files) > 1:
            rows.append((name, ALL_FILES, added(counts for _, counts in of_files)))
    return rows


def _table(rows):
    head = ("label", "file", "posts", "expected", "found", "both", "precision", "recall", "F1", "false alarms")
    lines = [head]
    for name, file, counts in rows:
        expected, found = counts.hits + counts.misses, counts.hits + counts.false_alarms
        lines.append(
            (
                *(name, file, str(counts.posts), str(expected), str(found), str(counts.hits)),
                _share(counts.precision, wilson(counts.hits, found)),
                _share(counts.recall, wilson(counts.hits, expected)),
                _share(counts.f1, None),
                _share(counts.false_alarm_rate, wilson(counts.false_alarms, counts.posts - expected)),
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _share(value, interval):
    """0.912 (0.86-0.95), or a dash when there was nothing to divide by."""
    if value is None:
        return "-"
    return f"{value:.3f}" + (f" ({interval[0]:.2f}-{interval[1]:.2f})" if interval else "")


def _worst(run, number):
    """The `number` worst false alarms and the `number` worst misses of each label, worst first.

    Worst false alarm: the one with the most serious counted finding. Worst miss: the one with the most words to see.
    """
    by_kind = defaultdict(list)
    for mistake in run["mistakes"]:
        by_kind[mistake["name"], mistake["missed"]].append(mistake)
    worst = []
    for (_, missed), mistakes in sorted(by_kind.items()):
        worst += sorted(mistakes, key=_most_words if missed else _most_serious)[:number]
    return worst


def _most_words(mistake):
    return -mistake["result"].words


def _most_serious(mistake):
    effects = [finding.effect for finding in mistake["result"].findings if finding.counted]
    return min((SERIOUSNESS.get(effect, 9) for effect in effects), default=9)


def _findings(mistake):
    """What was found in that post, as lines without any of its words."""
    return [
        f"{finding.signal} -> {finding.item}={finding.answer} ({finding.context}"
        + ("" if finding.counted else ", not counted")
        + ")"
        for finding in mistake["result"].findings
    ]


def _mistake_line(mistake, texts):
    kind = "missed" if mistake["missed"] else "false alarm"
    lines = [f"  {mistake['name']}, {kind}: {mistake['post'].id}"]
    lines += [f"    {line}" for line in _findings(mistake) or ["(nothing found)"]]
    if texts:
        lines.append(f"    | {' '.join(mistake['post'].text.split())}")
    return "\n".join(lines)


def _as_dict(runs, published, show, texts):
    def mistake(found):
        told = {"label": found["name"], "missed": found["missed"], "id": found["post"].id, "findings": _findings(found)}
        return told | ({"text": found["post"].text} if texts else {})

    return {
        "checklist": published.version,
        "digest": published.digest,
        "engine": engine.VERSION,
        "labels": [{"label": name, "file": file, **counts.to_dict()} for name, file, counts in _rows(runs)],
        "files": [
            {
                "file": file,
                "posts": run["posts"],
                "bad_lines": run["bad_lines"],
                "not_scored": run["not_scored"],
                **({"worst": [mistake(found) for found in _worst(run, show)]} if show else {}),
            }
            for file, run in runs
        ],
    }
