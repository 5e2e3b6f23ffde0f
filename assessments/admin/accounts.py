"""Accounts and roles: Django's own pages, with every change in the audit trail."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.shortcuts import get_object_or_404

from assessments.admin.audited import Audited, record_around

admin.site.unregister(get_user_model())
admin.site.unregister(Group)


@admin.register(get_user_model())
class AccountAdmin(Audited, UserAdmin):
    def user_change_password(self, request, id, form_url=""):
        """Django's page for a new password saves the account by itself."""
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        account = get_object_or_404(get_user_model(), pk=id)
        return record_around(request, account, lambda: super(AccountAdmin, self).user_change_password(request, id))


@admin.register(Group)
class RoleAdmin(Audited, GroupAdmin):
    pass
