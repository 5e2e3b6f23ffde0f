"""Guidance with a little HTML: what is not kept is told, and what is stored is harmless."""

import pytest

from assessments import publishing
from assessments.models import Answer, Item
from posts.sanitizing import clean_guidance, not_kept
from tests.assessments.staff_pages import address, fields_of, said

pytestmark = pytest.mark.django_db

WRITTEN = '<p>Ask a <b>doctor</b>. <a href="/here" onclick="x()">Here</a> <a href="https://nhs.uk">NHS</a></p>'


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (WRITTEN, ["<b>", "the address “/here”", "onclick"]),
        ("<script>alert(1)</script><SCRIPT>", ["<script>"]),
        ("<em style='color: red'>red</em>", ["style"]),
        ("<a href=javascript:alert(1)>x</a>", ["the address “javascript:alert(1)”"]),
        ("1 < 2, I <3 you, <p>fine</p><br>", []),
        ("", []),
    ],
)
def test_what_is_not_kept_is_named(written, names):
    assert not_kept(written) == names


@pytest.mark.parametrize("page", ["answer", "item"])
def test_an_editor_is_told_what_was_not_kept(page, published, editor, signed_in):
    draft = publishing.start_draft(by=None)
    answer = Answer.objects.filter(checklist=draft).first()
    place = address(Answer, "change", answer.pk) if page == "answer" else address(Item, "change", answer.item_id)
    browser = signed_in(editor)
    sent = fields_of(browser.get(place))
    box = next(name for name in sent if name.endswith("guidance"))

    response = browser.post(place, sent | {box: WRITTEN})

    assert any("<b>, the address “/here”, onclick" in message for message in said(response))
    answer.refresh_from_db()
    assert answer.guidance == clean_guidance(WRITTEN)
    assert "<b>" not in answer.guidance
