"""What `manage.py evaluate` says about a Reading: as lines of text, or as one dictionary for `--json`.

No words of a post are in either, unless `texts` is true.
"""

from assessments import engine
from assessments.evaluating import CLAIM, Counts
from assessments.evaluation_tables import (
    FIGURES,
    difference,
    difference_table,
    extremes,
    fold_table,
    label_table,
    source_table,
)


def text_report(reading, *, show, texts):
    """The report as blocks of text. `show` is how many mistakes of a kind and changed posts to list (None: see below).

    Without a number no mistakes are listed, and every post that two versions differ about is.
    """
    first, *others = reading.tallies
    yield f"checklist {_name_of(first)}"
    yield label_table(first.rows())
    if _sources_matter(reading) and first.source_rows():
        yield "False alarms by source\n" + source_table(first.source_rows())
    for file in reading.files:
        yield "\n".join(_file_lines(file, first, show or 0, texts))
    if reading.folds:
        yield _fold_heading(reading) + "\n" + fold_table(first.labels, first.by_fold, reading.folds)
    for second in others:
        yield f"Compared with checklist {_name_of(second)}\n" + label_table(second.rows())
        yield "Difference, from the first to the second\n" + difference_table(first.rows(), second.rows())
        yield "\n".join(_change_lines(reading.changes, show, texts))


def json_report(reading, *, show, texts):
    """Everything of text_report, the figures unrounded and by claim as well, as what JSON can hold."""
    first, *others = reading.tallies
    report = _version(first) | {"files": [_file(file, first, show, texts) for file in reading.files]}
    if reading.folds:
        report["folds"] = _folds(reading)
    for second in others:
        report["compared"] = _version(second) | {
            "differences": _differences(first, second),
            "changed_posts": len(reading.changes),
            "changed": [_change(*changed, texts) for changed in reading.changes[:show]],
        }
    return report


# --- text ------------------------------------------------------------------------------------------------------------


def _name_of(tally):
    return f"{tally.published.version}, engine {engine.VERSION}, digest {tally.published.digest[:12]}"


def _sources_matter(reading):
    return len(reading.files) > 1 or any(len(file.sources) > 1 for file in reading.files)


def _file_lines(file, tally, number, texts):
    yield f"{file.name}: {file.posts} posts, {file.bad_lines} bad lines"
    for label, count in sorted(file.not_scored.items()):
        yield f"  label not scored: {label} ({count})"
    for key, count in sorted(file.unknown_claims.items()):
        yield f"  claim that this checklist does not know, never found: {key} ({count})"
    for mistake in tally.worst(file.name, number):
        name = f"{mistake.label} {mistake.claim}".rstrip()
        yield f"  {name}, {'missed' if mistake.missed else 'false alarm'}: {mistake.post.id}"
        yield from (f"    {line}" for line in mistake.findings or ["(nothing found)"])
        yield from _words(mistake.post, texts)


def _words(post, texts):
    return [f"    | {' '.join(post.text.split())}"] if texts else []


def _fold_heading(reading):
    posts = sum(reading.fold_posts)
    heading = f"{reading.folds} folds by author (field: {reading.author_field})"
    if reading.without_author:
        heading += f"; {reading.without_author} of {posts} posts name no author and went by their id"
    return heading


def _change_lines(changes, show, texts):
    shown = changes[:show]
    yield f"Posts with another flag or claim: {len(changes)}" + (
        f", of which {len(shown)} are listed" if len(shown) < len(changes) else ""
    )
    for file, post, of_post in shown:
        yield f"  {post.id} ({file})"
        for change in of_post:
            name = f"{CLAIM} {change.name}" if change.is_claim else change.name
            judged = {None: "", change.after: " (now right)", change.before: " (now wrong)"}[change.expected]
            yield f"    {name}: {_yes_no(change.before)} -> {_yes_no(change.after)}{judged}"
        yield from _words(post, texts)


def _yes_no(value):
    return "yes" if value else "no"


# --- JSON ------------------------------------------------------------------------------------------------------------


def _version(tally):
    """Everything that one version of the checklist came to."""
    return {
        "checklist": tally.published.version,
        "digest": tally.published.digest,
        "engine": engine.VERSION,
        "labels": [{"label": label, "file": file, **counts.to_dict()} for label, file, counts in tally.rows()],
        "sources": [
            {"label": label, "source": source, **counts.to_dict()} for label, source, counts in tally.source_rows()
        ],
        "claims": [
            {
                "claim": key,
                **counts.to_dict(),
                "missed_in": tally.claim_mistakes(key, missed=True),
                "false_alarms_in": tally.claim_mistakes(key, missed=False),
            }
            for key, counts in sorted(tally.by_claim.items())
        ],
    }


def _file(file, tally, show, texts):
    told = {"file": file.name, "posts": file.posts, "bad_lines": file.bad_lines, "not_scored": file.not_scored}
    told["unknown_claims"] = file.unknown_claims
    if show:
        told["worst"] = [_mistake(mistake, texts) for mistake in tally.worst(file.name, show)]
    return told


def _mistake(mistake, texts):
    told = {"label": mistake.label, "missed": mistake.missed, "id": mistake.post.id, "findings": mistake.findings}
    told |= {"claim": mistake.claim} if mistake.claim else {}
    return told | ({"text": mistake.post.text} if texts else {})


def _folds(reading):
    tally = reading.tallies[0]
    labels = []
    for label in tally.labels:
        of_folds = [tally.by_fold.get((label, fold), Counts()) for fold in range(reading.folds)]
        ends = {name: dict(zip(("minimum", "maximum"), extremes(of_folds, name), strict=True)) for name in FIGURES[:3]}
        labels.append({"label": label, "folds": [counts.to_dict() for counts in of_folds], **ends})
    return {
        "author_field": reading.author_field,
        "posts": reading.fold_posts,
        "posts_without_author": reading.without_author,
        "labels": labels,
    }


def _differences(first, second):
    return [
        {
            "label": label,
            "file": file,
            "found": new.found - old.found,
            "hits": new.hits - old.hits,
            **{name: difference(old, new, name) for name in FIGURES},
        }
        for (label, file, old), (_, _, new) in zip(first.rows(), second.rows(), strict=True)
    ]


def _change(file, post, of_post, texts):
    changes = [
        {
            ("claim" if change.is_claim else "flag"): change.name,
            "from": change.before,
            "to": change.after,
            "expected": change.expected,
        }
        for change in of_post
    ]
    return {"id": post.id, "file": file, "changes": changes} | ({"text": post.text} if texts else {})
