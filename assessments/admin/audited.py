"""Whatever is added, changed or deleted in the staff pages leaves an entry in the audit trail, by this one class.

Every admin page that can write is Audited (tests/assessments/test_audit_trail.py holds it). An admin action that calls
an action of ours is recorded by that action, not here.
"""

from django.db import transaction

from assessments.auditing import changed_fields, record, record_deletion, record_difference, state_of, states_of


class Audited:
    """For admin pages, before `admin.ModelAdmin` in the list of bases. Django saves each form in one transaction."""

    def save_model(self, request, obj, form, change):
        # From the database, and locked: the form has filled `obj` in already.
        kept = self.model._base_manager.select_for_update().filter(pk=obj.pk).first() if change else None
        request.audit_before = state_of(kept) if kept else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        row = self.model._base_manager.get(pk=form.instance.pk)  # as it was stored, which may differ from the form
        record_difference(by=request.user, what=row, before=request.audit_before, after=state_of(row))

    def save_formset(self, request, form, formset, change):
        deleted = [one.instance for one in getattr(formset, "deleted_forms", ()) if one.instance.pk]
        record_deletion(by=request.user, rows=deleted)
        gone = {row.pk for row in deleted}
        kept = {one.instance.pk for one in formset.initial_forms if one.has_changed()} - gone
        before = states_of(formset.model, kept)
        super().save_formset(request, form, formset, change)
        new = [row.pk for row in getattr(formset, "new_objects", ())]
        for key, row in formset.model._base_manager.in_bulk([*kept, *new]).items():
            record_difference(by=request.user, what=row, before=before.get(key), after=state_of(row))

    def delete_model(self, request, obj):
        with transaction.atomic():
            record_deletion(by=request.user, rows=[obj])
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            record_deletion(by=request.user, rows=queryset)
            super().delete_queryset(request, queryset)


def record_around(request, row, change):
    """Call `change()`, and note what it did to `row`, for pages of Django's that save in their own way."""
    with transaction.atomic():
        before = state_of(row)
        answer = change()
        before, after = changed_fields(before, state_of(type(row)._base_manager.get(pk=row.pk)))
        if after:
            record(by=request.user, verb="change", what=row, before=before, after=after)
    return answer
