"""The staff pages for the models, one module for each subject. Publishing itself is in `assessments.publishing`."""

from assessments.admin import (
    accounts,
    assessment,
    audit,
    checklist,
    evaluation,
    evidence,
    help_services,
    link_providers,
    preview,
    reassess,
    review,
)

__all__ = (
    "accounts",
    "assessment",
    "audit",
    "checklist",
    "evaluation",
    "evidence",
    "help_services",
    "link_providers",
    "preview",
    "reassess",
    "review",
)
