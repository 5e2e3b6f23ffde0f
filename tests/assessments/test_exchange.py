"""The checklist as files: out, in and out again; every mistake named; nothing written when there is one."""

import io
import json
import random
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import content_loading, exchange, publishing
from assessments.content_loading import ContentError
from assessments.models import Checklist, Claim, Item
from tests import factories
from tests.assessments.command_line import run
from tests.assessments.content_files import a_zip, files_in, small_files, written
from tests.assessments.staff_pages import address, said

pytestmark = pytest.mark.django_db


def upload(browser, sent, **more):
    return browser.post(address(Checklist, "import"), {"file": SimpleUploadedFile("checklist.zip", sent), **more})


# --- out, in, out ----------------------------------------------------------------------------------------------------


def test_the_first_content_goes_out_and_in_and_out_with_the_same_bytes(first_content, content):
    sent = exchange.zip_of(first_content)

    draft = exchange.import_zip(sent, by=None)

    assert publishing.freeze(draft) == content
    assert exchange.zip_of(draft) == sent
    names = zipfile.ZipFile(io.BytesIO(sent)).namelist()
    assert {"checklist.yaml", "levels.yaml", "sources.yaml", "sections/1_author.yaml", "claims/grief.yaml"} <= {*names}


def test_the_order_of_rows_survives_where_names_of_files_would_change_it(published):
    content = factories.small_content()
    first, second = content["claims"]
    content["claims"] = [first | {"topic": "Zeal & more"}, second | {"topic": "anger"}, first | {"key": "third-claim"}]
    content["claims"].append(second | {"key": "fourth-claim", "topic": "anger"})
    content["sections"] = [*content["sections"], *(section_number(number) for number in range(3, 13))]

    draft = publishing.load_draft(content, by=None)
    files = exchange.files_of(draft)
    again = exchange.import_zip(content_loading.zip_of(files), by=None, replace=True)

    assert publishing.freeze(again) == content
    assert exchange.files_of(again) == files
    assert [name for name in files if name.startswith("claims/")] == [
        "claims/1_zeal_more.yaml",
        "claims/2_anger.yaml",
        "claims/3_depression.yaml",
        "claims/4_anger.yaml",
    ]


def section_number(number):
    (section, *_) = factories.small_content()["sections"]
    (item, *_) = section["items"]
    return section | {"key": f"section-{number}", "items": [item | {"key": f"S{number}-item"}]}


def strange_texts():
    """Texts that YAML could read as something else, break at the wrong place or refuse."""
    signs = [*"ab :#-'\"\\\n\t{}[]&*!|>%@`,?~=.0178x_<", "\u2028", "\u00a0", "\u200d", "\ufeff", "\x85", "😀", "é"]
    chance = random.Random(11)
    short = ["".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in range(300)]
    long = ["".join(chance.choices([*signs, *["word "] * 60], k=chance.randint(60, 200))) for _ in range(60)]
    words = ["yes", "No", "~", "null", "1e3", "0x1", "12:30", "2026-01-01", "---", "...", "- a", "? b", "k: v", "a #b"]
    return [*short, *long, *words, "=", "<<", "ON", "y", "True", ".5", "a:", "https://x.org/?a=b&c=d", "trailing "]


def test_every_text_comes_back_as_it_was(tmp_path):
    content = factories.small_content()
    texts = [
        text for text in strange_texts() if text.strip() and not content_loading.checks.CONTROL_CHARACTER.search(text)
    ]
    content["checklist"]["always_shown"] = list(dict.fromkeys(texts))
    content["checklist"]["intents"] |= {text: text for text in texts}
    content["checklist"]["term_drift"] = texts[0]

    read = content_loading.read_content(written(content_loading.files_of(content), tmp_path))

    assert read == content
    assert len(texts) > 300


def test_a_draft_with_mistakes_can_be_taken_out(published):
    draft = publishing.start_draft(by=None)
    Claim.objects.filter(checklist=draft).update(verdict="false", patterns="cures {NOTHING}")
    Checklist.objects.filter(pk=draft.pk).update(texts={"anything": [None, 1.5, {}, [[]]], "": "x"})
    draft.refresh_from_db()

    with pytest.raises(ContentError) as refusal:
        exchange.import_zip(exchange.zip_of(draft), by=None, replace=True)
    assert {("claims/depression.yaml", "verdict"), ("checklist.yaml", "anything")} <= {
        (problem.file, problem.field) for problem in refusal.value.problems
    }


def test_exporting_and_importing_change_no_published_row(published):
    before = (published.snapshot, publishing.freeze(published))
    sent = exchange.zip_of(published)

    exchange.import_zip(sent, by=None)
    Item.objects.filter(checklist__status="draft").update(question="Changed?")
    exchange.import_zip(sent, by=None, replace=True)

    published.refresh_from_db()
    assert (published.snapshot, publishing.freeze(published)) == before
    assert Checklist.objects.count() == 2


