"""Reading all stored posts again after publishing. The work is done by `assessments.reassessing`."""

from django.contrib import admin

from assessments import reassessing
from assessments.admin.runs import RunAdmin
from assessments.models import Checklist, ReassessRun


@admin.register(ReassessRun)
class ReassessRunAdmin(RunAdmin):
    page = "Check stored posts again"
    job = reassessing.reassess_batch
    permission = "assessments.publish_checklist"
    list_display = (*RunAdmin.list_display, "posts_reassessed", "levels_changed")

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("checklist")
        return rows.defer("checklist__snapshot", "checklist__texts")

    def start(self, request):
        return reassessing.start_reassessment(by=request.user)

    def stop(self, run):
        reassessing.stop_reassessment(run)
        return run

    def resume(self, run):
        reassessing.resume_reassessment(run)
        return run

    def newest(self):
        return reassessing.newest_reassessment()

    def tables(self, run):
        published = Checklist.objects.published().without_snapshots().first()
        return {
            "published": published,
            "is_other_version": run is not None and run.checklist_id != getattr(published, "pk", None),
        }
