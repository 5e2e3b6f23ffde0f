"""Who gets in where: every address of the moderation room, for every role. An address without a line is a failure."""

import pytest
from django.urls import reverse

from assessments.moderation.models import RulingReason
from assessments.moderation.staff_urls import urlpatterns
from tests.factories import a_browser, a_case, a_golden_case, a_ruling, a_user
from tests.test_access import ROLES

LOOKS = {"moderator", "senior", "auditor", "superuser"}
DECIDES = {"moderator", "senior", "superuser"}
LEADS = {"senior", "superuser"}

# Address: who may look (GET), who may do something (POST).
TABLE = {
    "queue": (LOOKS, None),
    "take": (None, DECIDES),
    "save_filter": (None, LOOKS),
    "forget_filter": (None, LOOKS),
    "case": (LOOKS, LOOKS),
    "post": (LOOKS, LOOKS),
    "split": (None, DECIDES),
    "preview": (None, DECIDES),
    "decide": (None, DECIDES),
    "undo": (None, DECIDES),
    "assign": (None, DECIDES),
    "take_over": (None, DECIDES),
    "release": (None, DECIDES),
    "skip": (None, DECIDES),
    "renew": (None, DECIDES),
    "preferences": (LOOKS, LOOKS),
    "case_of": (DECIDES, DECIDES),
    "figures": (LOOKS, None),
    "figures_csv": (LEADS, None),
    "transparency": (LOOKS, None),
    "transparency_csv": (LEADS, None),
    "practice": (LOOKS, None),
    "write_practice": (LEADS, LEADS),
    "switch_off_practice": (None, LEADS),
}


def test_every_address_has_a_line():
    assert {pattern.name for pattern in urlpatterns} == TABLE.keys()


@pytest.fixture
def places(published):
    """{name of an address: its arguments}."""
    case = a_case()
    other = a_case("Another text that somebody is worried about.")
    ruling = a_ruling(other, by=a_user("reader"))
    post = case.members.get().post
    about_case = {"key": case.key}
    named = {pattern.name: about_case for pattern in urlpatterns if "cases/" in str(pattern.pattern)}
    assert RulingReason.objects.exists()
    return named | {
        "forget_filter": {"key": "nothing"},
        "split": {"key": case.key, "post_key": post.key},
        "undo": {"key": other.key, "pk": ruling.pk},
        "case_of": {"pk": post.assessments.get().pk},
        "transparency": {"number": 2026},
        "transparency_csv": {"number": 2026},
        "switch_off_practice": {"pk": a_golden_case(by=a_user("writer")).pk},
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_who_gets_in_where(role, places):
    user = a_user(role, group=ROLES[role], is_staff=role != "stranger", is_superuser=role == "superuser")
    browser, wrong = a_browser(user), []

    for name, allowed in TABLE.items():
        path = reverse(f"moderation_staff:{name}", kwargs=places.get(name, {}))
        for method, who in zip((browser.get, browser.post), allowed, strict=True):
            status = method(path).status_code
            gets_in = status not in (403, 405)
            if (who is None and status not in (403, 405)) or (who is not None and gets_in != (role in who)):
                wrong.append(f"{method.__name__} {name}: {status}")

    assert wrong == []


@pytest.mark.django_db
def test_nobody_gets_in_without_signing_in(client, places):
    for name in TABLE:
        path = reverse(f"moderation_staff:{name}", kwargs=places.get(name, {}))
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/staff/sign-in/"), name