def test_three_claims_are_exported_with_as_many_queries_as_one(published):
    content = factories.small_content()
    content["claims"] = content["claims"][:1]
    few = publishing.load_draft(content, by=None)
    with CaptureQueriesContext(connection) as one:
        exchange.files_of(few)
    content["claims"] += [content["claims"][0] | {"key": f"claim-{number}"} for number in (2, 3)]
    more = publishing.load_draft(content, by=None, replace=True)
    with CaptureQueriesContext(connection) as three:
        exchange.files_of(more)

    assert len(three) == len(one)


# --- mistakes --------------------------------------------------------------------------------------------------------


def test_all_mistakes_are_named_with_file_line_entry_and_field(published):
    files = small_files()
    files["claims/depression.yaml"] = files["claims/depression.yaml"].replace(b"misleading", b"wrong", 1)
    files["titles/gb.yaml"] = files["titles/gb.yaml"].replace(b"    register: General Medical Council\n", b"")
    files["levels.yaml"] = files["levels.yaml"].replace(b"at_least: 1", b"at_least: none")

    with pytest.raises(ContentError) as refusal:
        exchange.import_zip(a_zip(files), by=None)

    found = {(problem.file, problem.entry, problem.field) for problem in refusal.value.problems}
    assert {
        ("claims/depression.yaml", "running-cures-depression", "verdict"),
        ("titles/gb.yaml", "gb-psychiatrist", "register"),
        ("levels.yaml", "do-not-rely", "when.1.1.at_least"),
    } <= found
    assert all(problem.line > 0 for problem in refusal.value.problems)
    assert not Checklist.objects.drafts().exists()


def test_every_pattern_that_cannot_be_read_is_named():
    content = factories.small_content()
    content["claims"][0]["patterns"] = ["running cures (depression", "fine words here"]
    content["claims"][1]["patterns"] = ["fine words here", "!nothing"]

    with pytest.raises(ContentError) as refusal:
        exchange.import_zip(content_loading.zip_of(content_loading.files_of(content)), by=None)
    assert [(problem.entry, problem.field) for problem in refusal.value.problems] == [
        ("running-cures-depression", "patterns.1"),
        ("walking-cures-depression", "patterns.2"),
    ]
    assert "(at character" in str(refusal.value)


@pytest.mark.parametrize("length", [60, 3_000])
def test_word_classes_in_endless_classes_are_refused_with_a_sentence(length):
    content = factories.small_content()
    content["word_classes"] += [
        {"key": f"C{number}", "description": "A class.", "words": [f"{{C{number + 1}}}" if number < length else "word"]}
        for number in range(length + 1)
    ]

    with pytest.raises(ContentError, match="deep in each other"):
        exchange.import_zip(content_loading.zip_of(content_loading.files_of(content)), by=None)


def test_yaml_made_to_do_harm_is_refused_with_a_sentence_each():
    harm = {
        "anchors": (b"levels: &a [*a]\n", "Anchors"),
        "laughs": (b"a: &a [x,x]\nb: &b [*a,*a]\nlevels: [*b]\n", "Anchors"),
        "tag": (b"levels: !!python/object/apply:os.system ['true']\n", "Tags"),
        "deep": (b"levels: " + b"[" * 500_000, "deep"),
        "deep blocks": (b"levels:\n" + b"".join(b" " * n + b"- \n" for n in range(1, 60)), "deep"),
        "latin-1": ("levels: caf\xe9\n".encode("latin-1"), "UTF-8"),
        "utf-16": ("levels: []\n".encode("utf-16"), "UTF-8"),
        "zeros": (b"levels: \x00\n", "control character"),
        "long number": (b"levels: " + b"9" * 6_000 + b"\n", "cannot be read"),
        "large": (b"# " + random.Random(1).randbytes(2_600_000).hex().encode() + b"\n", "bytes"),
        "no mapping": (b"- a\n", "named lists"),
        "two documents": (b"levels: []\n---\nlevels: []\n", "YAML"),
    }
    for name, (text, sentence) in harm.items():
        with pytest.raises(ContentError) as refusal:
            exchange.import_zip(content_loading.zip_of(small_files() | {"levels.yaml": text}), by=None)
        (first, *_) = [problem for problem in refusal.value.problems if problem.file == "levels.yaml"]
        assert sentence in first.message, name
    assert not Checklist.objects.exists()


# --- the commands ----------------------------------------------------------------------------------------------------


def test_the_commands_take_out_and_in(published, editor, tmp_path):
    run("export_checklist", output=tmp_path / "out")
    run("export_checklist", output=tmp_path / "out.zip", checklist_version=1)
    said_in = run("import_checklist", str(tmp_path / "out"), by="ed")

    draft = Checklist.objects.drafts().get()
    assert draft.created_by == editor
    assert publishing.freeze(draft) == factories.small_content()
    assert "draft now" in said_in
    run("import_checklist", str(tmp_path / "out.zip"), replace=True)
    run("export_checklist", output=tmp_path / "again", draft=True)
    assert files_in(tmp_path / "again") == files_in(tmp_path / "out")
    assert Checklist.objects.drafts().get() != draft


