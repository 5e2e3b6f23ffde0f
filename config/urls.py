"""The addresses of the product."""

from django.contrib import admin
from django.urls import include, path

admin.site.site_header = admin.site.site_title = "Second Look"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("assessments.urls")),
    path("", include("assessments.moderation.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
