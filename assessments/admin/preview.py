"""What publishing the draft would change. The work is done by `assessments.previewing`."""

from django.contrib import admin

from assessments import previewing
from assessments.admin.runs import RunAdmin
from assessments.models import Checklist, PreviewRun
from assessments.preview_tables import tables_of


@admin.register(PreviewRun)
class PreviewRunAdmin(RunAdmin):
    page = "What the draft would change"
    job = previewing.preview_batch
    permission = "assessments.change_checklist"

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("draft")
        return rows.defer("content", "draft__snapshot", "draft__texts")

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("assessments.delete_checklist")  # a draft is deleted with its previews

    def start(self, request):
        draft = _draft()
        if draft is None:
            raise previewing.NotADraft("There is no draft. Start one on the page Checklists.")
        return previewing.start_preview(draft, by=request.user)

    def stop(self, run):
        previewing.stop_preview(run)
        return run

    def resume(self, run):
        previewing.resume_preview(run)
        return run

    def newest(self):
        draft = _draft()
        return previewing.newest_preview(draft) if draft else None

    def tables(self, run):
        if run is None:
            return {"draft": _draft()}
        return {
            "draft": _draft(),
            "tables": tables_of(run),
            "is_out_of_date": previewing.is_out_of_date(run),
        }


def _draft():
    return Checklist.objects.drafts().first()
