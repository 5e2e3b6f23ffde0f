"""Keeping the figures of an evaluation: the only writer of an EvaluationRun, and of the file that brings the first one.

A record is what is kept of a Reading, in the database or in MEASURED: the versions, the time, a note on the posts, and
counts by flag and source. Counts alone: shares and intervals follow from them, and no word or id of a post is kept.
"""

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import content_loading, engine
from assessments.evaluating import Counts
from assessments.models import EvaluationRun

# Measured for the checklist that is shipped, because the posts themselves cannot be shipped.
MEASURED = content_loading.CONTENT / "measured.json"
COUNTED = ("hits", "false_alarms", "misses", "silences")
NAMES = ("checklist_version", "digest", "engine_version", "ran_at", "note", "figures")


class MeasuringError(Exception):
    """Figures that cannot be kept. str() is the sentence for whoever ran the command."""

    sentence = ""

    def __init__(self, sentence=""):
        super().__init__(sentence or self.sentence)


class NoteMissing(MeasuringError):
    sentence = "Say with --note on which posts this was measured. Everybody can read it."


class NothingMeasured(MeasuringError):
    sentence = "No post in these files has a label that can be scored, so there is nothing to keep."


class NotARecord(MeasuringError):
    sentence = "This file does not hold the figures of an evaluation."


def record_of(reading, *, note, names=()):
    """The record of a Reading, of its first version alone. Raises NoteMissing, NothingMeasured.

    `names` are (beginning, words) pairs: a source whose name begins so is called by these words, and sources that are
    called the same count together.
    """
    if not note.strip():
        raise NoteMissing
    tally = reading.tallies[0]
    counted = defaultdict(list)
    for (label, source), counts in tally.by_source.items():
        counted[label, called(source, names)].append(counts)
    if not counted:
        raise NothingMeasured
    return {
        "checklist_version": tally.published.version,
        "digest": tally.published.digest,
        "engine_version": engine.VERSION,
        "ran_at": timezone.now().isoformat(timespec="seconds"),
        "note": note.strip(),
        "figures": [
            {"label": label, "source": source, **counts_as_dict(together)}
            for (label, source), together in sorted(counted.items())
        ],
    }


def called(source, names):
    """What readers see of a source: its words in `names`, else its name as the posts give it."""
    return next((words for beginning, words in names if source.startswith(beginning)), source)


def counts_as_dict(many):
    """The sum of several Counts as the plain numbers that are kept."""
    return {name: sum(getattr(counts, name) for counts in many) for name in COUNTED}


def store_run(*, record):
    """Keep a record as an EvaluationRun and return it. Takes no `by`: only commands call it. Raises NotARecord."""
    _check(record)
    values = record | {"ran_at": datetime.fromisoformat(record["ran_at"])}
    try:
        with transaction.atomic():
            return EvaluationRun.objects.create(**values)
    except IntegrityError as error:
        raise NotARecord from error


def write_record(record, path):
    """Write a record to a file that people can review line by line. Raises OSError."""
    figures = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in record["figures"])
    lines = [f"  {json.dumps(name)}: {json.dumps(record[name], ensure_ascii=False)}" for name in NAMES[:-1]]
    Path(path).write_text(
        "{\n" + ",\n".join([*lines, f'  "figures": [\n{figures}\n  ]']) + "\n}\n",
        encoding="utf-8",
    )


def load_measured(path=MEASURED):
    """Keep the figures that come with the software, where none are kept yet. Returns the EvaluationRun, or None.

    Raises NotARecord; a file that is not there brings nothing.
    """
    if EvaluationRun.objects.exists() or not path.exists():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise NotARecord from error
    return store_run(record=record)


def _check(record):
    """Raises NotARecord unless `record` has the fields of one, with counts in every row."""
    if not isinstance(record, dict) or record.keys() != set(NAMES) or not isinstance(record["figures"], list):
        raise NotARecord
    for row in record["figures"]:
        if not isinstance(row, dict) or row.keys() != {"label", "source", *COUNTED}:
            raise NotARecord
        if not all(type(row[name]) is int and row[name] >= 0 for name in COUNTED):
            raise NotARecord
    try:
        ran_at = datetime.fromisoformat(record["ran_at"])
    except (TypeError, ValueError) as error:
        raise NotARecord from error
    if ran_at.tzinfo is None:
        raise NotARecord


def counts_of(row):
    """The Counts of a row of figures."""
    return Counts(**{name: row[name] for name in COUNTED})
