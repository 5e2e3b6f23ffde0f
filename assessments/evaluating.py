"""The arithmetic of `manage.py evaluate`: how well what was found agrees with what was expected. Pure functions."""

import math
from dataclasses import dataclass

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
        return share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self):
        """Of what was expected, the share that was found; None when nothing was expected."""
        return share(self.hits, self.hits + self.misses)

    @property
    def f1(self):
        """Harmonic mean of precision and recall; None when nothing was expected and nothing found."""
        return share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)

    @property
    def false_alarm_rate(self):
        """Of the posts that should not be flagged, the share that was; None when there are none."""
        return share(self.false_alarms, self.false_alarms + self.silences)

    def to_dict(self):
        """The figures as `--json` writes them; intervals are 95 % Wilson."""
        return {
            "posts": self.posts,
            "hits": self.hits,
            "false_alarms": self.false_alarms,
            "misses": self.misses,
            "silences": self.silences,
            "precision": self.precision,
            "precision_95": wilson(self.hits, self.hits + self.false_alarms),
            "recall": self.recall,
            "recall_95": wilson(self.hits, self.hits + self.misses),
            "f1": self.f1,
            "false_alarm_rate": self.false_alarm_rate,
            "false_alarm_rate_95": wilson(self.false_alarms, self.false_alarms + self.silences),
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


def answers_for(expect, result):
    """What one post's labels say beside what was found: a list of (name, expected, found), booleans all.

    `expect` holds only what is known: a key that is missing or null says nothing. Known names are the flags, `crisis`
    (crisis help shown first), `author` (one of the four kinds of author: becomes `author=…`, found or not) and
    `author_is_verified_professional` (found when the author line states a registered title).
    """
    flags = dict(result.flags)
    found = flags | {
        "crisis": result.crisis,
        "author_is_verified_professional": result.author == "registered_title",
    }
    answers = [(name, expect[name], found[name]) for name in found if isinstance(expect.get(name), bool)]
    if isinstance(expect.get("author"), str):
        answers.append((f"author={expect['author']}", True, result.author == expect["author"]))
    return answers


def names_not_scored(expect, result):
    """The keys of `expect` that answers_for cannot use, null apart."""
    used = {name.partition("=")[0] for name, _, _ in answers_for(expect, result)}
    return sorted(name for name, value in expect.items() if value is not None and name not in used)
