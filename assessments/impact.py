"""What another version of the checklist changes about many posts, counted. Pure.

Figures are plain dictionaries, because they are kept as JSON between batches:

    {"levels": {"": {before: {after: [count, [posts]]}}}, "items": {key: {…}}, "flags": {name: {…}},
     "reviews": {"both" | "only_before" | "only_after" | "neither": [count, [posts]]},
     "tried": {"examples": n, …}, "entries": [{"key": …, "missed": n, "uncounted": n, "wrong": n}, …]}

`posts` are the numbers of the first posts of their kind, never their words. What stays the same is only counted.
"""

from assessments.models import Decision

POSTS_KEPT = 20  # of each kind: enough to look at
CRISIS = "crisis"  # stands among the flags: whether crisis help is shown first
TRIED = ("examples", "missed", "uncounted", "near_misses", "wrong")


def empty_figures():
    """Figures before anything was counted."""
    return {
        "levels": {"": {}},
        "items": {},
        "flags": {},
        "reviews": {kind: [0, []] for kind in ("both", "only_before", "only_after", "neither")},
        "tried": dict.fromkeys(TRIED, 0),
        "entries": [],
    }


def count_trial(figures, trial):
    """Count the examples and near misses of one claim or signal, as `trying.Trial` has them."""
    counts = {
        "examples": len(trial.examples),
        "missed": len(trial.missed),
        "uncounted": len(trial.uncounted),
        "near_misses": len(trial.near_misses),
        "wrong": len(trial.wrong),
    }
    for name, number in counts.items():
        figures["tried"][name] += number
    if trial.missed or trial.uncounted or trial.wrong:
        figures["entries"].append({"key": trial.key, "group": trial.group, **counts})


def count_post(figures, *, post, before, after):
    """Count what is not the same in two records about the post with this number; levels in any case."""
    _count(figures["levels"], "", before["level"], after["level"], post)
    for name, was, now in _pairs(_answers(before), _answers(after)):
        if was != now:
            _count(figures["items"], name, was, now, post)
    for name, was, now in _pairs(_flags(before), _flags(after)):
        if was != now:
            _count(figures["flags"], name, was, now, post)


def count_review(figures, *, post, review, before, after):
    """Count whether two records about a post say what a person decided about it."""
    agreed = agrees(before, review), agrees(after, review)
    kind = {(True, True): "both", (True, False): "only_before", (False, True): "only_after"}.get(agreed, "neither")
    _add(figures["reviews"][kind], post)


def agrees(record, review):
    """Whether a record says what a person decided about the same post; `review` has its assessment.

    A report that stands: the same level. One that was corrected: the level given, and another answer to each question
    that no longer counts. One that was taken back: any other level.
    """
    reviewed = review.assessment.report_record
    if review.decision == Decision.STANDS:
        return record["level"] == reviewed["level"]
    if review.decision == Decision.WITHDRAWN:
        return record["level"] != reviewed["level"]
    was, now = _answers(reviewed), _answers(record)
    return record["level"] == (review.level_after or record["level"]) and all(
        was.get(item) != now.get(item) for item in review.overturned
    )


def _answers(record):
    return {row["item"]: f"{row['answer']} ({row['effect']})" for row in record["items"]}


def _flags(record):
    yes_or_no = {True: "yes", False: "no"}
    return {name: yes_or_no[value] for name, value in (record["flags"] | {CRISIS: record["crisis"]}).items()}


def _pairs(before, after):
    """(name, before, after) of every name; empty where one of the two does not have it."""
    return [(name, before.get(name, ""), after.get(name, "")) for name in dict.fromkeys((*before, *after))]


def _count(table, name, before, after, post):
    cell = table.setdefault(name, {}).setdefault(before, {}).setdefault(after, [0, []])
    if before == after:
        cell[0] += 1
    else:
        _add(cell, post)


def _add(cell, post):
    cell[0] += 1
    if len(cell[1]) < POSTS_KEPT:
        cell[1].append(post)
