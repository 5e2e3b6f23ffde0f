"""The nouns of this room, by subject: versions and questions, evidence, assessments, help."""

from assessments.models.assessment import Assessment, Finding
from assessments.models.checklist import Answer, Checklist, Item, Level, Section
from assessments.models.evidence import Citation, Claim, Signal, SignalEffect, Source, Title, WordClass
from assessments.models.help import HelpCountry, HelpGuidance, HelpService

__all__ = (
    "Answer",
    "Assessment",
    "Checklist",
    "Citation",
    "Claim",
    "Finding",
    "HelpCountry",
    "HelpGuidance",
    "HelpService",
    "Item",
    "Level",
    "Section",
    "Signal",
    "SignalEffect",
    "Source",
    "Title",
    "WordClass",
)
