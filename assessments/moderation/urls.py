"""The addresses at which a reader reaches the moderators."""

from django.urls import path

from assessments.moderation import views

app_name = "moderation"

urlpatterns = [
    path("reports/<slug:key>/flag/", views.flag, name="flag"),
    path("reports/<slug:key>/flag/sent/", views.flag_sent, name="flag_sent"),
]
