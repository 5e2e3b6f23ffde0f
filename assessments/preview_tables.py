"""The figures of a preview as the tables that the admin page shows, in the words of the draft."""

from dataclasses import dataclass

from assessments.models import Item, Level
from posts.models import Post

REVIEW_KINDS = {
    "both": "The published version and the draft both agree with the person",
    "only_before": "Only the published version agrees: the draft would undo it",
    "only_after": "Only the draft agrees: it would put it right",
    "neither": "Neither agrees",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Posts that get another answer. `keys` are those of reports to look at, `more` how many posts have no link."""

    name: str
    before: str
    after: str
    posts: int
    keys: tuple[str, ...]

    @property
    def more(self):
        return self.posts - len(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All tables of one preview. `matrix` is (label before, its counts), by `level_labels` after."""

    level_labels: tuple[str, ...]
    matrix: tuple[tuple[str, tuple[int, ...]], ...]
    levels: tuple[Flip, ...]
    items: tuple[Flip, ...]
    flags: tuple[Flip, ...]
    reviews: tuple[Flip, ...]
    tried: dict
    entries: tuple[dict, ...]

    @property
    def posts_reviewed(self):
        return sum(row.posts for row in self.reviews)


def tables_of(run):
    """The Tables of a PreviewRun. Three queries; the reports of posts that are gone are no longer linked."""
    figures = run.figures
    labels = dict(Level.objects.filter(checklist=run.draft_id).order_by("seriousness").values_list("key", "label"))
    questions = dict(Item.objects.filter(checklist=run.draft_id).values_list("key", "question"))
    keys = dict(Post.objects.kept().filter(pk__in=_posts(figures)).values_list("pk", "key"))
    level_labels, matrix = _matrix(figures["levels"][""], labels)
    return Tables(
        level_labels=level_labels,
        matrix=matrix,
        levels=_flips(figures["levels"], keys, words=labels),
        items=_flips(figures["items"], keys, names=questions),
        flags=_flips({name.replace("_", " "): table for name, table in figures["flags"].items()}, keys),
        reviews=tuple(
            _flip(words, "", "", figures["reviews"][kind], keys)
            for kind, words in REVIEW_KINDS.items()
            if figures["reviews"][kind][0]
        ),
        tried=figures["tried"],
        entries=tuple(figures["entries"]),
    )


def _flips(tables, keys, *, names=None, words=None):
    """The Flips of {name: {before: {after: cell}}}, the most frequent first."""
    names, words = names or {}, words or {}
    flips = [
        _flip(names.get(name, name), words.get(before, before), words.get(after, after), cell, keys)
        for name, table in tables.items()
        for before, row in table.items()
        for after, cell in row.items()
        if before != after
    ]
    return tuple(sorted(flips, key=lambda flip: -flip.posts))


def _flip(name, before, after, cell, keys):
    number, posts = cell
    linked = tuple(keys[post] for post in posts if post in keys)
    return Flip(name=name, before=before, after=after, posts=number, keys=linked)


def _matrix(levels, labels):
    """(labels, rows): for each level before, how many posts have each level after."""
    used = [*labels, *sorted({*levels, *(after for row in levels.values() for after in row)} - labels.keys())]
    rows = tuple(
        (labels.get(before, before), tuple(levels.get(before, {}).get(after, [0])[0] for after in used))
        for before in used
    )
    return tuple(labels.get(key, key) for key in used), rows


def _posts(figures):
    """The numbers of all posts that the figures would link to."""
    tables = (*figures["levels"].values(), *figures["items"].values(), *figures["flags"].values())
    cells = [cell for table in tables for row in table.values() for cell in row.values()]
    return {post for cell in (*cells, *figures["reviews"].values()) for post in cell[1]}
