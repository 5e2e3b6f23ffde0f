"""The addresses of the product."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config import health
from config.metrics.page import metrics

admin.site.site_header = admin.site.site_title = "Second Look"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
    # One page for one's password, with the rules of config/sign_in around it.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    path("staff/", include("config.sign_in.urls")),
    path("moderation/", include("assessments.moderation.staff_urls")),
    path("api/", include("assessments.api.urls")),
    # /es/… and /cy/…; without a language it is English, so that old and shared links stay what they are.
    *i18n_patterns(
        path("", include("assessments.urls")),
        path("", include("assessments.moderation.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler429 = "config.errors.too_many_tries"  # allauth's, not Django's
handler500 = "config.errors.server_error"
