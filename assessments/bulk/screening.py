"""What is done with a batch of rows: the engine looks at each, and what is wanted of it is made ready to write."""

import gc
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

from assessments.answering import answer
from assessments.bulk import fields, tallies
from assessments.bulk.where import parse_where
from assessments.collector import collector_off
from assessments.post_lines import BadLine

ROWS_BETWEEN_COLLECTIONS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user asked for, as plain values: they go to other machines and into the journal of a run."""

    form: str = "jsonl"
    fields: tuple[str, ...] = fields.WHOLE
    keep: tuple[str, ...] = ()
    group_by: str = ""
    where: str = ""
    country: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    input_format: str = ""  # of the inputs; "": by their endings

    @property
    def names(self):
        """The columns of the output; () when each row is a whole object."""
        return (*self.fields, *self.keep) if self.fields else ()

    @property
    def carried(self):
        """The columns of the input that are needed beside the post."""
        return tuple(dict.fromkeys((*self.keep, *((self.group_by,) if self.group_by else ()))))

    def as_json(self):
        """The same as JSON can hold it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, values):
        """What `as_json` was made of."""
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


class Done(NamedTuple):
    """What became of a batch: bytes (rows for Parquet) to write, and the counts of it (see tallies)."""

    data: bytes | list
    tally: dict


class Screening:
    """Everything that a process needs to do batches. Raises WhereError when the condition cannot be read."""

    def __init__(self, published, sources, wanted):
        self.published, self.sources, self.wanted = published, sources, wanted
        self.keeps = parse_where(wanted.where, published.snapshot) if wanted.where else None
        self.since_collection = 0

    def __call__(self, source, rows):
        """Do the rows of an input (a number among the sources) and return what is Done."""
        tally, out = tallies.nothing(), []
        for row in rows:
            record, kept = self._one(self.sources[source], row)
            keeps = self.keeps is None or self.keeps(record)
            tallies.count(tally, record, keeps=keeps, group=kept.get(self.wanted.group_by, ""))
            if keeps:
                out.append(self._chosen(record, kept))
        self._collect(len(rows))
        return Done(fields.encoded(out, self.wanted.names, self.wanted.form), tally)

    def _one(self, source, row):
        try:
            post = source.post(row)
        except BadLine as bad:
            return answer(bad, self.published), {}
        try:
            return answer(post, self.published, self.wanted.country), post.kept
        except Exception as error:  # a mistake of ours in one post of a million must not stop the others
            return {"id": post.id, "error": f"could not be assessed ({type(error).__name__})"}, {}

    def _chosen(self, record, kept):
        wanted = self.wanted
        if not wanted.fields:
            return fields.whole(record, {name: kept[name] for name in wanted.keep if name in kept}, wanted.keep)
        return fields.flat(record, kept, wanted.fields, wanted.keep)

    def _collect(self, rows):
        """Look for rubbish seldom: the collector stands still meanwhile (see collector.py)."""
        self.since_collection += rows
        if self.since_collection >= ROWS_BETWEEN_COLLECTIONS and not gc.isenabled():
            gc.collect()
            self.since_collection = 0


@contextmanager
def undisturbed():
    """The collector off, and blind to what is there, until the block ends: the compiled checklist is millions of small
    things that live as long as the process, and memory that nobody touches is shared with the workers."""
    gc.freeze()
    try:
        with collector_off():
            yield
    finally:
        gc.unfreeze()