def test_importing_beside_a_draft_is_refused_and_leaves_it(published, tmp_path):
    draft = publishing.start_draft(by=None)
    written(small_files(), tmp_path)

    with pytest.raises(CommandError, match="There is a draft already"):
        run("import_checklist", str(tmp_path))
    assert Checklist.objects.drafts().get() == draft


def test_replacing_with_mistakes_leaves_the_draft(published, tmp_path):
    draft = publishing.start_draft(by=None)
    written(small_files() | {"levels.yaml": b"levels: []\n"}, tmp_path)

    with pytest.raises(CommandError, match=r"levels\.yaml"):
        run("import_checklist", str(tmp_path), replace=True)
    assert Checklist.objects.drafts().get() == draft
    assert publishing.freeze(draft) == factories.small_content()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"checklist_version": 9}, "There is no version 9"),
        ({"checklist_version": 10**20}, "There is no version 1000"),
        ({"draft": True}, "There is no draft"),
        ({}, "is not empty"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(options, sentence, published, tmp_path):
    (tmp_path / "old.yaml").write_text("claims: []")

    with pytest.raises(CommandError, match=sentence):
        run("export_checklist", output=tmp_path, **options)


def test_an_export_never_writes_over_a_file(published, tmp_path):
    (tmp_path / "mine.zip").write_bytes(b"mine")

    with pytest.raises(CommandError, match="Cannot write"):
        run("export_checklist", output=tmp_path / "mine.zip")
    assert (tmp_path / "mine.zip").read_bytes() == b"mine"


def test_an_import_of_nothing_or_by_nobody_says_so(tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        run("import_checklist", str(tmp_path / "missing"))
    with pytest.raises(CommandError, match="no account called nobody"):
        run("import_checklist", str(tmp_path), by="nobody")
    assert not Checklist.objects.exists()


# --- the staff pages -------------------------------------------------------------------------------------------------


def test_a_version_comes_out_of_the_staff_pages_and_goes_in_again(published, admin, signed_in):
    browser = signed_in(admin)

    link = address(Checklist, "export", published.pk)
    assert link in browser.get(address(Checklist, "change", published.pk)).content.decode()
    out = browser.get(link)
    assert out.headers["Content-Disposition"] == 'attachment; filename="checklist-version-1.zip"'
    response = upload(browser, out.content)

    assert said(response) == ["The files are the draft now. Nobody sees it yet."]
    draft = Checklist.objects.drafts().get()
    assert (draft.created_by, publishing.freeze(draft)) == (admin, factories.small_content())
    assert browser.get(address(Checklist, "export", draft.pk)).content == out.content


def test_the_page_shows_every_mistake_in_its_place(published, admin, signed_in):
    files = small_files()
    files["claims/depression.yaml"] = files["claims/depression.yaml"].replace(b"misleading", b"<b>wrong</b>")

    page = upload(signed_in(admin), a_zip(files))

    words = page.content.decode()
    assert "2 mistakes in the files. Nothing was imported." in " ".join(words.split())
    assert "<td>claims/depression.yaml</td><td>7</td><td>running-cures-depression</td><td>verdict</td>" in words
    assert "&lt;b&gt;wrong&lt;/b&gt;" in words
    assert not Checklist.objects.drafts().exists()


def test_the_page_refuses_a_second_draft_unless_it_shall_be_replaced(published, admin, signed_in):
    draft = publishing.start_draft(by=None)
    sent = exchange.zip_of(published)

    refused = upload(signed_in(admin), sent)
    assert refused.context["form"].non_field_errors() == [publishing.AlreadyADraft.sentence]
    assert Checklist.objects.drafts().get() == draft
    assert upload(signed_in(admin), sent, replace="on").status_code == 302
    assert Checklist.objects.drafts().get() != draft


def test_the_page_says_what_is_wrong_with_the_file(admin, signed_in):
    browser = signed_in(admin)

    assert "not a zip file" in upload(browser, b"hello").content.decode()
    assert "larger than 20 MB" in upload(browser, b"x" * 20_000_001).content.decode()
    assert "The submitted file is empty." in upload(browser, b"").content.decode()
    assert "This field is required." in browser.post(address(Checklist, "import"), {}).content.decode()


def test_only_who_may_import_can(published, moderator, signed_in):
    browser = signed_in(moderator)

    assert upload(browser, exchange.zip_of(published)).status_code == 403
    assert browser.get(address(Checklist, "import")).status_code == 403
    assert "Import a draft" not in browser.get(address(Checklist)).content.decode()
    assert browser.get(address(Checklist, "export", published.pk)).status_code == 200
    assert not Checklist.objects.drafts().exists()


def test_a_stranger_takes_nothing_out(published, stranger, signed_in):
    assert signed_in(stranger).get(address(Checklist, "export", published.pk)).status_code == 302


def test_the_snapshot_of_a_version_that_was_brought_in_is_that_of_the_one_taken_out(published):
    draft = exchange.import_zip(exchange.zip_of(published), by=None)

    second = publishing.publish(draft, by=None, note="Again.")

    assert json.loads(second.snapshot) == json.loads(published.snapshot) | {"version": "2"}
