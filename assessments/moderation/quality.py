"""How good each question and signal of the checklist is, as people see it: for whoever edits it. Pure queries.

Firing and votes are counted over the posts that are kept now; what people decided reaches as far back as there are
decisions. Practice cases are not among them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from assessments.evaluating import Share
from assessments.models import Decision, Finding
from assessments.moderation.models import CaseState, Ruling, Vote

KINDS = ("item", "signal")
MOST_EXAMPLES = 3
NO_SHARE = Share(part=0, whole=0)
NO_VOTES = {"wrong": 0, "hard": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """One question or signal. `agreed` are verdicts on single findings, `overturned` decisions about whole cases.

    `examples` are keys of cases in which it was overturned, the newest first.
    """

    key: str
    fired: int
    counted: int
    agreed: Share
    overturned: Share
    wrong: int
    hard: int
    examples: tuple[str, ...]


COLUMNS = {
    "key": lambda row: row.key,
    "fired": lambda row: row.fired,
    "counted": lambda row: row.counted,
    "agreed": lambda row: -1 if row.agreed.share is None else row.agreed.share,
    # By the low end of the interval: one of one is no proof.
    "overturned": lambda row: (row.overturned.low or 0, row.overturned.part),
    "wrong": lambda row: row.wrong,
    "hard": lambda row: row.hard,
}


def quality(kind, *, version=None, sort="-overturned"):
    """A Quality for every item or signal (`kind`, one of KINDS) that fired, was judged or voted on, in order of `sort`:
    a key of COLUMNS, with "-" before it from the most. `version` is of the checklist; all of them without it. Three
    queries."""
    fired = _fired(kind, version)
    agreed, overturned, examples = _judged(kind, version)
    votes = _votes(version) if kind == "item" else {}
    keys = {*fired, *agreed, *overturned, *votes}
    rows = [
        Quality(
            key=key,
            fired=fired.get(key, (0, 0))[0],
            counted=fired.get(key, (0, 0))[1],
            agreed=agreed.get(key, NO_SHARE),
            overturned=overturned.get(key, NO_SHARE),
            wrong=votes.get(key, NO_VOTES)["wrong"],
            hard=votes.get(key, NO_VOTES)["hard"],
            examples=tuple(examples.get(key, ())),
        )
        for key in sorted(keys)
    ]
    column = COLUMNS.get(sort.removeprefix("-"), COLUMNS["overturned"])
    return sorted(rows, key=column, reverse=sort.startswith("-") or sort not in COLUMNS)


def versions():
    """The versions that anything is known about, the newest first."""
    of_rulings = Ruling.objects.exclude(checklist_version=None).order_by().values_list("checklist_version")
    of_findings = Finding.objects.order_by().values_list("assessment__checklist_version")
    return sorted({version for (version,) in of_rulings.union(of_findings)}, reverse=True)


def _fired(kind, version):
    """{key: (how often it fired, how often it counted)}."""
    findings = Finding.objects.exclude(assessment__post__case_membership__case__state=CaseState.GOLDEN)
    if version is not None:
        findings = findings.filter(assessment__checklist_version=version)
    rows = findings.order_by().values_list(kind)
    return {
        key: (fired, counted)
        for key, fired, counted in rows.annotate(fired=Count("pk"), counted=Count("pk", filter=Q(counted=True)))
    }


def _judged(kind, version):
    """({key: Share of verdicts that agree}, {key: Share overturned}, {key: keys of cases})."""
    rulings = Ruling.objects.final()
    if version is not None:
        rulings = rulings.filter(checklist_version=version)
    verdicts, counted, against, examples = defaultdict(Counter), Counter(), Counter(), defaultdict(list)
    rows = rulings.order_by("-created_at").values_list("counted", "decision", "overturned", "verdicts", "case__key")
    for pairs, decision, items, said, case in rows.iterator(chunk_size=5_000):
        for verdict in said:
            if kind in verdict:
                verdicts[verdict[kind]][bool(verdict.get("agrees"))] += 1
        taken_out = {item for item, _ in pairs} if decision == Decision.WITHDRAWN else set(items)
        counted.update({_of(kind, pair) for pair in pairs})
        for key in {_of(kind, pair) for pair in pairs if pair[0] in taken_out}:
            against[key] += 1
            if len(examples[key]) < MOST_EXAMPLES:
                examples[key].append(case)
    agreed = {key: Share(part=said[True], whole=said.total()) for key, said in verdicts.items()}
    return agreed, {key: Share(part=against[key], whole=whole) for key, whole in counted.items()}, examples


def _of(kind, pair):
    return pair[KINDS.index(kind)]


def _votes(version):
    """{item: how many readers found it hard and wrong}."""
    votes = Vote.objects.all() if version is None else Vote.objects.filter(assessment__checklist_version=version)
    return {row["item"]: row for row in votes.by_question()}
