"""Assessing labelled posts with one or two versions of the checklist, and counting what came out. No output here.

    reading = Reading(versions=[published], folds=5)
    reading.read("posts.jsonl", stream)     # for each file
    reading.tallies[0].rows()               # what the first version came to

Posts are read one by one and forgotten, but for those that a version got wrong or that two versions differ about.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from assessments import engine
from assessments.evaluating import (
    Counts,
    added,
    answers_for,
    claims_expected,
    claims_of,
    flags_of,
    fold_of,
    names_not_scored,
)
from assessments.post_lines import BadLine, PostLine, read_lines

ALL_FILES = "all files"
SOURCE = "source"
# Mistakes with these findings first: they weigh most in a report.
SERIOUSNESS = {"stop+help": 0, "stop": 1, "red": 2, "help": 3, "amber": 4, "hint": 5, "green": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A label of a post that was found and not expected, or expected and missed. `claim` is "" for other labels."""

    label: str
    claim: str
    missed: bool
    post: PostLine
    result: engine.Result

    @property
    def findings(self):
        """What was found in that post, as lines without any of its words."""
        return [
            f"{finding.signal} -> {finding.item}={finding.answer} ({finding.context}"
            + ("" if finding.counted else ", not counted")
            + ")"
            for finding in self.result.findings
        ]

    @property
    def weight(self):
        """Sorts the worst first: a miss by the words there were to see, a false alarm by its most serious finding."""
        if self.missed:
            return -self.result.words
        effects = [finding.effect for finding in self.result.findings if finding.counted]
        return min((SERIOUSNESS.get(effect, 9) for effect in effects), default=9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One flag or claim that the second version says otherwise about a post. `expected` is None when unknown."""

    name: str  # a flag, "crisis", or the key of a claim
    is_claim: bool
    before: bool
    after: bool
    expected: bool | None


@dataclass(slots=True, kw_only=True)
class FileRead:
    """What a file held."""

    name: str
    posts: int = 0
    bad_lines: int = 0
    not_scored: Counter = field(default_factory=Counter)  # labels that cannot be scored
    unknown_claims: Counter = field(default_factory=Counter)  # scored, but not in the (first) checklist
    sources: set = field(default_factory=set)


class Tally:
    """What one version of the checklist came to, over all files."""

    def __init__(self, published):
        self.published = published
        self.by_file = defaultdict(Counts)  # by (label, file)
        self.by_source = defaultdict(Counts)  # by (label, source)
        self.by_fold = defaultdict(Counts)  # by (label, fold)
        self.by_claim = defaultdict(Counts)  # by key
        self.mistakes = defaultdict(list)  # by file

    def count(self, post, result, *, file, fold):
        """Count one post: in its file, under its source, in its fold."""
        for label, claim, expected, found in answers_for(post.expect, result):
            places = [self.by_file[label, file], self.by_source[label, post.kept.get(SOURCE, file)]]
            places += [] if fold is None else [self.by_fold[label, fold]]
            places += [self.by_claim[claim]] if claim else []
            for counts in places:
                counts.add(expected=expected, found=found)
            if expected != found:
                mistake = Mistake(label=label, claim=claim, missed=expected, post=post, result=result)
                self.mistakes[file].append(mistake)

    @property
    def labels(self):
        return sorted({label for label, _ in self.by_file})

    def rows(self):
        """(label, file, Counts) of every label: file by file, then all files together when there are several."""
        rows = []
        for label in self.labels:
            of_files = [(label, file, counts) for (name, file), counts in self.by_file.items() if name == label]
            rows += of_files
            if len(of_files) > 1:
                rows.append((label, ALL_FILES, added(counts for _, _, counts in of_files)))
        return rows

    def source_rows(self):
        """(label, source, Counts) of every label and source that has posts where the label is known not to hold."""
        return [(*key, counts) for key, counts in sorted(self.by_source.items()) if counts.not_expected]

    def worst(self, file, number):
        """The `number` worst false alarms and the `number` worst misses of each label in a file, worst first."""
        by_kind = defaultdict(list)
        for mistake in self.mistakes[file]:
            by_kind[mistake.label, mistake.missed].append(mistake)
        return [
            mistake
            for _, mistakes in sorted(by_kind.items())
            for mistake in sorted(mistakes, key=lambda mistake: mistake.weight)[:number]
        ]

    def claim_mistakes(self, key, *, missed):
        """The ids of the posts in which a claim was missed, or of those in which it was a false alarm."""
        return [
            mistake.post.id
            for mistakes in self.mistakes.values()
            for mistake in mistakes
            if mistake.claim == key and mistake.missed is missed
        ]


class Reading:
    """One pass over the files, with one version of the checklist or with two side by side.

    `versions` are Published ones. `folds` (0: none) and `author_field` part the posts by author. Afterwards: `files`
    (FileRead), `tallies` (one for each version), `changes` ([file, post, its Changes]) when there are two versions, and
    in `fold_posts` how many posts each fold has; `without_author` of them went by their id.
    """

    def __init__(self, *, versions, text_field="text", folds=0, author_field="author"):
        self.text_field = text_field
        self.folds = folds
        self.author_field = author_field
        self.files = []
        self.tallies = [Tally(published) for published in versions]
        self.changes = []
        self.fold_posts = [0] * folds
        self.without_author = 0
        snapshot = versions[0].snapshot
        self._claims = {entry["key"] for group in ("claims", "signals") for entry in snapshot[group]}

    def read(self, name, stream):
        """Assess every post of a binary stream of JSON Lines."""
        file = FileRead(name=name)
        self.files.append(file)
        keep = (SOURCE, self.author_field) if self.folds else (SOURCE,)
        for post in read_lines(stream, text_field=self.text_field, keep=keep):
            if isinstance(post, BadLine):
                file.bad_lines += 1
            else:
                self._take(file, post)

    def _take(self, file, post):
        results = [_assess(post, tally.published) for tally in self.tallies]
        fold = self._fold_of(post)
        file.posts += 1
        file.sources.add(post.kept.get(SOURCE, file.name))
        file.not_scored.update(names_not_scored(post.expect, results[0]))
        file.unknown_claims.update(claims_expected(post.expect).keys() - self._claims)
        for tally, result in zip(self.tallies, results, strict=True):
            tally.count(post, result, file=file.name, fold=fold)
        if len(results) == 2 and (changes := changes_between(*results, expect=post.expect)):
            self.changes.append((file.name, post, changes))

    def _fold_of(self, post):
        if not self.folds:
            return None
        author = post.kept.get(self.author_field, "")
        fold = fold_of(author, post.id, post.text, self.folds)
        self.fold_posts[fold] += 1
        self.without_author += not author
        return fold


def changes_between(before, after, *, expect):
    """The flags and claims that two results for one post differ in, as Changes: flags first, then claims."""
    known = {name: value for name, value in expect.items() if isinstance(value, bool)}
    flags = [
        Change(name=name, is_claim=False, before=was, after=now, expected=known.get(name))
        for (name, was), now in zip(flags_of(before).items(), flags_of(after).values(), strict=True)
    ]
    known = claims_expected(expect)
    was_claimed, is_claimed = _claims_only(before), _claims_only(after)
    claims = [
        Change(name=key, is_claim=True, before=key in was_claimed, after=key in is_claimed, expected=known.get(key))
        for key in sorted(was_claimed | is_claimed)
    ]
    return [change for change in flags + claims if change.before != change.after]


def _claims_only(result):
    return claims_of(result) & {finding.signal for finding in result.findings if finding.kind == "claim"}


def _assess(post, published):
    return engine.assess(post.text, published.compiled, author_line=post.author_line, country=post.country)
