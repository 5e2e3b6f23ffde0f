"""The nouns of this room, by subject: versions and questions, evidence, assessments, how right they are, help."""

from assessments.models.assessment import Assessment, Finding
from assessments.models.checklist import Answer, Checklist, Item, Level, Section
from assessments.models.evaluation import EvaluationRun
from assessments.models.evidence import Citation, Claim, Signal, SignalEffect, Source, Title, WordClass
from assessments.models.help import HelpCountry, HelpGuidance, HelpService

__all__ = (
    "Answer",
    "Assessment",
    "Checklist",
    "Citation",
    "Claim",
    "EvaluationRun",
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
