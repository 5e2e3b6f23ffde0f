"""`manage.py check_content`: is the content right, and does the engine find what it should? Needs no database."""

import json
from difflib import get_close_matches
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments import engine, trying
from assessments.content_loading import CONTENT, ContentError, read_content, read_help, read_pages

GROUPS = ("claims", "harm", "generality", "author", "practice")
COLUMNS = (
    "",
    "entries",
    "patterns",
    "without example",
    "examples found",
    "found, do not count",
    "near misses that count",
)
ROW = "{:<12}{:>9}{:>10}{:>17}{:>20}{:>21}{:>24}"


class Command(BaseCommand):
    help = (
        "Checks the YAML in assessments/content, then tries every example and near miss of claims and signals on the "
        "engine. Exit code 1 when the content has mistakes."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--failures", action="store_true", help="List every text that did not come out as it should."
        )
        parser.add_argument(
            "--only", metavar="KEY", default="", help="Try one claim or signal and show every text of it."
        )
        parser.add_argument("--text", metavar="POST", help="Show everything that is found in this text, and stop.")
        parser.add_argument("--json", action="store_true", help="Write the results as JSON.")
        parser.add_argument("--folder", type=Path, default=CONTENT, help="Another folder with content.")

    def handle(self, *, failures, only, text, json, folder, **options):
        content, compiled = self._ready(folder, as_json=json)
        if text is not None:
            self._show_findings(text, engine.assess(text, compiled), as_json=json)
            return
        if only:
            _must_exist(only, content)
        results = list(trying.trials(content, compiled, only=only))
        if json:
            self._write_json({"mistakes": [], "trials": [trial.to_dict() for trial in results]})
            return
        if only:
            self._show_trials(results, everything=True)
            return
        self._show_table(content, results)
        if failures:
            self._show_trials([trial for trial in results if not trial.good], everything=False)

    def _ready(self, folder, *, as_json):
        """The content, and the engine made ready with it. Raises CommandError with every mistake."""
        problems = []
        content = compiled = None
        try:
            content = read_content(folder)
            compiled = engine.compile(content)
        except ContentError as error:
            problems += [str(problem) for problem in error.problems]
        except engine.PatternError as error:
            problems.append(str(error))
        try:
            read_help(folder / "help")
        except ContentError as error:
            problems += [f"help/{problem}" for problem in error.problems]
        try:
            read_pages(folder)
        except ContentError as error:
            problems += [f"pages/{problem}" for problem in error.problems]
        if problems and as_json:
            self._write_json({"mistakes": problems, "trials": []})
        if problems:
            count = "one mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
            raise CommandError("\n".join([f"The content has {count}:", *problems]))
        return content, compiled

    def _show_table(self, content, results):
        sizes = [f"{len(value)} {name.replace('_', ' ')}" for name, value in content.items() if isinstance(value, list)]
        self.stdout.write(f"No mistakes in the content: {', '.join(sizes)}.\n\n")
        self.stdout.write(ROW.format(*COLUMNS))
        for group in GROUPS:
            self.stdout.write(_row(group, [trial for trial in results if trial.group == group]))
        self.stdout.write(_row("all", results))
        untried = [signal["key"] for signal in content["signals"] if not trying.is_triable(signal)]
        if untried:
            self.stdout.write(
                f"\nNot tried, because they look for what is missing in longer posts: {', '.join(untried)}."
            )

    def _show_trials(self, results, *, everything):
        for trial in results:
            self.stdout.write(f"\n{trial.key} ({trial.group}, {trial.patterns} patterns)")
            for written in trial.untried:
                self._line(False, "pattern", "no example fires it", written)
            for attempt in trial.examples:
                good = attempt.found and attempt.counted
                if everything or not good:
                    self._line(good, "example", _outcome(attempt), attempt.text)
            for attempt in trial.near_misses:
                if everything or attempt.counted:
                    self._line(not attempt.counted, "near miss", _outcome(attempt), attempt.text)

    def _line(self, good, kind, outcome, text):
        style = self.style.SUCCESS if good else self.style.ERROR
        self.stdout.write(style(f"  {'ok ' if good else 'NO '} {kind:<10}{outcome:<32}") + text)

    def _show_findings(self, text, result, *, as_json):
        if as_json:
            self._write_json(result.to_dict())
            return
        self.stdout.write(
            f"level {result.level} · crisis help: {'yes' if result.crisis else 'no'} · {result.words} words"
        )
        for finding in result.findings:
            words = " … ".join(text[start:end] for start, end in finding.spans) or "(nothing in the text)"
            verdict = "counts" if finding.counted else "does not count"
            gives = f"{finding.item} = {finding.answer}, {finding.effect}" if finding.item else "sets nothing"
            self.stdout.write(f"  {finding.signal}: “{words}” · {gives} · {finding.context.value}, {verdict}")
        if not result.findings:
            self.stdout.write("  Nothing was found.")
        for step in result.trace:
            self.stdout.write(f"    {step}")

    def _write_json(self, value):
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))


def _must_exist(key, content):
    entries = {entry["key"]: entry for name in ("claims", "signals") for entry in content[name]}
    if key not in entries:
        near = get_close_matches(key, entries, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise CommandError(f"There is no claim or signal called “{key}”.{hint}")
    if not trying.is_triable(entries[key]):
        raise CommandError(
            f"“{key}” looks for what is missing in longer posts with advice; short texts cannot show it."
        )


def _row(name, results):
    examples = sum(len(trial.examples) for trial in results)
    found = examples - sum(len(trial.missed) for trial in results)
    near_misses = sum(len(trial.near_misses) for trial in results)
    return ROW.format(
        name,
        len(results),
        sum(trial.patterns for trial in results),
        sum(len(trial.untried) for trial in results),
        f"{found} of {examples}",
        sum(len(trial.uncounted) for trial in results),
        f"{sum(len(trial.wrong) for trial in results)} of {near_misses}",
    )


def _outcome(attempt):
    if not attempt.found:
        return "not found"
    return f"{'counts' if attempt.counted else 'does not count'} ({', '.join(attempt.contexts)})"
