"""What the database reads for each page and job with 1, 10 and 100 million assessments: python -m bench.at_scale 1 10

Makes a database of its own with the real migrations, fills it (see at_scale_rows.py), asks for pages by Django's test
client and calls jobs, and drops it. Each statement of the product is run under EXPLAIN (ANALYZE, BUFFERS) first, in a
savepoint that is rolled back, then for real. Buffers are pages of 8 KB that were touched, in memory or not: the
one figure that a busy machine does not change. Prints a table; --plans FILE writes the plan of every statement.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

NAME = "second_look_at_scale"
MILLION = 1_000_000
BUFFERS = re.compile(r"(?:hit|read)=(\d+)")
WORDS = "Running cures depression, honestly. You should all go for a run every {} morning, it works for us."


class Asked(NamedTuple):
    """One statement: its words, the pages of 8 KB that it touched, its milliseconds, and its plan."""

    sql: str
    buffers: int
    milliseconds: float
    plan: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("millions", type=float, nargs="+", help="how many million assessments, one run for each")
    parser.add_argument("--plans", type=Path, help="a file for the plans of the largest run")
    given = parser.parse_args()
    _django()
    asked = {int(millions * MILLION): _run(int(millions * MILLION)) for millions in sorted(given.millions)}
    print(_table(asked))
    if given.plans:
        given.plans.write_text(_plans(asked[max(asked)]), encoding="utf-8")


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # An index over a hundred million rows takes longer than a request may.
    os.environ["DATABASE_STATEMENT_TIMEOUT_MS"] = "0"
    django.setup()


def _run(size: int) -> dict[str, list[Asked]]:
    """{what was done: its statements} with so many assessments."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from bench.at_scale_rows import fill, sizes

    setup_test_environment()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        deeds = _cast()
        with connection.cursor() as cursor:
            fill(cursor, size)
            print(sizes(cursor), file=sys.stderr, flush=True)
        return {name: list(_watched(deed)) for name, deed in deeds()}
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


def _cast() -> Callable[[], Iterator[tuple[str, Callable[[], object]]]]:
    """People, a checklist and one row of each kind to copy; returns what gives (name, deed) when the rows are there."""
    from django.conf import settings

    from assessments import roles
    from tests import factories

    settings.SECOND_READING_OF_SEVERE, settings.SECOND_READING_SHARE = False, 0
    factories.a_published_checklist()
    moderator = factories.a_user("mo", group=roles.SENIOR_MODERATORS)
    case = factories.a_case(WORDS.format("pattern"))
    factories.a_ruling(case, by=moderator)

    def deeds() -> Iterator[tuple[str, Callable[[], object]]]:
        return _deeds(moderator)

    return deeds


def _deeds(moderator) -> Iterator[tuple[str, Callable[[], object]]]:
    from django.test import Client

    from assessments.models import Assessment
    from assessments.moderation.cases import let_go, take_up
    from posts.front_door import new_submission
    from posts.retention import purge
    from tests import factories
    from tests.public_forms import SAME_ORIGIN

    public, staff = Client(), factories.a_browser(moderator)
    ada = factories.a_browser(factories.a_user("ada", is_superuser=True))

    def get(browser, address):
        answer = browser.get(address, secure=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    def send(text):
        form = {"post": text, "submission": new_submission()}
        headers = SAME_ORIGIN | {"Origin": "https://testserver"}
        assert public.post("/", form, headers=headers, secure=True).status_code == 302

    one = factories.an_assessment(WORDS.format("one"))
    case = factories.a_case(WORDS.format("other") + " Look at the many words that nobody else has.")
    machine = factories.an_assessment(factories.HARM_TEXT)
    assert machine.needs_review
    yield "report page", lambda: get(public, f"/reports/{one.post.key}/")
    yield "a post comes in", lambda: send(WORDS.format("new"))
    yield "the same form again", lambda: factories.submit_post(text=one.post.text, submission=one.post.submission)
    yield "work taken up, same words looked for", take_up
    yield "queue page", lambda: get(staff, "/moderation/")
    yield "page of a case", lambda: get(staff, f"/moderation/cases/{case.key}/")
    yield "a decision", lambda: factories.a_ruling(case, by=moderator)
    yield "list of assessments", lambda: get(ada, "/admin/assessments/assessment/")
    yield "audit page", lambda: get(ada, "/admin/assessments/auditentry/")
    yield "cases let go", let_go
    yield "purge of what ran out", purge
    yield "figures page", lambda: get(staff, "/moderation/figures/")
    yield "an assessment by number", lambda: Assessment.objects.get(pk=one.pk)


def _watched(deed: Callable[[], object]) -> Iterator[Asked]:
    """The statements of a deed. All it wrote is rolled back."""
    from django.db import connection, transaction

    asked: list[Asked] = []
    with transaction.atomic(), connection.execute_wrapper(_explaining(asked)):
        deed()
        transaction.set_rollback(True)
    return iter(asked)


def _explaining(asked: list[Asked]):
    def explained(execute, sql, params, many, context):
        if sql.split(None, 1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"} and not many:
            asked.append(_explain(context["connection"], sql, params))
        return execute(sql, params, many, context)

    return explained


def _explain(connection, sql: str, params) -> Asked:
    """Run it once for the plan, and undo that."""
    # Not by Django's own cursor: that would explain the explaining, too.
    with connection.connection.cursor() as cursor, _undone(cursor):
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql, params)
        lines = [line for (line,) in cursor.fetchall()]
    # The first line with buffers is that of the topmost node, which counts all below it.
    first = next((line for line in lines if line.strip().startswith("Buffers: shared")), "")
    taken = next(line for line in lines if line.startswith("Execution Time"))
    return Asked(sql, sum(map(int, BUFFERS.findall(first))), float(taken.split()[2]), "\n".join(lines))


@contextmanager
def _undone(cursor):
    cursor.execute("SAVEPOINT before_explain")
    try:
        yield
    finally:
        cursor.execute("ROLLBACK TO SAVEPOINT before_explain")


def _table(asked: dict[int, dict[str, list[Asked]]]) -> str:
    """One line for each deed: statements, pages touched and milliseconds of the database at each size."""
    head = " | ".join(f"{size / MILLION:g} million: pages of 8 KB | ms" for size in asked)
    lines = [f"| what | statements | {head} |", "| --- |" + " ---: |" * (1 + 2 * len(asked))]
    for name in next(iter(asked.values())):
        rows = [one[name] for one in asked.values()]
        numbers = "/".join(dict.fromkeys(str(len(row)) for row in rows))
        cells = " | ".join(
            f"{sum(one.buffers for one in row):,} | {sum(one.milliseconds for one in row):,.1f}" for row in rows
        )
        lines.append(f"| {name} | {numbers} | {cells} |")
    return "\n".join(lines)


def _plans(deeds: dict[str, list[Asked]]) -> str:
    return "\n".join(
        f"\n## {name}\n\n" + "\n\n".join(f"{one.sql}\n{one.plan}" for one in statements)
        for name, statements in deeds.items()
    )


if __name__ == "__main__":
    main()
