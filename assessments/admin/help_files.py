"""Help services as CSV: the file to take along, and the page to bring one in. See help_exchange.py.

Between seeing what would change and saying yes the file stays in the session of whoever brought it.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from assessments.help_exchange import (
    MAX_BYTES,
    ChangedMeanwhile,
    ExchangeError,
    FileMistakes,
    export_lines,
    import_services,
    plan_import,
)
from assessments.models import HelpService

KEPT = "help_import"
MOST_SHOWN = 200


class FileForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text="Begin with an export. At most 2 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MAX_BYTES:
            raise forms.ValidationError("This file is larger than 2 MB. Bring it in in parts.")
        return self.cleaned_data["file"]


def export_page(model_admin, request):
    """All help services as a CSV file."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    name = f"help-services-{timezone.localdate().isoformat()}.csv"
    lines = export_lines(HelpService.objects.all())
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def import_page(model_admin, request):
    """Choose a file, see what it would change, say yes."""
    if not (model_admin.has_add_permission(request) and model_admin.has_change_permission(request)):
        raise PermissionDenied
    if request.method == "POST" and "token" in request.POST:
        return _apply(model_admin, request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        return _preview(model_admin, request, form.cleaned_data["file"].read(), form=form)
    return _page(model_admin, request, form=form)


def _preview(model_admin, request, data, **context):
    try:
        plan = plan_import(data)
    except FileMistakes as error:
        return _page(model_admin, request, error=error, mistakes=error.mistakes[:MOST_SHOWN], **context)
    except ExchangeError as error:
        return _page(model_admin, request, error=error, **context)
    request.session[KEPT] = data.decode("utf-8-sig")
    return _page(model_admin, request, plan=plan, changes=plan.changes[:MOST_SHOWN], **context)


def _apply(model_admin, request):
    text = request.session.get(KEPT)
    if text is None:
        model_admin.message_user(request, "Choose the file again.", messages.ERROR)
        return redirect("admin:assessments_helpservice_import")
    data = text.encode()
    try:
        plan = import_services(data, token=request.POST["token"], by=request.user)
    except ChangedMeanwhile as error:
        return _preview(model_admin, request, data, form=FileForm(), error=error)
    except FileMistakes as error:
        return _page(model_admin, request, form=FileForm(), error=error, mistakes=error.mistakes[:MOST_SHOWN])
    del request.session[KEPT]
    model_admin.message_user(request, f"Done: {len(plan.changes)} changed or added.", messages.SUCCESS)
    return redirect("admin:assessments_helpservice_changelist")


def _page(model_admin, request, **context):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Bring in help services",
        "opts": model_admin.opts,
        **context,
    }
    return TemplateResponse(request, "admin/assessments/helpservice/import.html", context)
