"""The staff pages for the models, one module for each subject. Publishing itself is in `assessments.publishing`."""

from assessments.admin import assessment, checklist, evaluation, evidence, help_services, preview, reassess, review

__all__ = ("assessment", "checklist", "evaluation", "evidence", "help_services", "preview", "reassess", "review")
