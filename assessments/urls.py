"""The addresses of the public pages."""

from django.urls import path

from assessments.views import information, leaving, paste, reports, sharing

app_name = "assessments"

urlpatterns = [
    path("", paste.paste, name="paste"),
    path("reports/<slug:key>/", reports.report, name="report"),
    path("reports/<slug:key>/assess/", reports.assess_again, name="assess_again"),
    path("how-it-works/", information.method, name="method"),
    path("how-it-works/sources/", information.sources, name="sources"),
    path("how-it-works/versions/", information.versions, name="versions"),
    path("how-it-works/versions/<int:number>/", information.version, name="version"),
    path("help/", information.help_page, name="help"),
    path("leave/", leaving.leave, name="leave"),
    path("leave/about/", leaving.about_leaving, name="about_leaving"),
    path("share/", sharing.share, name="share"),
    path("put-it-on-your-phone/", sharing.install, name="install"),
    path("manifest.webmanifest", sharing.manifest, name="manifest"),
]
