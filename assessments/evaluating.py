"""The arithmetic of `manage.py evaluate`: how well what was found agrees with what was expected. Pure functions."""

import hashlib
import math
from dataclasses import dataclass

from assessments import engine

CLAIM = "claim"  # the label that all claims are scored under
Z_95 = 1.959963984540054  # half-width of the middle 95 % of the normal distribution, in standard deviations


def wilson(successes, total):
    """95 % Wilson score interval (low, high) of a share, both from 0 to 1; None when there is nothing to share.

    E. B. Wilson (1927). Chosen because it stays inside 0 to 1 and is honest for small counts.
    """
    if total == 0:
        return None
    share = successes / total
    scale = 1 + Z_95**2 / total
    middle = (share + Z_95**2 / (2 * total)) / scale
    half = Z_95 / scale * math.sqrt(share * (1 - share) / total + Z_95**2 / (4 * total**2))
    return (max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, with its 95 % Wilson interval. `share`, `low` and `high` are None when there is no whole."""

    part: int
    whole: int

    @property
    def share(self):
        return self.part / self.whole if self.whole else None

    @property
    def low(self):
        return wilson(self.part, self.whole)[0] if self.whole else None

    @property
    def high(self):
        return wilson(self.part, self.whole)[1] if self.whole else None


def f1_interval(hits, false_alarms, misses):
    """95 % interval (low, high) of F1; None when nothing was expected and nothing found.

    F1 = 2J / (1 + J), where J = hits / (hits + false alarms + misses) is a plain share: of the posts where the label
    was expected or found, those where it was both. That curve only rises, so the two ends of Wilson's interval for J,
    bent by it, are an interval for F1 with the same confidence. No chance is in it (no resampling): the same counts
    always give the same interval. It takes the number of those posts as given, as Wilson does.
    """
    interval = wilson(hits, hits + false_alarms + misses)
    return interval and tuple(2 * jaccard / (1 + jaccard) for jaccard in interval)


@dataclass(slots=True, kw_only=True)
class Counts:
    """How often a flag was expected and found. Only posts whose label is known are counted."""

    hits: int = 0  # expected and found
    false_alarms: int = 0  # found, not expected
    misses: int = 0  # expected, not found
    silences: int = 0  # neither

    def add(self, *, expected, found):
        """Count one post."""
        self.hits += expected and found
        self.false_alarms += found and not expected
        self.misses += expected and not found
        self.silences += not expected and not found

    @property
    def posts(self):
        return self.hits + self.false_alarms + self.misses + self.silences

    @property
    def precision(self):
        """Of what was found, the share that was expected; None when nothing was found."""
        return share(self.hits, self.found)

    @property
    def recall(self):
        """Of what was expected, the share that was found; None when nothing was expected."""
        return share(self.hits, self.expected)

    @property
    def f1(self):
        """Harmonic mean of precision and recall; None when nothing was expected and nothing found."""
        return share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)

    @property
    def false_alarm_rate(self):
        """Of the posts that should not be flagged, the share that was; None when there are none."""
        return share(self.false_alarms, self.not_expected)

    @property
    def expected(self):
        return self.hits + self.misses

    @property
    def found(self):
        return self.hits + self.false_alarms

    @property
    def not_expected(self):
        return self.false_alarms + self.silences

    @property
    def precision_95(self):
        return wilson(self.hits, self.found)

    @property
    def recall_95(self):
        return wilson(self.hits, self.expected)

    @property
    def f1_95(self):
        return f1_interval(self.hits, self.false_alarms, self.misses)

    @property
    def false_alarm_rate_95(self):
        return wilson(self.false_alarms, self.not_expected)

    def to_dict(self):
        """The figures as `--json` writes them; intervals are 95 % Wilson (F1: see f1_interval)."""
        return {
            "posts": self.posts,
            "hits": self.hits,
            "false_alarms": self.false_alarms,
            "misses": self.misses,
            "silences": self.silences,
            "precision": self.precision,
            "precision_95": self.precision_95,
            "recall": self.recall,
            "recall_95": self.recall_95,
            "f1": self.f1,
            "f1_95": self.f1_95,
            "false_alarm_rate": self.false_alarm_rate,
            "false_alarm_rate_95": self.false_alarm_rate_95,
        }


def share(part, whole):
    """part / whole, or None when there is no whole."""
    return part / whole if whole else None


def added(many):
    """The sum of several Counts."""
    many = list(many)
    return Counts(
        hits=sum(counts.hits for counts in many),
        false_alarms=sum(counts.false_alarms for counts in many),
        misses=sum(counts.misses for counts in many),
        silences=sum(counts.silences for counts in many),
    )


def flags_of(result):
    """Everything about a result that is simply so or not, by name: the flags, and whether crisis help comes first."""
    return dict(result.flags) | {"crisis": result.crisis}


def claims_of(result):
    """The keys of what the post was taken to claim: findings that count, those that are put right apart."""
    return {
        finding.signal
        for finding in result.findings
        if finding.counted and finding.context is not engine.Context.CORRECTED
    }


def answers_for(expect, result):
    """What one post's labels say beside what was found: a list of (label, claim, expected, found).

    `expect` holds only what is known: a key that is missing or null says nothing. Known names are the flags, `crisis`
    (crisis help shown first), `author` (one of the four kinds of author: becomes `author=…`, found or not),
    `author_is_verified_professional` (found when the author line states a registered title), and the claims: `claims`
    ({key: true|false}) or, in short, `claim` (one key, expected). Every claim is an answer of its own to the one label
    `claim`; `claim` in the tuple is its key, and empty for all other labels.
    """
    found = flags_of(result) | {"author_is_verified_professional": result.author == "registered_title"}
    answers = [(name, "", expect[name], found[name]) for name in found if isinstance(expect.get(name), bool)]
    if isinstance(expect.get("author"), str):
        answers.append((f"author={expect['author']}", "", True, result.author == expect["author"]))
    claims = claims_of(result)
    answers += [(CLAIM, key, expected, key in claims) for key, expected in sorted(claims_expected(expect).items())]
    return answers


def claims_expected(expect):
    """{key: expected} of the claims that `expect` knows something about."""
    listed = expect.get("claims")
    listed = listed if isinstance(listed, dict) else {}
    known = {key: value for key, value in listed.items() if isinstance(value, bool)}
    if isinstance(expect.get("claim"), str):
        known[expect["claim"]] = True
    return known


def names_not_scored(expect, result):
    """The keys of `expect` that answers_for cannot use, null apart; a claim that is no boolean as `claims.KEY`."""
    used = {name.partition("=")[0] for name, claim, _, _ in answers_for(expect, result) if not claim}
    if isinstance(expect.get("claim"), str):
        used.add("claim")
    listed = expect.get("claims")
    names = [name for name, value in expect.items() if value is not None and name not in used]
    if isinstance(listed, dict):
        names.remove("claims")
        names += [f"claims.{key}" for key, value in listed.items() if not isinstance(value, bool | None)]
    return sorted(names)


def fold_of(author, post_id, text, number):
    """Which of `number` folds (0, 1, …) a post belongs to: always the same one for all posts of an author.

    A post without an author goes by its id, one without either by its words. A hash decides, so a fold stays what it is
    when posts are added, on every machine.
    """
    name = f"author:{author}" if author else f"id:{post_id}" if post_id is not None else f"text:{text}"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) % number
