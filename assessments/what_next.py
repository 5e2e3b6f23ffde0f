"""What a reader can do next, fitted to what was found. Pure: the words are the help guidance that editors keep.

A finding leads to steps of that guidance by their keys: a signal says which kind of help fits (`help_route`), a claim
by its topic. A step that the guidance no longer has is left out.
"""

from dataclasses import dataclass

DANGER, TONIGHT, MEDICINE, DOCTOR = "danger-now", "talk-tonight", "medicine", "gp"
THERAPY, YOUNG, BREAK = "talking-therapy", "young-people", "break"
# The order on the page. A break is never wrong, so it is always there, last.
ORDER = (DANGER, TONIGHT, MEDICINE, DOCTOR, THERAPY, YOUNG, BREAK)

ROUTES = {
    "crisis": (DANGER, TONIGHT, DOCTOR),
    "bereavement-and-crisis": (TONIGHT, DOCTOR),
    "eating-disorder": (DOCTOR, THERAPY),
    "addiction": (DOCTOR, THERAPY),
    "prescriber-or-pharmacist": (MEDICINE,),
    "gp": (DOCTOR,),
}
# What these claims speak of is taken: tablets, supplements and the like. Other claims speak of how people feel.
TAKEN = frozenset({"medication", "supplements-diet", "psychedelics", "detox-parasites", "vaccines-environment"})
# Items that lead to steps whatever signal set them.
ITEMS = {"C3-change-treatment": (MEDICINE,), "B2-selfdx": (DOCTOR, THERAPY)}
CAREFUL = frozenset({"stop", "red", "amber"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps:
    """`keys` of the steps, and `steps` as (when, what) in words; `may_report`: the post may harm people."""

    keys: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    may_report: bool


def next_steps(*, record, reference, guidance):
    """The NextSteps for a stored `record`, in the words of the help `guidance`."""
    keys = step_keys(record, reference)
    words = {step["key"]: (step["when"], step["what"]) for step in guidance["steps"]}
    return NextSteps(
        keys=keys,
        steps=tuple(words[key] for key in keys if key in words),
        may_report=record["flags"]["harmful_community"],
    )


def step_keys(record, reference):
    """The keys of the steps that fit what was found, in the order of the page."""
    wanted = {BREAK}
    if record["crisis"]:
        wanted |= {DANGER, TONIGHT, DOCTOR}
    if record["flags"]["crisis_language"]:
        wanted |= {DOCTOR, THERAPY}
    if record["crisis"] or record["flags"]["harmful_community"]:
        wanted.add(YOUNG)
    for item in record["items"]:
        if CAREFUL & {*item["effect"].split("+")}:
            wanted.update(ITEMS.get(item["item"], ()))
    for finding in record["findings"]:
        if finding["counted"]:
            wanted.update(_of_finding(finding, reference))
    return tuple(key for key in ORDER if key in wanted)


def _of_finding(finding, reference):
    """The keys of the steps for one finding that counts. Good signs and titles lead nowhere."""
    row = reference.found(finding["kind"], finding["signal"]) if finding["kind"] != "title" else None
    if row is None:
        return ()
    if finding["kind"] == "claim":
        return (MEDICINE, DOCTOR) if row["topic"] in TAKEN else (DOCTOR, THERAPY)
    return ROUTES.get(row["help_route"], ()) if row["direction"] == "risk" else ()
