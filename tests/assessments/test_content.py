"""The shipped content is whole, and keeps the rules that its README gives."""

import json
import re
from collections import Counter

import yaml

from assessments.content_loading import check_content_dict, read_help

AMOUNTS = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:kgs?|lbs?|stone|mg|mcg|ml|g|grams?|k?cals?|calories|pills?|tablets?)\b", re.I
)
PLACES = re.compile(r"https?://|www\.|\.(?:com|org|net|onion|gg)\b", re.I)


def keys(entries):
    return [entry["key"] for entry in entries]


def test_everything_of_the_evidence_base_is_there(content):
    families = Counter(signal["family"] for signal in content["signals"])
    items = [item for section in content["sections"] for item in section["items"]]

    assert (len(content["sections"]), len(items)) == (7, 30)
    assert len(content["claims"]) == 168
    # The evidence base has 90 harm signals; ten weak signs of distress and the like came with engine 1.1.0.
    assert (families["harm"], families["generality"], families["author"]) == (100, 38, 11)
    assert len(content["sources"]) == 187
    assert keys(content["levels"]) == ["do-not-rely", "check-first", "helpful-signs", "read-with-care"]


def test_generality_has_its_risks_and_its_good_signs(content):
    directions = Counter(s["direction"] for s in content["signals"] if s["family"] == "generality")

    assert directions == {"risk": 26, "positive": 12}


def test_titles_are_there_for_every_country(content):
    registers = ("registered", "voluntary", "unprotected")
    titles = [title for title in content["titles"] if title["family"] in registers]

    assert (len(titles), len({title["country"] for title in titles})) == (115, 17)
    assert len(content["titles"]) - len(titles) == 38


def test_help_is_there_for_every_country_and_nothing_claims_to_be_verified():
    countries = read_help()["countries"]
    services = [service for country in countries for service in country["services"]]

    assert (len(countries), countries[-1]["code"]) == (55, "INT")
    assert len(services) == 146
    assert {service["verified_at"] for service in services} == {None}


def test_answers_that_yaml_would_read_as_true_and_false_stay_words(content):
    answers = {a["key"] for section in content["sections"] for item in section["items"] for a in item["answers"]}

    assert {"yes", "no", "none"} <= answers
    assert all(isinstance(answer, str) for answer in answers)
    assert "NO" in {title["country"] for title in content["titles"]}


def test_every_claim_and_signal_has_examples_near_misses_and_a_source(content):
    for entry in content["claims"] + content["signals"]:
        assert len(entry["examples"]) >= 2, entry["key"]
        assert len(entry["near_misses"]) >= 2, entry["key"]
        assert entry["citations"], entry["key"]


def test_every_source_is_used(content):
    cited = set(re.findall(r'"source": "([^"]+)"', json.dumps(content)))

    assert set(keys(content["sources"])) == cited


def test_severity_decides_the_effect_of_every_harm_signal(content):
    """Mapping rule "Harm signals": notice no effect, concern amber, serious red or stop, urgent stop and help."""
    allowed = {"notice": {"none"}, "concern": {"amber"}, "serious": {"red", "stop"}, "urgent": {"stop+help"}}
    for signal in content["signals"]:
        if signal["family"] != "harm" or signal["intent"] in ("disclose", "discuss", "recovery"):
            continue
        effects = {each["effect"] for each in signal["sets"]}

        assert effects & allowed[signal["severity"]], signal["key"]


def test_distress_is_met_with_help_and_never_counts_against_its_author(content):
    disclosures = [signal for signal in content["signals"] if signal["intent"] == "disclose"]

    assert disclosures
    for signal in disclosures:
        assert signal["crisis"] is True
        assert {each["effect"] for each in signal["sets"]} == {"help"}
        assert signal["flag"] == "crisis_language"


def test_every_kind_of_the_display_rule_is_masked(content):
    kinds = {signal["kind"] for signal in content["signals"]}
    subjects = {kind for kind in kinds if kind.startswith("suicide-")} | {"pro-eating-disorder", "self-harm"}

    assert subjects | {"dangerous-challenge", "disclosure"} <= set(content["checklist"]["masked_kinds"])


def test_no_amount_and_no_address_stands_where_it_could_hurt(content):
    for signal in content["signals"]:
        if signal["kind"] in content["checklist"]["masked_kinds"]:
            for text in [*signal["patterns"], *signal["examples"], signal["description"], signal["report"]]:
                assert not AMOUNTS.search(text), signal["key"]
                assert not PLACES.search(text), signal["key"]


def test_a_degree_alone_is_no_letter_of_a_registered_title(content):
    degrees = {"dr", "phd", "psyd", "edd", "md", "do", "msc", "msw", "bsc", "ba", "ma", "drs.", "dott."}
    for title in content["titles"]:
        if title["family"] == "registered":
            assert degrees.isdisjoint(letters.lower() for letters in title["post_nominals"]), title["key"]


def test_the_engine_takes_it(compiled):
    assert compiled.levels


def test_it_is_the_same_after_json(content):
    again = json.loads(json.dumps(content))

    assert again == content
    assert check_content_dict(again) == []


def test_a_snapshot_with_its_version_is_content_too(content):
    assert check_content_dict({**content, "version": "1"}) == []


def test_the_worked_examples_are_ten():
    with open("tests/assessments/worked_examples.yaml", encoding="utf-8") as file:
        examples = yaml.safe_load(file)["worked_examples"]

    assert len(examples) == len({example["key"] for example in examples}) == 10
