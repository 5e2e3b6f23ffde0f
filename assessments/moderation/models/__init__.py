"""The tables of the moderation room. Who writes which of them is said beside each."""

from assessments.moderation.models.appeal import Appeal, AppealState, Appellant
from assessments.moderation.models.case import (
    CLOCKS,
    FREE,
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
from assessments.moderation.models.preference import ModeratorPreference, Nudge
from assessments.moderation.models.ruling import Round, Ruling, RulingReason
from assessments.moderation.models.saved_filter import SavedFilter
from assessments.moderation.models.topic_access import Reading, TopicAccess
from assessments.moderation.models.vote import Vote, VoteKind

__all__ = (
    "CLOCKS",
    "FREE",
    "Appeal",
    "AppealState",
    "Appellant",
    "Band",
    "Case",
    "CasePost",
    "CaseState",
    "Flag",
    "GoldenCase",
    "Kind",
    "ModeratorPreference",
    "Nudge",
    "Reading",
    "Referral",
    "ReferralSource",
    "Round",
    "Ruling",
    "RulingReason",
    "SavedFilter",
    "Skip",
    "SkipReason",
    "State",
    "TopicAccess",
    "Vote",
    "VoteKind",
)
