"""The addresses of the public pages."""

from django.urls import path

from assessments import views

app_name = "assessments"

urlpatterns = [
    path("", views.paste, name="paste"),
    path("reports/<slug:key>/", views.report, name="report"),
    path("reports/<slug:key>/assess/", views.assess_again, name="assess_again"),
    path("how-it-works/", views.method, name="method"),
    path("help/", views.help_page, name="help"),
]
