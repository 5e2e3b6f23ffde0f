"""The addresses of the public pages."""

from django.urls import path

from assessments.views import (
    arriving,
    feeds,
    for_websites,
    for_you,
    information,
    keeping,
    leaving,
    paste,
    reading,
    reports,
    screenshots,
    sharing,
    support,
)

app_name = "assessments"

urlpatterns = [
    path("", paste.paste, name="paste"),
    path("screenshot/", screenshots.screenshot, name="screenshot"),
    path("reading/<slug:key>/", reading.reading, name="reading"),
    path("reading/<slug:key>/look/", reading.look, name="look"),
    path("reading/<slug:key>/stop/", reading.stop, name="stop"),
    path("reports/<slug:key>/", reports.report, name="report"),
    path("reports/<slug:key>/assess/", reports.assess_again, name="assess_again"),
    path("reports/<slug:key>/check-again/", keeping.check_again, name="check_again"),
    path("reports/<slug:key>/earlier/<int:number>/", keeping.earlier, name="earlier"),
    path("reports/<slug:key>/delete/", keeping.delete, name="delete"),
    path("reports/<slug:key>/share/", sharing.share, name="share"),
    path("reports/<slug:key>/share/stop/", sharing.stop_sharing, name="stop_sharing"),
    path("shared/<slug:key>/", sharing.shared, name="shared"),
    path("reports/<slug:key>/for-you/", for_you.for_you, name="for_you"),
    path("reports/<slug:key>/appointment-card/", for_you.appointment_card, name="appointment_card"),
    path("own-words/", support.own_words, name="own_words"),
    path("a-friend/", support.a_friend, name="a_friend"),
    path("reporting-a-post/", support.reporting_a_post, name="reporting_a_post"),
    path("how-it-works/", information.method, name="method"),
    path("how-it-works/sources/", information.sources, name="sources"),
    path("how-it-works/versions/", information.versions, name="versions"),
    path("how-it-works/versions/<int:number>/", information.version, name="version"),
    path("how-it-works/versions/feed/", feeds.versions, name="versions_feed"),
    path("how-it-works/corrections/feed/", feeds.corrections, name="corrections_feed"),
    path("for-websites/", for_websites.for_websites, name="for_websites"),
    path("privacy/", information.privacy, name="privacy"),
    path("help/", information.help_page, name="help"),
    path("leave/", leaving.leave, name="leave"),
    path("leave/about/", leaving.about_leaving, name="about_leaving"),
    path("share/", arriving.arrive, name="arrive"),
    path("check/", arriving.check_link, name="check_link"),
    path("put-it-on-your-phone/", arriving.install, name="install"),
    path("manifest.webmanifest", arriving.manifest, name="manifest"),
]
