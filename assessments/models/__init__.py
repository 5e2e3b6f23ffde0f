"""The nouns of this room, by subject: versions and questions, evidence, assessments and how right they are, help…"""

from assessments.models.assessment import Assessment, Finding
from assessments.models.audit import AuditEntry
from assessments.models.checklist import Answer, Checklist, Item, Level, Section
from assessments.models.evaluation import EvaluationRun
from assessments.models.evidence import Citation, Claim, Signal, SignalEffect, Source, Title, WordClass
from assessments.models.help import HelpCountry, HelpGuidance, HelpService
from assessments.models.publish_request import PublishRequest
from assessments.models.review import Decision, Review
from assessments.models.runs import PreviewRun, ReassessRun, RunState
from assessments.models.sharing import ShareLink

__all__ = (
    "Answer",
    "Assessment",
    "AuditEntry",
    "Checklist",
    "Citation",
    "Claim",
    "Decision",
    "EvaluationRun",
    "Finding",
    "HelpCountry",
    "HelpGuidance",
    "HelpService",
    "Item",
    "Level",
    "PreviewRun",
    "PublishRequest",
    "ReassessRun",
    "Review",
    "RunState",
    "Section",
    "ShareLink",
    "Signal",
    "SignalEffect",
    "Source",
    "Title",
    "WordClass",
)
