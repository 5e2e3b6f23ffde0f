"""What a reader can do next is fitted to what was found, in the words of the help guidance."""

import re

import pytest

from assessments import crisis_help
from assessments.content_loading import read_content, read_help
from assessments.reference import Reference
from assessments.what_next import next_steps, step_keys
from tests.factories import an_assessment, small_content

FLAGS = {"harmful_community": False, "crisis_language": False}


@pytest.fixture(scope="module")
def reference():
    return Reference(read_content())


def a_record(*findings, items=(), crisis=False, **flags):
    return {
        "crisis": crisis,
        "flags": FLAGS | flags,
        "items": [{"item": item, "answer": "yes", "effect": effect} for item, effect in items],
        "findings": [
            {"kind": kind, "signal": signal, "counted": counted, "item": "", "effect": ""}
            for kind, signal, counted in findings
        ],
    }


def a_key(reference, name, **about):
    """The key of a row of the first checklist that is like this."""
    return next(row["key"] for row in reference.snapshot[name] if about.items() <= row.items())


def test_nothing_found_leaves_the_break(reference):
    assert step_keys(a_record(), reference) == ("break",)


def test_a_claim_about_medicine_leads_to_a_prescriber_or_pharmacist(reference):
    claim = a_key(reference, "claims", topic="medication")

    assert step_keys(a_record(("claim", claim, True)), reference) == ("medicine", "gp", "break")


def test_a_signal_against_medicine_leads_there_too(reference):
    signal = a_key(reference, "signals", kind="anti-medication")

    assert "medicine" in step_keys(a_record(("signal", signal, True)), reference)


def test_being_told_to_change_treatment_leads_there_by_its_question(reference):
    made = a_record(items=[("C3-change-treatment", "stop")])

    assert step_keys(made, reference) == ("medicine", "break")
    assert step_keys(a_record(items=[("C3-change-treatment", "green")]), reference) == ("break",)


@pytest.mark.parametrize("topic", ["depression", "anxiety", "adhd", "trauma"])
def test_claims_about_feelings_lead_to_a_doctor_and_talking_therapy(reference, topic):
    claim = a_key(reference, "claims", topic=topic)

    assert step_keys(a_record(("claim", claim, True)), reference) == ("gp", "talking-therapy", "break")


def test_in_danger_help_comes_first(reference):
    keys = step_keys(a_record(crisis=True, crisis_language=True), reference)

    assert keys == ("danger-now", "talk-tonight", "gp", "talking-therapy", "young-people", "break")


def test_a_harmful_community_leads_to_reporting_and_a_break(reference):
    guidance = read_help()["guidance"]

    harmful = next_steps(record=a_record(harmful_community=True), reference=reference, guidance=guidance)
    plain = next_steps(record=a_record(), reference=reference, guidance=guidance)

    assert (harmful.may_report, plain.may_report) == (True, False)
    assert harmful.keys == ("young-people", "break")


def test_what_does_not_count_leads_nowhere(reference):
    claim = a_key(reference, "claims", topic="medication")
    good = a_key(reference, "signals", direction="positive")

    record = a_record(
        ("claim", claim, False), ("signal", good, True), ("title", "gb-gp", True), ("claim", "gone", True)
    )
    assert step_keys(record, reference) == ("break",)


def test_a_step_that_the_guidance_lost_is_left_out(reference):
    guidance = {"steps": [{"key": "gp", "when": "When", "what": "What"}]}
    claim = a_key(reference, "claims", topic="depression")

    made = next_steps(record=a_record(("claim", claim, True)), reference=reference, guidance=guidance)

    assert made.steps == (("When", "What"),)


def test_every_step_stands_in_the_guidance_and_every_route_of_the_checklist_leads_somewhere(reference):
    known = {step["key"] for step in read_help()["guidance"]["steps"]}
    risks = [row for row in reference.snapshot["signals"] if row["direction"] == "risk" and row["help_route"]]

    found = {row["help_route"]: set(step_keys(a_record(("signal", row["key"], True)), reference)) for row in risks}

    assert found
    assert all(keys - {"break"} for keys in found.values()), found
    assert set().union(*found.values()) <= known


@pytest.mark.django_db
def test_the_report_shows_the_steps_and_the_ways_on(client, published):
    assessment = an_assessment(country="GB")
    words = {step["key"]: step for step in crisis_help.guidance()["steps"]}

    page = client.get(assessment.get_absolute_url()).content.decode()

    for key in ("gp", "talking-therapy", "break"):
        assert words[key]["what"] in page
    assert words["medicine"]["what"] not in page
    folded = re.search(r"<summary>If one of these fits you</summary>(.*?)</details>", page, re.DOTALL)[1]
    assert words["gp"]["what"] in folded
    assert f'href="/reports/{assessment.post.key}/appointment-card/?country=GB"' in page
    assert 'href="/reporting-a-post/?country=GB"' in page


@pytest.mark.django_db
def test_the_country_can_be_picked_on_the_report_and_its_address_stays(client, published):
    assessment = an_assessment(country="GB")
    address = assessment.get_absolute_url()

    before = client.get(address).content.decode()
    after = client.get(f"{address}?country=US").content.decode()

    assert f'<form class="picker" method="get" action="{address}">' in before
    assert '<option value="GB" selected>' in before
    assert '<option value="US" selected>' in after
    assert "tel:911" in after.partition("<header")[0]


def test_the_small_checklist_can_be_read_too():
    made = a_record(("claim", "running-cures-depression", True), ("signal", "tells-to-hurt", True))

    assert step_keys(made, Reference(small_content())) == ("gp", "talking-therapy", "break")
