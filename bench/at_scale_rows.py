"""Millions of rows like those that the product made: each kind is a copy of one real row, with what must differ put in.

`n` is the number of the assessment. Rows are narrow: nobody reads a copy, so its words and its result are a few bytes.
Indexes and constraints go before the copying and come back after it, as a restore does it.
"""

import sys
import time

# A post of every hour of thirty days and one: those of the first hour have run out.
CAME = "now() - interval '30 days 1 hour' + n * (interval '30 days 1 hour' / %(size)s)"
# One assessment in fifty becomes a case; one of ten of those still waits.
CASES, WAITING = 50, 10
STEP = 1_000_000

# Table: (one row for so many assessments, {column: what is put in}). In this order, for what points to what.
TABLES = {
    "posts_post": (
        1,
        {
            "key": "'k' || md5(n::text)::varchar(21)",
            "submission": "'s' || md5('s' || n)::varchar(23)",
            "text": "md5(n::text)",
            "author_line": "''",
            "country": "CASE n %% 4 WHEN 0 THEN 'US' WHEN 1 THEN '' ELSE 'GB' END",
            "created_at": CAME,
            "expires_at": f"{CAME} + interval '30 days'",
        },
    ),
    "assessments_assessment": (
        1,
        {
            "post_id": "n",
            "level": "CASE n %% 10 WHEN 0 THEN 'do-not-rely' WHEN 1 THEN 'check-first' ELSE 'read-with-care' END",
            "crisis": "n %% 50 = 0",
            "needs_review": "n %% 50 = 0",
            "review_reasons": "CASE WHEN n %% 50 = 0 THEN '[\"crisis\"]'::jsonb ELSE '[]'::jsonb END",
            "taken_up_at": CAME,
            "result": "'{}'",
            "created_at": CAME,
        },
    ),
    "assessments_finding": (1, {"assessment_id": "n", "spans": "'[[0, 4]]'::jsonb"}),
    "moderation_case": (
        CASES,
        {
            "key": "'c' || md5(n::text)::varchar(21)",
            "fingerprint": "md5(n::text) || md5('f' || n)",
            # As many marks as a real text has, and none like another's.
            "near_marks": "ARRAY(SELECT hashint8extended(n, band) FROM generate_series(1, 10) band)",
            "state": f"CASE WHEN n / {CASES} %% {WAITING} = 0 THEN 'open' ELSE 'decided' END",
            "decided_at": f"CASE WHEN n / {CASES} %% {WAITING} = 0 THEN NULL ELSE {CAME} + interval '1 hour' END",
            "band": f"1 + (n / {CASES}) %% 5",
            "opened_at": CAME,
            "due_at": f"{CAME} + interval '2 days'",
        },
    ),
    "moderation_casepost": (CASES, {"case_id": f"n / {CASES}", "post_id": "n", "added_at": CAME}),
    "moderation_referral": (
        CASES,
        {"case_id": f"n / {CASES}", "assessment_id": "n", "flag_id": "NULL", "source": "'machine'", "created_at": CAME},
    ),
    "moderation_flag": (100, {"assessment_id": "n", "submission": "'f' || n", "reason": "''", "created_at": CAME}),
    "moderation_ruling": (CASES, {"case_id": f"n / {CASES}", "created_at": f"{CAME} + interval '1 hour'"}),
    "assessments_review": (CASES, {"assessment_id": "n", "reviewed_at": f"{CAME} + interval '1 hour'"}),
    "assessments_auditentry": (10, {"recorded_at": CAME, "object_id": "n::text"}),
}


def fill(cursor, size):
    """Copy rows until the tables hold those of `size` assessments, and bring indexes and constraints back."""
    begun = time.perf_counter()
    taken_away = _take_away(cursor)
    _say("constraints and indexes taken away", begun)
    for table, (share, put_in) in TABLES.items():
        _copy(cursor, table, share, put_in, size)
        _say(f"{table}: {size // share:,} rows", begun)
    for statement in taken_away:
        cursor.execute(statement)
    _say("constraints and indexes back", begun)
    cursor.execute("VACUUM ANALYZE")
    _say("vacuumed and analysed", begun)


def _take_away(cursor):
    """Drop foreign keys everywhere, other constraints and indexes of TABLES; return what makes them again.

    Foreign keys come back NOT VALID: they hold for what is written from then on.
    """
    cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'")
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace AND (contype = 'f' OR contype = 'u' AND "
        "conrelid::regclass::text = ANY(%s)) ORDER BY contype = 'u'",
        [list(TABLES)],
    )
    back = []
    for table, name, definition in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        not_valid = " NOT VALID" if definition.startswith("FOREIGN") else ""
        back.insert(0, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}{not_valid}')
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary",
        [list(TABLES)],
    )
    for name, definition in cursor.fetchall():
        cursor.execute(f"DROP INDEX {name}")
        back.insert(0, definition)
    cursor.execute(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    for (table,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} SET UNLOGGED")
    return [*back, "SET session_replication_role = DEFAULT"]


def _copy(cursor, table, share, put_in, size):
    """The first row of the table is the pattern, out of the way of its copies, whose numbers begin at 1."""
    cursor.execute(f"DELETE FROM {table} WHERE id > (SELECT min(id) FROM {table})")
    cursor.execute(f"UPDATE {table} SET id = -1")
    assert cursor.rowcount == 1, f"{table} has no row to copy"
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", [table]
    )
    put_in = {**put_in, "id": f"n / {share}"}
    columns = {f'"{name}"': put_in.get(name, f'pattern."{name}"') for (name,) in cursor.fetchall()}
    for start in range(share, size + 1, STEP * share):
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE SELECT {', '.join(columns.values())} "
            f"FROM generate_series({start}, %(end)s, {share}) n, (SELECT * FROM {table} WHERE id = -1) pattern",
            {"size": size, "end": min(start + STEP * share - share, size)},
        )
    cursor.execute(f"DELETE FROM {table} WHERE id = -1")
    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {size // share + 1_000})")


def _say(what, begun):
    print(f"{time.perf_counter() - begun:7.0f} s  {what}", file=sys.stderr, flush=True)


def sizes(cursor):
    """How large each table is, with its indexes, as lines."""
    cursor.execute(
        "SELECT relid::regclass::text, pg_size_pretty(pg_table_size(relid)), pg_size_pretty(pg_indexes_size(relid)) "
        "FROM pg_stat_user_tables WHERE relid::regclass::text = ANY(%s) ORDER BY pg_total_relation_size(relid) DESC",
        [list(TABLES)],
    )
    return "\n".join(f"{table}: {rows} rows, {indexes} indexes" for table, rows, indexes in cursor.fetchall())
