"""The checklist as files in the staff pages: take a zip home, bring one in as the draft."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from assessments import content_loading, exchange, publishing
from assessments.models import Checklist

MOST_SHOWN = 200  # mistakes on one page


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Zip file",
        help_text="YAML files in the layout of an export, in one zip of at most 20 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )
    replace = forms.BooleanField(
        label="Throw the present draft away",
        help_text="Only needed when there is a draft. It cannot be brought back.",
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > content_loading.LARGEST_ARCHIVE:
            raise forms.ValidationError("The file is larger than 20 MB, so it is not read.")
        return file


def export(request, pk):
    """A version, or the draft, as a zip."""
    if not request.user.has_perm("assessments.view_checklist"):
        raise PermissionDenied
    checklist = get_object_or_404(Checklist.objects.without_snapshots(), pk=pk)
    name = "draft" if checklist.is_draft else f"version-{checklist.version}"
    headers = {"Content-Disposition": f'attachment; filename="checklist-{name}.zip"'}
    return HttpResponse(exchange.zip_of(checklist), content_type="application/zip", headers=headers)


def import_page(model_admin, request):
    """The page that takes a zip, and shows every mistake in it when it has any."""
    if not request.user.has_perm("assessments.import_checklist"):
        raise PermissionDenied
    may_replace = request.user.has_perm("assessments.delete_checklist")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if not may_replace:
        del form.fields["replace"]
    mistakes = []
    if form.is_valid():
        mistakes = _take_in(form, request.user)
        if not form.errors and not mistakes:
            model_admin.message_user(request, "The files are the draft now. Nobody sees it yet.", messages.SUCCESS)
            return redirect("admin:assessments_checklist_changelist")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Import a draft",
        "opts": model_admin.opts,
        "form": form,
        "mistakes": mistakes[:MOST_SHOWN],
        "count": len(mistakes),
    }
    return TemplateResponse(request, "admin/assessments/checklist/import.html", context)


def _take_in(form, user):
    """The mistakes in the files. Other refusals stand in the form afterwards."""
    replace = form.cleaned_data.get("replace", False)
    try:
        exchange.import_zip(form.cleaned_data["file"].read(), by=user, replace=replace)
    except content_loading.ContentError as error:
        return error.problems
    except (content_loading.ArchiveError, publishing.PublishingError) as error:
        form.add_error(None, str(error))
    return []
