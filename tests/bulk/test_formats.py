"""Files in and out: JSON Lines, CSV and Parquet hold the same posts and the same answers."""

import csv
import gzip
import io
import json

import pyarrow
import pytest
from django.core.management import CommandError
from pyarrow import parquet

from tests import factories
from tests.assessments.command_line import json_lines, run
from tests.bulk.conftest import post

POSTS = [post(number) for number in range(12)]


def assess(*files, **options):
    return run("assess", *files, snapshot="snapshot.json", stderr=io.StringIO(), **options)


def as_csv(rows, delimiter=","):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def posts(place):
    """The same posts in every kind of file."""
    lines = "".join(f"{json.dumps(one)}\n" for one in POSTS).encode()
    (place / "posts.jsonl").write_bytes(lines)
    (place / "posts.jsonl.gz").write_bytes(gzip.compress(lines))
    (place / "posts.csv").write_bytes(b"\xef\xbb\xbf" + as_csv(POSTS))
    (place / "semicolons.csv").write_bytes(as_csv(POSTS, ";"))
    parquet.write_table(pyarrow.Table.from_pylist(POSTS), place / "posts.parquet", row_group_size=5)
    return place


def test_every_kind_of_input_gives_the_same(posts):
    plain = assess("posts.jsonl")

    assert len(json_lines(plain)) == 12
    for file in ("posts.jsonl.gz", "posts.csv", "semicolons.csv", "posts.parquet"):
        assert assess(file) == plain
    assert assess("posts.csv", "posts.parquet") == plain * 2


def test_every_kind_of_output_gives_the_same(posts):
    fields = "id,level,crisis,signals"
    for output in ("out.jsonl", "out.jsonl.gz", "out.csv", "out.csv.gz", "out.parquet"):
        assess("posts.parquet", output=output, fields=fields, keep="place")

    lines = json_lines((posts / "out.jsonl").read_text())
    assert lines[0] == {
        "id": "p0",
        "level": "check-first",
        "crisis": False,
        "signals": ["running-cures-depression"],
        "place": "here",
    }
    assert gzip.decompress((posts / "out.jsonl.gz").read_bytes()) == (posts / "out.jsonl").read_bytes()
    assert gzip.decompress((posts / "out.csv.gz").read_bytes()) == (posts / "out.csv").read_bytes()
    as_text = [line | {"signals": json.dumps(line["signals"])} for line in lines]
    assert parquet.read_table("out.parquet").to_pylist() == as_text
    flat = [line | {"crisis": json.dumps(line["crisis"])} for line in as_text]
    assert read_csv((posts / "out.csv").read_text()) == flat


def test_whole_lines_carry_columns_along(posts):
    whole = json_lines(assess("posts.jsonl", keep="place"))

    assert [line["kept"] for line in whole[:2]] == [{"place": "here"}, {"place": "there"}]
    assert whole[0]["findings"]


def test_columns_may_have_other_names(posts):
    renamed = [{"number": one["id"], "body": one["text"]} for one in POSTS]
    (posts / "renamed.csv").write_bytes(as_csv(renamed))
    (posts / "renamed.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in renamed))

    for file in ("renamed.csv", "renamed.jsonl"):
        assert assess(file, columns="id=number,text=body") == assess("posts.jsonl")
    with pytest.raises(CommandError, match=r"has no column “text”\. It has: number, body"):
        assess("renamed.csv")


def test_a_bad_row_of_a_table_is_named_and_the_run_goes_on(place):
    (place / "bad.csv").write_bytes(
        b'id,text\na,fine\nb,too,many\nc\n\nd,"two\nlines"\ne,\xe9\nf,"wrong"quotes\ng,fine\n'
    )

    assert [(line["id"], line.get("error")) for line in json_lines(assess("bad.csv"))] == [
        ("a", None),
        ("b", "more cells than the header has"),
        ("c", "text is missing or not a string"),
        ("d", None),
        (None, "not UTF-8 text"),
        (None, "not a row of CSV (is a quotation mark not closed?)"),
        ("g", None),
    ]


def test_a_cell_that_a_spreadsheet_would_run_becomes_text(place):
    (place / "formulas.csv").write_bytes(as_csv([{"id": "=1+1", "text": "x"}, {"id": "-5", "text": "x"}]))

    assess("formulas.csv", output="out.csv", fields="id")

    assert [row["id"] for row in read_csv((place / "out.csv").read_text())] == ["'=1+1", "-5"]


def test_a_line_without_end_fills_no_memory(place, monkeypatch):
    monkeypatch.setattr("assessments.bulk.reading.LONGEST_LINE", 1_000)
    line = json.dumps({"id": "a", "text": factories.CLAIM_TEXT}).encode()
    (place / "long.jsonl").write_bytes(b"\n".join((line, b"x" * 12_345, line)))

    lines = json_lines(assess("long.jsonl"))

    assert [line.get("error") for line in lines] == [None, "longer than 1,000 bytes", None]


def test_a_damaged_archive_is_named_after_what_could_be_read(posts):
    (posts / "torn.jsonl.gz").write_bytes((posts / "posts.jsonl.gz").read_bytes()[:-30])

    with pytest.raises(CommandError, match=r"Cannot read torn\.jsonl\.gz: the compressed file is damaged"):
        assess("torn.jsonl.gz")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"fields": "level,nonsense"}, "there is no field “nonsense”"),
        ({"fields": "level", "keep": "level"}, "“level” is the name of one of our own fields"),
        ({"columns": "words=body"}, "“words=body” is not one of id=NAME, text=NAME"),
        ({"output": "out.xls"}, "out.xls: the ending says how to write"),
        ({"keep": "nowhere"}, "has no column “nowhere”"),
    ],
)
def test_a_wrong_option_is_explained(posts, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        assess("posts.csv", **options)
    assert not list(posts.glob("out*"))
