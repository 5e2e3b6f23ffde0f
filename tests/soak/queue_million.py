"""How long the queue page takes with a hundred, ten thousand and a million cases: python -m tests.soak.queue_million

It makes databases of its own, fills them by SQL (rows as the product makes them, but for the keyed hashes of the words,
which the page never asks for), asks for each page RUNS times with Django's test client, and drops them again. Times
are medians of whole requests, templates and all; beside them the number of queries and the ratio to a hundred cases,
also of the fastest requests, which say more when the machine does something else as well.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import timedelta

SIZES = (100, 10_000, 1_000_000)
RUNS = 30
MOST_RATIO = 1.2
NAME = "second_look_soak_queue"

# Most cases are ordinary; three or four are rare in each way that somebody can choose, so that pages are equally long.
# Ages spread over two weeks.
FILL = """
INSERT INTO moderation_case (key, state, band, sources, sections, country, language, referrals_count, posts_count,
    needs_second, fingerprint, near_marks, opened_at, due_at, version, assigned_to_id, assigned_at, assigned_until)
SELECT 'case-' || n,
    CASE WHEN n %% %(rare)s = 7 THEN 'third' WHEN n %% 10 = 1 THEN 'second' ELSE 'open' END,
    CASE WHEN n %% 100 < 2 THEN 1 WHEN n %% 100 < 20 THEN 2 WHEN n %% 100 < 22 THEN 3 ELSE 4 + n %% 2 END,
    CASE WHEN n %% %(rare)s = 11 THEN ARRAY['appeal', 'reader'] WHEN n %% 3 = 0 THEN ARRAY['machine', 'reader']
         ELSE ARRAY['machine'] END,
    CASE WHEN n %% %(rare)s = 13 THEN ARRAY['author'] ELSE ARRAY['content'] END,
    CASE WHEN n %% %(rare)s = 17 THEN 'CY' WHEN n %% 4 = 0 THEN 'US' WHEN n %% 4 = 1 THEN '' ELSE 'GB' END,
    CASE WHEN n %% %(rare)s = 19 THEN 'cy' ELSE 'en' END,
    1 + n %% 3, 1 + n %% 2, n %% 10 = 1, md5(n::text) || md5((n + 1)::text), '{}',
    now() - n * %(apart)s, now() - n * %(apart)s + interval '2 days', 1,
    CASE WHEN n %% %(rare)s = 23 THEN %(person)s END,
    CASE WHEN n %% %(rare)s = 23 THEN now() END, CASE WHEN n %% %(rare)s = 23 THEN now() + interval '1 hour' END
FROM generate_series(1, %(size)s) n
"""
SKIPPED = """
INSERT INTO moderation_skip (case_id, by_id, reason, created_at)
SELECT id, %(person)s, 'topic', now() FROM moderation_case WHERE id %% 50 = 3 LIMIT 2000 ON CONFLICT DO NOTHING
"""

PAGES = {
    "the queue": "",
    "one band": "?band=4",
    "free": "?who=free",
    "mine (rare)": "?who=mine",
    "late": "?who=late",
    "over a week old": "?older=168",
    "from readers": "?source=reader",
    "appeals (rare)": "?source=appeal",
    "one topic": "?section=content",
    "a rare topic": "?section=author",
    "one country": "?country=GB",
    "a rare country": "?country=CY",
    "a country of nobody": "?country=FR",
    "a rare language": "?language=cy",
    "third readings (rare)": "?state=third",
    "rare twice": "?country=CY&language=cy",
    "free, of a rare country": "?who=free&country=CY",
}
DEEP = "paging, far down"
KEPT_VIEWS = ("?band=1", "?source=reader", "?country=CY", "?section=author", "?who=late")


def main():
    """Returns the exit status: 1 when a page takes more than MOST_RATIO times as long as with the fewest cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--explain", action="store_true", help="show the plans of the page that grows most")
    given = parser.parse_args()
    _django()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = NAME
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return _measure(given)
    finally:
        _use(NAME)
        for size in given.sizes:
            _drop(size)
        connection.creation.destroy_test_db(before, verbosity=0)


def _django():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # A million rows in one statement, and an index over them, take longer than a request may.
    os.environ["DATABASE_STATEMENT_TIMEOUT_MS"] = "0"
    django.setup()


