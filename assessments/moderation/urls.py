"""The addresses at which a reader reaches the moderators."""

from django.urls import path

from assessments.moderation.views import flags

app_name = "moderation"

urlpatterns = [
    path("reports/<slug:key>/flag/", flags.flag, name="flag"),
    path("reports/<slug:key>/flag/sent/", flags.flag_sent, name="flag_sent"),
]
