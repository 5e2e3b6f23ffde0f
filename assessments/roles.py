"""Who may do what in the staff pages: six groups with their permissions. A superuser may do everything.

A person may be in several groups. What somebody adds to a group stays; what a role is given here is added to the
groups that exist (`manage.py make_roles`). To take something away from a person, take the person out of the group.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from assessments.auditing import record

EDITORS = "Editors"
PUBLISHERS = "Publishers"
HELP_EDITORS = "Help-service editors"
MODERATORS = "Moderators"
SENIOR_MODERATORS = "Senior moderators"
AUDITORS = "Auditors"

ROWS = (
    *("section", "item", "answer", "level", "wordclass", "claim", "signal", "signaleffect", "title", "source"),
    "citation",
)
HELP = ("helpcountry", "helpservice", "helpguidance")
READ_BY_ALL = ("checklist", *ROWS, *HELP, "evaluationrun")


def _may(verbs, models):
    return {f"{verb}_{model}" for verb in verbs for model in models}


READING = _may(("view",), READ_BY_ALL)
RESULTS = _may(("view",), ("assessment", "finding", "review"))
CASES = _may(("view",), ("flag", "case", "referral", "ruling", "rulingreason"))
# To decide cases, and to close what readers said about a report.
MODERATING = RESULTS | CASES | {"decide_case", "add_review", "change_flag"}
# To mend what others decided, to see how it goes, and to switch the platforms that links are read from.
SENIOR = {"undo_any_ruling", "export_cases", "change_rulingreason", "add_rulingreason"}
SENIOR |= _may(("view", "add", "change"), ("goldencase",))
SENIOR |= {"view_linkprovider", "change_linkprovider"}

# By codename: our models have different names in all our apps. A codename that no model has yet is passed over.
PERMISSIONS = {
    # Who writes the draft. What it becomes is for somebody else to say.
    EDITORS: READING
    | RESULTS
    | _may(("add", "change", "delete"), ROWS)
    | {"change_checklist", "delete_checklist", "start_checklist_draft", "import_checklist"},
    PUBLISHERS: READING | RESULTS | {"start_checklist_draft", "publish_checklist", "roll_back_checklist"},
    HELP_EDITORS: READING | _may(("add", "change", "delete"), HELP),
    MODERATORS: READING | MODERATING,
    SENIOR_MODERATORS: READING | MODERATING | SENIOR,
}

APPS = ("assessments", "moderation", "posts")
# An auditor looks at everything: at accounts and roles too, and alone with superusers at the audit trail.
AUDITED_APPS = (*APPS, "auth", "api")


def make_groups():
    """Make the groups that are missing, and give each group what its role has and it lacks. Takes nothing away.

    Two queries when nothing is missing. Returns {name of a group: sorted codenames that were added}, without groups
    that lacked nothing.
    """
    added = {}
    groups = {group.name: group for group in Group.objects.all()}
    held = list(Permission.objects.values_list("id", "codename", "content_type__app_label", "group__name"))
    for name in (*PERMISSIONS, AUDITORS):
        has = {key for key, _, _, holder in held if holder == name}
        lacks = {key: codename for key, codename, app, _ in held if _is_for(name, codename, app) and key not in has}
        if lacks or name not in groups:
            added[name] = sorted(lacks.values())
            _give(name, lacks)
    return added


def _is_for(name, codename, app):
    """Whether the role `name` has this permission."""
    if name == AUDITORS:
        return codename.startswith("view_") and app in AUDITED_APPS
    return codename in PERMISSIONS[name] and app in APPS


@transaction.atomic
def _give(name, lacks):
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*lacks)
    record(by=None, verb="change", what=group, after={"permissions added": sorted(lacks.values())})
