"""The page with the switches for the platforms whose links are read."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models.audit import AuditEntry
from posts.links.pauses import note_asked_to_wait, note_failure
from posts.links.switches import UnknownProvider, is_switched_on, switch
from posts.models import LinkProvider

PAGE = "/admin/posts/linkprovider/"


@pytest.fixture
def browser(admin, signed_in):
    return signed_in(admin)


def page_of(browser):
    return browser.get(PAGE).content.decode()


def row_of(page, name):
    """What the row of a platform says, on one line."""
    rows = [" ".join(row.split()) for row in page.split("<tr>")]
    return next(row for row in rows if row.startswith(f'<th scope="row"> {name} '))


def test_every_platform_is_there_and_on_before_anybody_has_switched(browser):
    page = page_of(browser)

    assert re.findall(r'scope="row">\s+(\w+)', page) == ["Bluesky", "Mastodon", "X", "TikTok", "YouTube", "Reddit"]
    assert page.count("Switch off") == 6
    assert LinkProvider.objects.count() == 0


def test_a_switch_is_used_and_the_page_says_by_whom(browser):
    answer = browser.post(PAGE, {"platform": "tiktok", "is_on": "0"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["Links to TikTok are not read any more."]
    page = answer.content.decode()
    assert page.count("Switch off") == 5
    assert "ada" in row_of(page, "TikTok")
    assert not is_switched_on("tiktok")
    entry = AuditEntry.objects.get(kind__contains="linkprovider")
    assert (entry.verb, entry.after["is_on"]) == ("add", False)

    browser.post(PAGE, {"platform": "tiktok", "is_on": "1"})

    assert is_switched_on("tiktok")
    assert browser.get(f"{PAGE}{LinkProvider.objects.get().pk}/history/").status_code == 200


@pytest.mark.parametrize("platform", ["instagram", "nowhere", "", "\x00"])
def test_there_is_no_switch_for_what_is_never_read(browser, admin, platform):
    answer = browser.post(PAGE, {"platform": platform, "is_on": "1"}, follow=True)

    assert "are never read, so there is no switch for them" in answer.content.decode()
    assert LinkProvider.objects.count() == 0
    with pytest.raises(UnknownProvider):
        switch(key=platform, is_on=True, by=admin)


def test_hosts_in_trouble_stand_with_their_platform(browser):
    note_failure(host="www.reddit.com")
    for _ in range(5):
        note_failure(host="social.example")
    note_asked_to_wait(host="www.tiktok.com", seconds=600)

    page = page_of(browser)

    assert "www.reddit.com: 1 failure in a row </div>" in row_of(page, "Reddit")
    assert "social.example: 5 failures in a row, left alone until" in row_of(page, "Mastodon")
    assert "www.tiktok.com: asked us to wait, left alone until" in row_of(page, "TikTok")
    assert "No trouble" in row_of(page, "X")


def test_the_page_says_when_the_server_reads_no_links(browser, settings):
    assert "No link is read now" not in page_of(browser)
    settings.LINK_READING = False

    assert "No link is read now" in page_of(browser)


def test_who_may_only_look_sees_no_switch_and_cannot_use_one(stranger, signed_in):
    stranger.is_staff = True
    stranger.save()
    browser = signed_in(stranger)
    assert browser.get(PAGE).status_code == 403
    stranger.user_permissions.add(Permission.objects.get(codename="view_linkprovider"))

    assert "Switch off" not in page_of(browser)
    assert browser.post(PAGE, {"platform": "tiktok", "is_on": "0"}).status_code == 403
    assert is_switched_on("tiktok")


def test_a_form_from_elsewhere_is_refused(admin):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)

    assert browser.post(PAGE, {"platform": "tiktok", "is_on": "0"}).status_code == 403
    assert is_switched_on("tiktok")


def test_a_row_cannot_be_made_changed_or_deleted_by_hand(browser, admin):
    row = switch(key="x", is_on=False, by=admin)

    assert browser.post(f"{PAGE}add/", {"key": "y"}).status_code == 403
    assert browser.post(f"{PAGE}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    browser.post(f"{PAGE}{row.pk}/change/", {"key": "tiktok", "is_on": "on"})
    row.refresh_from_db()
    assert (row.key, row.is_on) == ("x", False)


def test_the_page_asks_as_often_for_three_switches_as_for_one(browser, admin):
    switch(key="x", is_on=False, by=admin)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        browser.get(PAGE)
    for key in ("tiktok", "reddit"):
        switch(key=key, is_on=False, by=admin)
        note_failure(host=f"{key}.example")
    with CaptureQueriesContext(connection) as three:
        browser.get(PAGE)

    assert len(three) == len(one)
