"""Made-up personal data goes in by every door, also when things break, and is then looked for everywhere: in the log,
on error pages, in PostgreSQL's own log and in every row of every table. Nowhere may it stand in clear.
"""

import io
import json
import logging
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from assessments.models import AuditEntry
from assessments.moderation.flagging import close_flag
from assessments.moderation.models import Flag
from config.embedded_postgres.place import Place
from config.log_lines import AllowedFieldsFormatter
from posts.front_door import new_submission
from posts.models import Post
from tests.factories import HARM_TEXT, TOTP_SECRET, an_assessment
from tests.hostile import rows
from tests.platforms_that_answer import BLUESKY, BLUESKY_HOST, bluesky_says
from tests.public_forms import SAME_ORIGIN, send
from tests.signing_in import CODE, PASSWORD, a_person, code_of, send_password

pytestmark = pytest.mark.django_db

CANARIES = sorted({row["value"] for row in rows("pii_canaries")})
ALL_OF_THEM = "Running cures depression.\n" + "\n".join(CANARIES)
# Pages that give back what was typed; all others must not.
GIVES_BACK = {422, 429, 503}


def forms_of(value):
    """How a value may look in a log, in JSON or in an address."""
    return {value, json.dumps(value)[1:-1], quote(value), quote(value, safe="")}


def hits(text):
    return [value for value in CANARIES if any(form in text for form in forms_of(value))]


def chunks(most):
    """All canaries in as few texts as fit."""
    text = ""
    for value in CANARIES:
        if text and len(text) + len(value) + 1 > most:
            yield text
            text = ""
        text = f"{text} {value}".strip()[:most]
    yield text


class Spy:
    """Sends what it is told to, and keeps everything that is written or answered meanwhile."""

    def __init__(self):
        self.browser = Client(raise_request_exception=False)
        self.log = io.StringIO()
        self.error_pages = []

    def look(self, answer):
        if answer.status_code >= 400 and answer.status_code not in GIVES_BACK:
            self.error_pages.append(answer.content.decode(errors="replace"))
        return answer

    def breaking(self, *statements):
        """A request that meets a broken table; the table is whole again after it."""

        def request(ask):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for statement in statements:
                    cursor.execute(statement)
                answer = self.look(ask())
                transaction.set_rollback(True)
            return answer

        return request


@pytest.fixture
def spy(monkeypatch):
    """With the product's own handler and formatter; only where it writes to is another place."""
    spy = Spy()
    handlers = [h for h in logging.getLogger("django").handlers if isinstance(h.formatter, AllowedFieldsFormatter)]
    assert handlers
    for handler in handlers:
        before = handler.setStream(spy.log)
    yield spy
    for handler in handlers:
        handler.setStream(before)


@pytest.fixture
def server_log():
    """What PostgreSQL itself writes from now on; empty when it is not ours."""
    log = Place.of(settings.BASE_DIR).log
    start = log.stat().st_size if log.exists() else 0
    return lambda: log.read_bytes()[start:].decode(errors="replace") if log.exists() else ""


