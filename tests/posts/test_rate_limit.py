"""Counting submissions without remembering who sent them."""

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from posts import rate_limit
from posts.models import RequestCount
from posts.rate_limit import TooManyRequests, count_submission, hashed_address

START = timezone.datetime(2026, 1, 1, 12, 0, 0, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture
def at(monkeypatch):
    """A function that sets the clock to so many seconds after START."""

    def set_clock(seconds):
        now = START + timezone.timedelta(seconds=seconds)
        monkeypatch.setattr(rate_limit.timezone, "now", lambda: now)

    set_clock(0)
    return set_clock


def from_address(address, **headers):
    return RequestFactory().post("/", REMOTE_ADDR=address, **headers)


@pytest.mark.django_db
def test_one_address_may_send_as_many_as_the_limit_then_waits(settings, at):
    settings.RATE_LIMIT_PER_ADDRESS = 2
    at(30)
    count_submission(from_address("192.0.2.1"))
    count_submission(from_address("192.0.2.1"))

    with pytest.raises(TooManyRequests) as caught:
        count_submission(from_address("192.0.2.1"))

    assert caught.value.retry_after == 570
    assert str(caught.value) == (
        "We are getting too many posts at once. Your words are still here: wait 10 minutes, then try again."
    )
    count_submission(from_address("192.0.2.2"))
    at(600)
    count_submission(from_address("192.0.2.1"))


@pytest.mark.django_db
def test_everybody_together_has_a_limit_a_minute(settings, at):
    settings.RATE_LIMIT_GLOBAL = 2
    count_submission(from_address("192.0.2.1"))
    count_submission(from_address("192.0.2.2"))

    with pytest.raises(TooManyRequests) as caught:
        count_submission(from_address("192.0.2.3"))

    assert caught.value.retry_after == 60
    at(60)
    count_submission(from_address("192.0.2.3"))


@pytest.mark.django_db
def test_a_refused_address_does_not_use_up_everybodys_allowance(settings, at):
    settings.RATE_LIMIT_PER_ADDRESS = 1
    settings.RATE_LIMIT_GLOBAL = 2
    count_submission(from_address("192.0.2.1"))
    for _ in range(5):
        with pytest.raises(TooManyRequests):
            count_submission(from_address("192.0.2.1"))

    count_submission(from_address("192.0.2.2"))

    assert RequestCount.objects.get(who="everybody").count == 2


@pytest.mark.django_db
def test_a_forwarded_address_is_never_believed(settings):
    settings.RATE_LIMIT_PER_ADDRESS = 1
    count_submission(from_address("192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.1"))

    with pytest.raises(TooManyRequests):
        count_submission(from_address("192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.2"))


@pytest.mark.django_db
def test_no_address_is_stored():
    count_submission(from_address("192.0.2.77"))

    assert "192.0.2.77" not in repr(list(RequestCount.objects.values_list()))


def test_the_hash_of_an_address_changes_every_day(at):
    today = hashed_address(from_address("192.0.2.1"))
    at(24 * 3600)

    assert hashed_address(from_address("192.0.2.1")) != today


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "not an address", False),
    ],
)
def test_which_addresses_count_as_one(one, other, same):
    assert (hashed_address(from_address(one)) == hashed_address(from_address(other))) is same


@pytest.mark.django_db
def test_the_purge_removes_old_counts(at, monkeypatch):
    count_submission(from_address("192.0.2.1"))
    monkeypatch.undo()

    call_command("purge_expired_posts", verbosity=0)

    assert RequestCount.objects.count() == 0
