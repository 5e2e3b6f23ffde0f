"""The addresses at which a reader reaches the moderators."""

from django.urls import path

from assessments.moderation.views import appeals, flags, votes

app_name = "moderation"

urlpatterns = [
    path("reports/<slug:key>/flag/", flags.flag, name="flag"),
    path("reports/<slug:key>/flag/sent/", flags.flag_sent, name="flag_sent"),
    path("reports/<slug:key>/appeal/", appeals.appeal_report, name="appeal"),
    path("reports/<slug:key>/appeal/sent/", appeals.appeal_sent, name="appeal_sent"),
    path("reports/<slug:key>/vote/", votes.vote_on, name="vote"),
    path("reports/<slug:key>/vote/sent/", votes.voted, name="voted"),
    path("appeal/", appeals.appeal_anywhere, name="appeal_anywhere"),
    path("appeal/sent/", appeals.appeal_anywhere_sent, name="appeal_anywhere_sent"),
]
