"""Zips that somebody sends: those of any program are read, those made to do harm are refused with a sentence."""

import io
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from assessments import exchange, publishing
from assessments.content_loading import ArchiveError
from assessments.models import Checklist
from tests import factories
from tests.assessments.content_files import a_zip, small_files

pytestmark = pytest.mark.django_db


def a_member(name, kind=stat.S_IFREG):
    member = zipfile.ZipInfo(name)
    member.create_system, member.external_attr = 3, (kind | 0o644) << 16
    return member


def test_the_zip_of_a_folder_is_read_with_what_a_system_adds():
    files = {f"my checklist/{name}": text for name, text in small_files().items()}
    added = {"__MACOSX/my checklist/._levels.yaml": b"\x00", "my checklist/.DS_Store": b"\x00"}
    beside = {"my checklist/README.md": b"# Words", "my checklist/measured.json": b"{}"}

    draft = exchange.import_zip(a_zip(files | added | beside), by=None)

    assert publishing.freeze(draft) == factories.small_content()


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.yaml", "/etc/evil.yaml", "claims/../../evil.yaml", "C:\\evil.yaml", "claims\\evil.yaml"),
        *("./evil.yaml", "a//b.yaml", "a/b/c/d/e.yaml", "cla\nims/evil.yaml", "\u202eevil.yaml", " /evil.yaml"),
        f"{'x' * 200}.yaml",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name):
    with pytest.raises(ArchiveError, match="is not a name that is read"):
        exchange.import_zip(a_zip(small_files() | {name: b"claims: []\n"}), by=None)
    assert not list(Path("/etc").glob("evil*"))


def bombs():
    """(name, zip, words of the sentence)"""
    files = small_files()
    yield "ratio", a_zip(files | {"claims/long.yaml": b"#" * 4_000_000}), "times as long"
    many = files | {f"claims/{number}.yaml": b"x" for number in range(600)}
    yield "many", a_zip(many), "at most 500"
    long = {f"claims/{number}.yaml": random.Random(number).randbytes(4_000_000).hex().encode() for number in range(3)}
    yield "unpacked", a_zip(files | long), "Unpacked"
    yield "nested", a_zip(files | {"claims/more.zip": a_zip(files)}), "no zip in a zip"
    yield "program", a_zip(files | {"run.sh": b"true"}), "not a YAML file"
    yield "link", a_zip(files | {a_member("claims/link.yaml", stat.S_IFLNK): b"/etc/passwd"}), "link"
    yield "bzip2", a_zip(files, zipfile.ZIP_BZIP2), "ordinary zip"
    yield "empty", a_zip({}), "no YAML file"
    yield "no zip", b"levels: []\n", "not a zip file"
    yield "nothing", b"", "not a zip file"
    yield "cut off", a_zip(files)[:-40], "not a zip file"
    yield "broken", a_zip(files).replace(b"\x50\x4b\x03\x04", b"\x50\x4b\x03\x05"), "not a zip file"
    yield "locked", locked(a_zip(files)), "password"
    yield "false length", with_false_length(files), "not"


def locked(sent):
    """The same zip, saying of its members that they are locked."""
    changed = bytearray(sent)
    place = -1
    while (place := changed.find(b"PK\x01\x02", place + 1)) >= 0:
        changed[place + 8] |= 1
    return bytes(changed)


def with_false_length(files):
    """A member that says it is short, and is long."""
    sent = bytearray(a_zip({"claims/long.yaml": b"# long\n" * 10_000} | files))
    place = sent.find(b"PK\x01\x02")
    sent[place + 24 : place + 28] = struct.pack("<I", 20)
    return bytes(sent)


@pytest.mark.parametrize(("sent", "words"), [pytest.param(sent, words, id=name) for name, sent, words in bombs()])
def test_a_zip_made_to_do_harm_is_refused_with_a_sentence(sent, words):
    with pytest.raises(ArchiveError, match=words):
        exchange.import_zip(sent, by=None)
    assert not Checklist.objects.exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused():
    made = io.BytesIO(a_zip(small_files()))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("levels.yaml", b"levels: []\n")

    with pytest.raises(ArchiveError, match="twice"):
        exchange.import_zip(made.getvalue(), by=None)


def test_more_than_twenty_megabytes_are_not_read():
    with pytest.raises(ArchiveError, match="20,000,000"):
        exchange.import_zip(b"x" * 20_000_001, by=None)
