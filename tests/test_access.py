"""Who gets in where: every address of the staff pages, for every role, to look (GET) and to write (POST).

The table is the rule, and an address without a line in it is a failure. The signs:

    -  sent away: to the sign-in page, or 403 for staff        w  may look, add, change and delete
    r  may look: a POST that would write gets 403              d  may look, change and delete, but not add
    g  may look, and there is nothing to send                  c  may look and change
    a  there is nothing to look at, only to do                 o  for everybody who works here
    x  may look and delete, but not change                     p  only to do, and leads on to another page
    e  a file to take home
    k  may look, add and change, but not delete
"""

import pytest
from django.contrib import admin as django_admin
from django.test import Client
from django.urls import reverse

from assessments import measuring, previewing, publishing, reassessing, roles
from assessments.api.keys import make_key
from assessments.help_loading import load_help
from assessments.models import Checklist, Source
from assessments.moderation.reasons import load_reasons
from posts.links.switches import switch
from tests import factories
from tests.assessments.staff_pages import help_content, help_service

ROLES = {
    "anonymous": None,
    "stranger": (),
    "editor": (roles.EDITORS,),
    "publisher": (roles.PUBLISHERS,),
    "help": (roles.HELP_EDITORS,),
    "moderator": (roles.MODERATORS,),
    "senior": (roles.SENIOR_MODERATORS,),
    "auditor": (roles.AUDITORS,),
    "superuser": (),
}

# First whole kinds of rows, each with the pages of PAGES; then single addresses.
TABLE = """
                               anonymous stranger editor publisher help moderator senior auditor superuser
assessments_section            -         -        w      r         r    r         r      r       w
assessments_item               -         -        w      r         r    r         r      r       w
assessments_answer             -         -        w      r         r    r         r      r       w
assessments_level              -         -        w      r         r    r         r      r       w
assessments_wordclass          -         -        w      r         r    r         r      r       w
assessments_claim              -         -        w      r         r    r         r      r       w
assessments_signal             -         -        w      r         r    r         r      r       w
assessments_signaleffect       -         -        w      r         r    r         r      r       w
assessments_title              -         -        w      r         r    r         r      r       w
assessments_source             -         -        w      r         r    r         r      r       w
assessments_citation           -         -        w      r         r    r         r      r       w
assessments_checklist          -         -        d      r         r    r         r      r       d
assessments_helpcountry        -         -        r      r         w    r         r      r       w
assessments_helpservice        -         -        r      r         w    r         r      r       w
assessments_helpguidance       -         -        r      r         c    r         r      r       c
assessments_assessment         -         -        r      r         -    r         r      r       r
assessments_finding            -         -        r      r         -    r         r      r       r
assessments_review             -         -        r      r         -    r         r      r       r
assessments_evaluationrun      -         -        r      r         r    r         r      r       r
assessments_previewrun            -         -        x      r         r    r         r      r       x
assessments_reassessrun           -         -        r      r         r    r         r      r       r
assessments_auditentry         -         -        -      -         -    -         -      r       r
moderation_flag                -         -        -      -         -    r         r      r       r
moderation_topicaccess         -         -        -      -         -    -         -      r       w
procrastinate_procrastinatejob    -         -        -      -         -    -         -      -       r
moderation_ruling              -         -        -      -         -    r         r      r       r
moderation_rulingreason        -         -        -      -         -    r         k      r       k
posts_post                     -         -        -      -         -    -         -      r       r
posts_linkprovider                -         -        -      -         -    -         c      r       c
api_apikey                     -         -        -      -         -    -         -      r       k
auth_user                      -         -        -      -         -    -         -      r       w
auth_group                     -         -        -      -         -    -         -      r       w

index                          -         -        o      o         o    o         o      o       o
password_change_done           -         -        g      g         g    g         g      g       g
autocomplete                   -         -        g      g         g    g         g      g       g
assessments_auditentry_export  -         -        -      -         -    -         -      a       a
assessments_claim_pattern_help    -         -        a      a         a    a         a      a       a
assessments_signal_pattern_help   -         -        a      a         a    a         a      a       a
assessments_checklist_try         -         -        o      o         o    o         o      o       o
assessments_checklist_import      -         -        w      -         -    -         -      -       w
assessments_checklist_export      -         -        e      e         e    e         e      e       e
assessments_checklist_roll_back   -         -        -      w         -    -         -      -       w
assessments_previewrun_newest     -         -        g      g         g    g         g      g       g
assessments_previewrun_start      -         -        p      -         -    -         -      -       p
assessments_previewrun_stop       -         -        p      -         -    -         -      -       p
assessments_previewrun_resume     -         -        p      -         -    -         -      -       p
assessments_reassessrun_newest    -         -        g      g         g    g         g      g       g
assessments_reassessrun_start     -         -        -      p         -    -         -      -       p
assessments_reassessrun_stop      -         -        -      p         -    -         -      -       p
assessments_reassessrun_resume    -         -        -      p         -    -         -      -       p
moderation_quality             -         -        e      e         -    e         e      e       e
moderation_quality_csv         -         -        -      -         -    -         e      -       e
assessments_helpservice_due    -         -        g      g         g    g         g      g       g
assessments_helpservice_export -         -        g      g         g    g         g      g       g
assessments_helpservice_import -         -        -      -         w    -         -      -       w
auth_user_password_change      -         -        -      -         -    -         -      -       w
"""

# Signing in and out, words for scripts, the list of one app, and addresses that only lead on to another one.
LEFT_TO_DJANGO = {"login", "logout", "password_change", "jsi18n", "view_on_site", "app_list", None}