def _measure(given):
    browser, person = _moderator()
    marks = {}
    for size in given.sizes:
        _copy(size)
        _fill(size, person)
        marks[size] = _deep_mark(size)
        print(f"filled with {size:,} cases", file=sys.stderr)
    taken = {size: {name: [] for name in (*PAGES, DEEP)} for size in given.sizes}
    queries = {size: {} for size in given.sizes}
    # All sizes take turns, so that what else the machine does is the same for all.
    for _ in range(given.runs):
        for size in given.sizes:
            _use(_name(size))
            browser.get("/moderation/", secure=True)
            for name, query in {**PAGES, DEEP: f"?after={marks[size]}"}.items():
                milliseconds, queries[size][name] = _ask(browser, query)
                taken[size][name].append(milliseconds)
    figures = {
        size: {name: (statistics.median(times), queries[size][name], min(times)) for name, times in pages.items()}
        for size, pages in taken.items()
    }
    worst = _table(figures)
    if given.explain:
        _explain(browser, PAGES.get(worst, f"?after={marks[max(marks)]}"))
    return int(_ratio(figures, worst) > MOST_RATIO)


def _name(size):
    return f"{NAME}_{size}"


def _use(name):
    """Let the connection lead to this database from now on."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def _copy(size):
    """A database for so many cases, like the first one, and in use from now on."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    _drop(size)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {_name(size)} TEMPLATE {NAME}")
    _use(_name(size))


def _drop(size):
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_name(size)} WITH (FORCE)")


def _moderator():

    from assessments.moderation.saved_filters import save_filter
    from assessments.roles import MODERATORS
    from tests.factories import a_browser, a_published_checklist, a_user

    a_published_checklist()
    person = a_user("mo", group=MODERATORS)
    for query in KEPT_VIEWS:
        name, _, value = query[1:].partition("=")
        save_filter(name=query, choices={name: value}, is_shared=False, by=person)
    browser = a_browser(person)
    return browser, person


def _fill(size, person):
    from django.db import connection

    with connection.cursor() as cursor:
        apart = timedelta(days=14) / size
        cursor.execute(FILL, {"size": size, "rare": max(size // 3, 1), "apart": apart, "person": person.pk})
        cursor.execute(SKIPPED, {"person": person.pk})
        cursor.execute("VACUUM ANALYZE")


def _deep_mark(size):
    """The mark of a page nine tenths down the queue."""
    from assessments.moderation.models import Case

    case = Case.objects.waiting().in_order()[size * 9 // 10]
    return f"{case.band}_{case.opened_at.timestamp()!r}_{case.pk}"


def _ask(browser, query):
    """(milliseconds of a request, number of its queries)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        answer = browser.get(f"/moderation/{query}", secure=True)
        taken = time.perf_counter() - started
        assert answer.status_code == 200
        return taken * 1_000, len(queries)


def _ratio(figures, name):
    sizes = sorted(figures)
    return figures[sizes[-1]][name][0] / figures[sizes[0]][name][0]


def _table(figures):
    """Print the table, and return the name of the page that grows most."""
    sizes = sorted(figures)
    print("| page | " + " | ".join(f"{size:,} cases, ms" for size in sizes) + " | ratio | of the fastest | queries |")
    print("| --- |" + " ---: |" * (len(sizes) + 3))
    for name in figures[sizes[0]]:
        times = " | ".join(f"{figures[size][name][0]:.1f}" for size in sizes)
        queries = "/".join(str(one) for one in dict.fromkeys(figures[size][name][1] for size in sizes))
        fastest = figures[sizes[-1]][name][2] / figures[sizes[0]][name][2]
        print(f"| {name} | {times} | {_ratio(figures, name):.2f} | {fastest:.2f} | {queries} |")
    return max(figures[sizes[0]], key=lambda name: _ratio(figures, name))


def _explain(browser, query):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        browser.get(f"/moderation/{query}", secure=True)
    for asked in sorted(queries, key=lambda one: -float(one["time"]))[:3]:
        print(asked["time"], asked["sql"])
        if asked["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + asked["sql"].replace("%", "%%"))
                print("\n".join(row[0] for row in cursor.fetchall()))


if __name__ == "__main__":
    sys.exit(main())
