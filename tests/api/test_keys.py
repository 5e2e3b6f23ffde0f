"""Keys: made and stopped in the admin, kept as a hash, with scopes and quotas; and what is said to whoever has none."""

import re
import threading

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from assessments.api.keys import hash_of, stop_keys
from assessments.api.models import ApiKey, Scope
from assessments.models import AuditEntry
from tests import factories

KEY = "{key}"
# What each operation asks for; "" needs no key.
OPERATIONS = {
    ("POST", "assess"): "assess",
    ("POST", "assess/link"): "assess",
    ("POST", "assess/batch"): "assess",
    ("POST", "reports"): "report",
    ("POST", "reports/link"): "report",
    ("GET", f"reports/{KEY}"): "read",
    ("POST", f"reports/{KEY}/flags"): "flag",
    ("GET", "checklists"): "",
    ("GET", "checklists/1"): "",
    ("GET", "claims"): "",
    ("GET", "sources"): "",
}


@pytest.mark.django_db
def test_the_table_has_every_operation(published):
    paths = Client().get("/api/v1/openapi.json").json()["paths"]

    told = {
        (method.upper(), path.removeprefix("/api/v1/").replace("{version}", "1")): about.get("x-scope", "")
        for path, methods in paths.items()
        for method, about in methods.items()
    }
    assert told == OPERATIONS


@pytest.mark.django_db
@pytest.mark.parametrize("scope", [*Scope.values, "none", "wrong", "stopped"])
def test_who_may_do_what(published, program, scope):
    key = factories.an_assessment().post.key
    charity = program(scope if scope in Scope.values else "assess")
    if scope == "none":
        charity.headers = lambda more: more
    if scope == "wrong":
        charity.secret = charity.secret[:-1]
    if scope == "stopped":
        stop_keys(ApiKey.objects.all(), by=None)

    for (method, path), needed in OPERATIONS.items():
        address = path.replace(KEY, key)
        answer = charity.get(address) if method == "GET" else charity.post(address, {})
        if scope == "none":
            expected = {401} if needed else {200}
        elif scope in Scope.values:
            expected = {200, 422} if needed in ("", scope) else {403}
        else:
            expected = {401}
        assert answer.status_code in expected, (method, path)
        if answer.status_code in (401, 403):
            assert answer["WWW-Authenticate"].startswith('Bearer realm="Second Look"')
            assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_quota_says_what_is_left_and_then_when_to_come_back(published, program):
    charity = program("assess", per_minute=3, per_day=100)
    body = {"text": factories.CLAIM_TEXT}

    first = charity.post("assess", body)
    batch = charity.post("assess/batch", {"posts": [body] * 3})
    more = [charity.post("assess", body) for _ in range(2)]

    assert first["RateLimit-Policy"] == '"minute";q=3;w=60, "day";q=100;w=86400'
    assert re.fullmatch(r'"minute";r=2;t=\d+, "day";r=99;t=\d+', first["RateLimit"])
    # The call itself was counted, and the three posts together did not fit.
    assert batch.status_code == 429
    assert [answer.status_code for answer in more] == [200, 429]
    assert 0 < int(more[1]["Retry-After"]) <= 60
    assert more[1].json()["help"]["say"].startswith("If you are in danger")
    assert charity.key.uses.get().day_count == 3
    too_many = charity.post("assess/batch", {"posts": [body] * 4}).json()
    assert too_many["detail"] == "Wait as many seconds as Retry-After says."
    other = program("assess", per_minute=2, per_day=100)
    never_fits = other.post("assess/batch", {"posts": [body] * 3}).json()
    assert never_fits["detail"] == "The quota is 2 a minute: send fewer texts at once."


@pytest.mark.django_db
def test_after_a_day_full_of_calls_the_next_day_is_named(published, program):
    charity = program("assess", per_minute=100, per_day=1)

    answers = [charity.post("assess", {"text": factories.CLAIM_TEXT}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert 0 < int(answers[1]["Retry-After"]) <= 24 * 60 * 60


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_exactly_their_quota(published, program):
    charity, found = program("read", per_minute=10, per_day=10), []

    def call():
        try:
            found.append(charity.get("reports/nobody").status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == [410] * 10 + [429] * 6


@pytest.mark.django_db
def test_a_person_makes_a_key_whose_secret_is_shown_once(published, admin, signed_in):
    browser = signed_in(admin)
    form = {"name": "A school", "contact": "it@example.org", "scopes": ["assess"], "per_minute": 5, "per_day": 50}

    page = browser.post(reverse("admin:api_apikey_add"), form)

    [secret] = re.findall(r"slk_[\w-]{43}", page.content.decode())
    key = ApiKey.objects.get()
    assert (key.secret_hash, key.prefix, key.made_by) == (hash_of(secret), secret[:12], admin)
    assert "no-store" in page["Cache-Control"]
    for address in (reverse("admin:api_apikey_changelist"), reverse("admin:api_apikey_change", args=(key.pk,))):
        shown = browser.get(address).content.decode()
        assert secret not in shown
        assert key.secret_hash not in shown
    headers = {"Authorization": f"Bearer {secret}"}
    asked = Client().post("/api/v1/assess", {"text": "a"}, content_type="application/json", headers=headers)
    assert asked.status_code == 200
    key.refresh_from_db()
    assert key.last_used_on is not None

    browser.post(reverse("admin:api_apikey_changelist"), {"action": "stop", "_selected_action": [key.pk]})
    asked = Client().post("/api/v1/assess", {"text": "a"}, content_type="application/json", headers=headers)
    assert asked.status_code == 401
    trail = list(AuditEntry.objects.filter(kind="api.apikey").order_by("id").values_list("user_name", "verb"))
    assert trail == [("ada", "add"), ("ada", "stop")]
    assert secret not in str(list(AuditEntry.objects.values()))


@pytest.mark.django_db
def test_the_command_prints_a_key_that_works(published, capsys):
    call_command("make_api_key", "A charity", contact="it@example.org", scopes=["read"])

    secret = capsys.readouterr().out.strip()
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/reports/nobody", headers=headers).status_code == 410