DONE = {200, 302}  # the page again with what is missing, or on to the next one
PAGES = {
    "changelist": {sign: ({200}, DONE) for sign in "wcdxk"} | {"r": ({200}, DONE | {403})},
    "history": {sign: ({200}, {200}) for sign in "rwcdxk"},
    "add": {sign: ({200}, DONE) for sign in "wk"} | {sign: ({403}, {403}) for sign in "rcdx"},
    "change": {sign: ({200}, {403}) for sign in "rx"} | {sign: ({200}, DONE) for sign in "wcdk"},
    "delete": {sign: ({403}, {403}) for sign in "rck"} | {sign: ({200}, DONE) for sign in "wdx"},
}
SINGLE = {
    "w": ({200}, DONE),
    "a": ({405}, {200}),
    "p": ({405}, {302}),
    "g": ({200}, {405}),
    "o": ({200}, {200}),
    "e": ({200}, {200}),
}

# Of all rows, although they are named like addresses of one.
NO_ROW = {"assessments_auditentry_export", "assessments_helpservice_export"}

HEAD, *LINES = [line.split() for line in TABLE.splitlines() if line]
RULES = {name: dict(zip(HEAD, signs, strict=True)) for name, *signs in LINES}
KINDS = [f"{model._meta.app_label}_{model._meta.model_name}" for model in django_admin.site._registry]


def staff_addresses(patterns=None):
    """The names of all addresses of the staff pages, as the resolver knows them."""
    for pattern in django_admin.site.get_urls() if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from staff_addresses(pattern.url_patterns)
        else:
            yield pattern.name


def rule_of(name):
    """(the line of the table, what each of its signs means for this address); None when there is no line."""
    kind, _, page = (name or "").rpartition("_")
    if name in RULES:
        return RULES[name], SINGLE
    return (RULES[kind], PAGES[page]) if kind in RULES and page in PAGES else None


ADDRESSES = [name for name in staff_addresses() if name not in LEFT_TO_DJANGO]


def test_every_address_has_a_line_and_every_line_an_address():
    kinds_or_names = {name if name in RULES else name.rpartition("_")[0] for name in ADDRESSES}

    assert [name for name in ADDRESSES if rule_of(name) is None] == [], "say in TABLE who may go there"
    assert RULES.keys() - kinds_or_names == set(), "there is no such address"
    assert set(KINDS) <= RULES.keys()


@pytest.fixture
def rows(published):
    """{kind: a row of it}: those of the checklist are in the draft, so that they can be changed."""
    publishing.roll_back(_retired(), by=None, note="It was better.", instead_of=Checklist.objects.published().get())
    previewing.start_preview(publishing.start_draft(by=None), by=factories.a_user("starter"))
    reassessing.start_reassessment(by=factories.a_user("another"))
    assessment = factories.an_assessment()
    factories.a_review(assessment, by=factories.a_user("reviewer"))
    factories.a_flag(assessment)
    factories.a_ruling(factories.a_case("Another text that worries somebody."), by=factories.a_user("answerer"))
    load_reasons()
    factories.a_topic_rule(person=factories.a_user("reader"), topics=["content"])
    measuring.load_measured()
    load_help(help_content(help_service()))
    switch(key="tiktok", is_on=False, by=factories.a_user("switcher"))
    make_key(name="A charity", contact="it@example.org", scopes=["assess"])
    roles.make_groups()
    models = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in django_admin.site._registry}
    return {kind: _row_of(model) for kind, model in models.items()}


def _retired():
    """The first version, after a second one was published in its place."""
    publishing.publish(publishing.start_draft(by=None), by=None, note="What changed.")
    return Checklist.objects.retired().get()


def _row_of(model):
    if model is Checklist:
        return model.objects.drafts().get()
    found = model.objects.filter(checklist__status="draft") if hasattr(model, "checklist_id") else model.objects.none()
    return found.first() or model.objects.first()


def path_to(name, rows):
    if name == "autocomplete":
        about = {"app_label": "assessments", "model_name": "citation", "field_name": Source._meta.model_name}
        return reverse("admin:autocomplete", query=about)
    kind, _, page = name.rpartition("_")
    if name == "assessments_checklist_roll_back":
        return reverse(f"admin:{name}", args=(Checklist.objects.retired().first().pk,))
    if page in ("change", "delete", "history", "export", "stop", "resume") and kind in rows and name not in NO_ROW:
        return reverse(f"admin:{name}", args=(rows[kind].pk,))
    if name == "auth_user_password_change":
        return reverse(f"admin:{name}", args=(rows["auth_user"].pk,))
    return reverse(f"admin:{name}")


def browser_of(role):
    if role == "anonymous":
        return Client()
    is_staff = role != "stranger"
    return factories.a_browser(
        factories.a_user(role, group=ROLES[role], is_staff=is_staff, is_superuser=role == "superuser")
    )


class Unwritten:
    """Leaves pages blank: they are asked for by the thousand here, for their status only, and looked at elsewhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        response.content = b""
        return response


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_gets_in_where(role, rows, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Unwritten"]
    browser, wrong = browser_of(role), []

    for name in ADDRESSES:
        line, meanings = rule_of(name)
        away = {302} if role in ("anonymous", "stranger") else {403}
        # Where nothing is ever got by GET, everybody is told so.
        expected = (away | {405}, away) if line[role] == "-" else meanings[line[role]]
        path = path_to(name, rows)
        for method, allowed in zip((browser.get, browser.post), expected, strict=True):
            answer = method(path)
            if answer.status_code not in allowed:
                wrong.append(f"{method.__name__} {name}: {answer.status_code}, not {allowed}")
            if away == {302} and not answer.url.startswith((reverse("admin:login"), reverse("account_login"))):
                wrong.append(f"{method.__name__} {name}: leads to {answer.url}")

    assert wrong == []
