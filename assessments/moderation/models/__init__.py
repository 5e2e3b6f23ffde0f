"""The tables of the moderation room. Who writes which of them is said beside each."""

from assessments.moderation.models.case import (
    CLOCKS,
    Band,
    Case,
    CasePost,
    CaseState,
    Referral,
    ReferralSource,
    Skip,
    SkipReason,
)
from assessments.moderation.models.flag import Flag, Kind, State
from assessments.moderation.models.golden import GoldenCase
from assessments.moderation.models.ruling import Round, Ruling, RulingReason
from assessments.moderation.models.saved_filter import SavedFilter

__all__ = (
    "CLOCKS",
    "Band",
    "Case",
    "CasePost",
    "CaseState",
    "Flag",
    "GoldenCase",
    "Kind",
    "Referral",
    "ReferralSource",
    "Round",
    "Ruling",
    "RulingReason",
    "SavedFilter",
    "Skip",
    "SkipReason",
    "State",
)