def every_row():
    """All rows of all tables as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(one)::text FROM "{table}" one')
            for (row,) in cursor.fetchall():
                yield table, row


def rows_with_hits():
    return [(table, hits(row)) for table, row in every_row() if hits(row)]


def test_the_search_finds_what_is_in_clear(published, spy):
    AuditEntry.objects.create(user_name="x", verb="x", kind="x", after={"words": CANARIES[0]})

    assert rows_with_hits() == [("assessments_auditentry", [CANARIES[0]])]
    assert [hits(f"… {form} …") for form in forms_of(CANARIES[-1])] == [[CANARIES[-1]]] * len(forms_of(CANARIES[-1]))


def test_what_goes_in_well_stands_nowhere_in_clear(published, spy, server_log, moderator):
    who = {
        "HTTP_USER_AGENT": ALL_OF_THEM.replace("\n", " "),
        "HTTP_REFERER": f"https://example.org/{ALL_OF_THEM[:500]}",
    }
    spy.browser.defaults |= who | {"REMOTE_ADDR": "203.0.113.86"}
    assert spy.look(send(spy.browser, ALL_OF_THEM)).status_code == 302
    for line in chunks(280):
        assert spy.look(send(spy.browser, f"Some words. {HARM_TEXT}", author_line=line)).status_code == 302
    assessment = an_assessment()
    for reason in list(chunks(900))[:5]:
        form = {"kind": "wrong_result", "reason": reason, "submission": new_submission()}
        address = f"/reports/{assessment.post.key}/flag/"
        assert spy.look(spy.browser.post(address, form, headers=SAME_ORIGIN)).status_code == 302
    for flag in Flag.objects.all():
        close_flag(flag=flag, by=moderator)
    for link in [value for value in CANARIES if value.startswith("https://www.")]:
        spy.look(send(spy.browser, link, script="1"))
    post = Post.objects.order_by("pk").first()
    assert CANARIES[0] in post.text
    spy.browser.post(f"/reports/{post.key}/delete/", headers=SAME_ORIGIN)

    assert AuditEntry.objects.exists()
    assert rows_with_hits() == []
    assert hits(spy.log.getvalue() + server_log() + "".join(spy.error_pages)) == []


def test_what_staff_prove_themselves_with_stands_nowhere(spy, server_log, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    a_person()
    assert send_password(spy.browser, password="not the right words").status_code == 200
    send_password(spy.browser)
    code = code_of()
    spy.browser.post(CODE, {"code": code})
    page = spy.browser.post("/staff/security/codes/new/", follow=True).content.decode()
    codes = re.findall(r"\b[0-9a-f]{8}\b", page)
    assert len(codes) == 10, "the control: they were made and shown"

    secrets = [TOTP_SECRET, code, PASSWORD, "not the right words", *codes]
    # Whole words: six digits in a row are part of many a time and number.
    places = [spy.log.getvalue(), server_log(), *(row for _, row in every_row())]
    found = [one for one in secrets if any(re.search(rf"(?<![\w.]){one}(?!\w)", place) for place in places)]
    assert found == []


def test_what_machines_and_platforms_say_stands_nowhere(published, spy, server_log, fake_internet):
    headers = {"Authorization": f"Bearer {CANARIES[0]}", "X-Api-Key": CANARIES[1], "Cookie": f"sessionid={CANARIES[2]}"}
    for ask in (spy.browser.get, spy.browser.post):
        for address in ("/", "/moderation/", "/admin/", "/api/", "/nowhere/"):
            spy.look(ask(address, headers=headers))
    fake_internet.serve(BLUESKY_HOST, bluesky_says(author=CANARIES[0]))
    assert spy.look(send(spy.browser, BLUESKY)).status_code == 302
    assert CANARIES[0] in Post.objects.get().author_line, "the control: it was read and kept"

    assert rows_with_hits() == []
    assert hits(spy.log.getvalue() + server_log() + "".join(spy.error_pages)) == []


def test_what_is_refused_stands_nowhere(published, spy, server_log):
    form = {"post": ALL_OF_THEM, "author_line": CANARIES[0], "country": "GB", "submission": new_submission()}
    ask = spy.browser.post
    given_back = [
        ask("/", form | {"submission": CANARIES[0]}, headers=SAME_ORIGIN),  # the whole form, to be sent again
        *(spy.browser.get(f"/reports/{quote(value, safe='')}/") for value in CANARIES[::7]),  # links to itself
        *(spy.browser.get("/", {"country": value}) for value in CANARIES[::7]),
        *(ask("/admin/login/", {"username": value, "password": value}) for value in CANARIES[:3]),
    ]
    answers = [
        ask("/", form),  # from nowhere
        ask("/", form, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}),
        ask("/", form | {"country": CANARIES[0], "read_as": CANARIES[1]}, headers=SAME_ORIGIN),
        ask("/", form | {"post": f"{ALL_OF_THEM}\x00"}, headers=SAME_ORIGIN),
        ask("/", form | {"post": ALL_OF_THEM * 10}, headers=SAME_ORIGIN),
        ask("/", ALL_OF_THEM * 200, content_type="application/x-www-form-urlencoded", headers=SAME_ORIGIN),
        ask("/", ALL_OF_THEM, content_type="text/plain", headers=SAME_ORIGIN),
        ask("/", ALL_OF_THEM, content_type="multipart/form-data; boundary=x", headers=SAME_ORIGIN),
        ask("/help/", form, headers=SAME_ORIGIN),
        spy.browser.get("/", HTTP_HOST="zebrafinch.canary.example"),
    ]
    for answer in answers:
        spy.look(answer)

    assert {400, 403, 405, 413, 422} <= {answer.status_code for answer in answers}
    assert {403, 404, 200} <= {answer.status_code for answer in given_back}
    assert spy.error_pages
    assert rows_with_hits() == []
    assert hits(spy.log.getvalue() + server_log() + "".join(spy.error_pages)) == []
    assert "zebrafinch.canary.example" not in spy.log.getvalue()


def test_what_meets_a_broken_table_stands_nowhere(published, spy, server_log):
    assessment = an_assessment()
    flag = {"kind": "look_at_post", "reason": next(chunks(900)), "submission": new_submission()}
    # PostgreSQL says then: DETAIL: Failing row contains (…), and the error holds the statement's values.
    refusing = spy.breaking(
        "ALTER TABLE posts_post ADD CONSTRAINT canary CHECK (country <> 'GB') NOT VALID",
        "ALTER TABLE moderation_flag ADD CONSTRAINT canary CHECK (kind <> 'look_at_post') NOT VALID",
    )
    missing = spy.breaking("ALTER TABLE posts_post RENAME COLUMN author_line TO nothing")
    short = spy.breaking("ALTER TABLE posts_post ALTER COLUMN country TYPE varchar(1) USING ''")

    answers = [
        ask(lambda: send(spy.browser, ALL_OF_THEM, author_line=CANARIES[0], country="GB"))
        for ask in (refusing, missing, short)
    ]
    address = f"/reports/{assessment.post.key}/flag/"
    answers.append(refusing(lambda: spy.browser.post(address, flag, headers=SAME_ORIGIN)))

    assert [answer.status_code for answer in answers] == [500] * 4
    log = spy.log.getvalue()
    assert '"sqlstate": "23514"' in log
    assert "Failing row" not in log + "".join(spy.error_pages) + server_log()
    assert hits(log + server_log() + "".join(spy.error_pages)) == []
    assert rows_with_hits() == []
    assert mail.outbox == []
