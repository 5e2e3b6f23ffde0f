"""Kappa and shares, against figures from the literature."""

import pytest

from assessments.evaluating import Share
from assessments.moderation.agreement import cohens_kappa


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # The example of many textbooks: 50 proposals, 20 and 15 alike, kappa 0.4.
        ({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}, 0.4),
        ({("a", "a"): 3, ("b", "b"): 4}, 1),
        ({("a", "b"): 5, ("b", "a"): 5}, -1),
        ({("a", "a"): 9}, None),
        ({}, None),
    ],
)
def test_kappa(pairs, kappa):
    assert cohens_kappa(pairs) == (kappa if kappa is None else pytest.approx(kappa))


def test_a_share_has_an_honest_interval():
    share = Share(part=2, whole=8)

    assert share.share == 0.25
    assert (share.low, share.high) == (pytest.approx(0.0715, abs=1e-3), pytest.approx(0.5907, abs=1e-3))
    assert Share(part=0, whole=0).low is None
