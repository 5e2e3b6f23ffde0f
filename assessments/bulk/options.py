"""The options that bulk on one machine and on many have in common, and what they come to."""

from assessments.bulk import fields
from assessments.bulk.fields import FieldsError
from assessments.bulk.reading import FIELDS, InputError, open_source
from assessments.bulk.screening import Wanted

KINDS = ("jsonl", "csv", "parquet")


def add_to(parser):
    """Add the options to a parser of arguments."""
    parser.add_argument("--snapshot", help="Use the snapshot in this file; no database is needed.")
    parser.add_argument("--country", default="", help="Country (two letters) for posts that name none.")
    parser.add_argument(
        "--input-format", choices=KINDS, default="", help="What the inputs are, whatever their endings."
    )
    parser.add_argument(
        "--columns", default="", metavar="text=NAME,…", help="How the input calls id, text, author_line, country."
    )
    parser.add_argument("--where", default="", help="Write only rows that meet this condition; see docs/bulk.md.")
    parser.add_argument("--fields", default="", metavar="NAME,…", help="What each row holds, instead of everything.")
    parser.add_argument("--keep", default="", metavar="NAME,…", help="Other fields of the input to carry along.")
    parser.add_argument(
        "--group-by", default="", metavar="NAME", help="A field of the input to count by in the report."
    )
    parser.add_argument("--report", metavar="FILE.html", help="Write what was found as a page with charts.")
    parser.add_argument("--restart", action="store_true", help="Begin anew, and write over what is there.")


def wanted_from(options, form):
    """The Wanted of parsed options, to be written as `form`. Raises FieldsError."""
    keep = tuple(fields.split(options["keep"]))
    columns = dict(_column(pair) for pair in fields.split(options["columns"]))
    for name in keep:
        if columns.get(name, name) != name:
            raise FieldsError(f"--keep: “{name}” is the name of a field of ours, and --columns calls it otherwise.")
    return Wanted(
        form=form,
        fields=fields.chosen(options["fields"], keep, form),
        keep=keep,
        group_by=options["group_by"].strip(),
        where=options["where"].strip(),
        country=options["country"].strip().upper(),
        columns=columns,
        input_format=options["input_format"],
    )


def sources_of(paths, wanted):
    """The inputs, looked at as far as their headers. Raises InputError."""
    if paths.count("-") > 1:
        raise InputError("Standard input can be read once only.")
    return [open_source(path, kind=wanted.input_format, columns=wanted.columns, keep=wanted.carried) for path in paths]


def _column(pair):
    field, sign, name = pair.partition("=")
    if field.strip() not in FIELDS or not sign or not name.strip():
        raise FieldsError(f"--columns: “{pair}” is not one of {', '.join(f'{field}=NAME' for field in FIELDS)}.")
    return field.strip(), name.strip()
