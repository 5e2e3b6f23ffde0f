"""Keeps from people what is about topics that they do not read, in the lists of the admin and on the pages behind them.

Rules about topics live in this room, so what the rooms below show of single posts is shown again here, narrowed.
"""

from django.contrib import admin
from django.db.models import Exists, OuterRef

from assessments.admin.assessment import AssessmentAdmin, FindingAdmin
from assessments.admin.review import ReviewAdmin
from assessments.models import Assessment, Finding, Review
from assessments.moderation.topics import closed_assessments
from posts.admin import PostAdmin
from posts.models import Post


class OpenTopics:
    """For admin pages. `in_assessment` and `of_row` are what an assessment and a row have in common."""

    in_assessment, of_row = "pk", "assessment"

    def get_queryset(self, request):
        """Without what is about topics closed to whoever asks."""
        rows, closed = super().get_queryset(request), closed_assessments(request.user)
        return (
            rows
            if closed is None
            else rows.exclude(Exists(closed.filter(**{self.in_assessment: OuterRef(self.of_row)})))
        )


class OpenAssessmentAdmin(OpenTopics, AssessmentAdmin):
    of_row = "pk"


class OpenFindingAdmin(OpenTopics, FindingAdmin):
    pass


class OpenReviewAdmin(OpenTopics, ReviewAdmin):
    pass


class OpenPostAdmin(OpenTopics, PostAdmin):
    in_assessment, of_row = "post", "pk"


NARROWED = {
    Assessment: OpenAssessmentAdmin,
    Finding: OpenFindingAdmin,
    Review: OpenReviewAdmin,
    Post: OpenPostAdmin,
}
admin.site.unregister(NARROWED)
for model, page in NARROWED.items():
    admin.site.register(model, page)
