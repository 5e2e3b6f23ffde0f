"""What changed between two reports about one post. No database."""

from assessments.changes import AnswerChange, compare
from assessments.reference import Reference
from tests.assessments.test_report import a_claim, a_finding, place
from tests.factories import small_content


def a_record(level="read-with-care", *, items=(), findings=(), engine="1.0.0"):
    return {
        "level": level,
        "engine": engine,
        "items": [dict(zip(("item", "answer", "effect"), row, strict=True)) for row in items],
        "findings": list(findings),
    }


def changes(before, after, *, old=None, new=None):
    return compare(before, after, old=Reference(old or small_content()), new=Reference(new or small_content()))


WITH_CLAIM = a_record("check-first", items=[("C1-known-claims", "high", "red")], findings=[a_claim()])
WITHOUT = a_record(items=[("C1-known-claims", "none", "unknown")])


def test_the_same_record_twice_is_no_change():
    assert changes(WITH_CLAIM, WITH_CLAIM).is_nothing


def test_a_claim_that_came_changes_level_findings_and_answers():
    found = changes(WITHOUT, WITH_CLAIM)

    assert (found.level_before, found.level_after) == ("Read with care", "Check before you trust it")
    assert (found.came, found.went) == (("Running cures depression.",), ())
    assert found.answers == (
        AnswerChange(question="Question C1-known-claims?", before="Answer none", after="Answer high (Strong warning)"),
    )


def test_a_claim_that_went_is_the_other_way_round():
    found = changes(WITH_CLAIM, WITHOUT)

    assert (found.came, found.went) == ((), ("Running cures depression.",))


def test_what_does_not_count_is_not_a_change():
    aside = a_record(
        items=WITHOUT["items"] and [("C1-known-claims", "none", "unknown")], findings=[a_claim(counted=False)]
    )

    assert changes(WITHOUT, aside).is_nothing


def test_a_finding_is_named_in_neutral_words_by_the_version_that_found_it():
    new = small_content()
    new["signals"][0]["description"] = "Newer words for it."
    masked = a_finding("D2-encourages-harm", "yes", "stop+help", "tells-to-hurt", [place("hurt")], masked=True)

    found = changes(WITHOUT, WITHOUT | {"findings": [masked]}, new=new)

    assert found.came == ("Newer words for it.",)


def test_the_same_answer_with_another_effect_is_a_change():
    before = a_record(items=[("B1-everyone", "yes", "amber")])
    after = a_record(items=[("B1-everyone", "yes", "red")])

    (change,) = changes(before, after).answers

    assert (change.before, change.after) == ("Answer yes (Be careful)", "Answer yes (Strong warning)")


def test_a_new_question_is_told_only_when_it_found_something():
    old = small_content()
    old["sections"][1]["items"] = [item for item in old["sections"][1]["items"] if item["key"] != "B1-everyone"]
    before = a_record()

    quiet = changes(before, a_record(items=[("B1-everyone", "no", "none")]), old=old)
    loud = changes(before, a_record(items=[("B1-everyone", "yes", "amber")]), old=old)

    assert quiet.is_nothing
    assert [(one.before, one.after) for one in loud.answers] == [("", "Answer yes (Be careful)")]


def test_another_program_alone_is_said_and_changes_nothing():
    found = changes(a_record(engine="1.0.0"), a_record(engine="2.0.0"))

    assert found.is_nothing
    assert found.has_another_engine
