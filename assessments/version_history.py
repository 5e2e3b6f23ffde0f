"""The newest versions of the checklist, each with what it changed in the one before, and which of them correct it."""

import json
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from django.utils.translation import get_language

from assessments.models import Checklist
from assessments.version_differences import PARTS, differences

# A feed says what is new; everything is on the page of all versions.
NEWEST = 20
KEPT_IN_MEMORY = 200
# What readers were told: when it is changed or taken away, that is a correction. Words to look for may only grow.
TOLD = frozenset({"levels", "items", "claims", "signals", "titles", "sources"})
# Parts that change nothing of what was said.
NOT_TOLD = ("order", "examples", "near_misses")

_known = OrderedDict()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One version and the GroupDifferences from the one before; `before` is None for the first version."""

    version: Checklist
    before: Checklist | None
    groups: tuple

    @cached_property
    def corrections(self):
        """The GroupDifferences of what was said before and is now said otherwise, or no longer."""
        found = (_correction(group) for group in self.groups if group.name in TOLD)
        return tuple(group for group in found if not group.is_nothing)

    @property
    def is_correction(self):
        """Whether it takes something back: also by going back to an earlier version."""
        return bool(self.version.brings_back or self.corrections)


def newest_steps(number=NEWEST):
    """The Steps to the newest `number` versions, newest first. One query, and one for what is not known yet."""
    rows = list(Checklist.objects.ever_published().without_snapshots().order_by("-version")[: number + 1])
    groups = _groups_of([(before, after) for after, before in pairwise(rows)])
    steps = [Step(version=after, before=before, groups=groups[after.digest]) for after, before in pairwise(rows)]
    if rows and rows[-1].version == 1 and len(rows) <= number:
        steps.append(Step(version=rows[-1], before=None, groups=()))
    return steps


def _groups_of(pairs):
    """{digest of the later version: GroupDifferences}. Published versions never change, so each is compared once."""
    language = get_language()
    missing = [pair for pair in pairs if (*_digests(pair), language) not in _known]
    numbers = {row.version for pair in missing for row in pair}
    texts = dict(Checklist.objects.filter(version__in=numbers).values_list("digest", "snapshot")) if numbers else {}
    found = {}
    for pair in pairs:
        key = before, after = _digests(pair)
        if (*key, language) not in _known:
            _known[*key, language] = differences(json.loads(texts[before]), json.loads(texts[after]))
        found[after] = _known[*key, language]
    while len(_known) > KEPT_IN_MEMORY:
        _known.popitem(last=False)
    return found


def _digests(pair):
    return pair[0].digest, pair[1].digest


def _correction(group):
    not_told = {str(PARTS[name]) for name in NOT_TOLD}
    changed = tuple(entry for entry in group.changed if set(entry.parts) - not_told)
    return replace(group, added=(), changed=changed, is_reordered=False)
