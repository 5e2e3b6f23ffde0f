"""Who may do what in the staff pages: two groups with their permissions. A superuser may do everything."""

from django.contrib.auth.models import Group, Permission

EDITORS = "Editors"
MODERATORS = "Moderators"

ROWS = ("section", "item", "answer", "level", "wordclass", "claim", "signal", "signaleffect", "title", "source")
EDITED = (*ROWS, "citation", "helpcountry", "helpservice", "helpguidance")

APPS = ("assessments", "moderation")

PERMISSIONS = {
    EDITORS: {
        *(f"{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in EDITED),
        *("view_checklist", "change_checklist", "delete_checklist", "publish_checklist"),
        *("view_assessment", "view_finding", "view_review", "view_evaluationrun"),
    },
    MODERATORS: {
        *(f"view_{model}" for model in ("checklist", *EDITED, "assessment", "finding", "review", "flag")),
        "view_evaluationrun",
        *(f"view_{model}" for model in ("case", "referral", "ruling", "rulingreason")),
        "decide_case",
        *("add_review", "change_flag"),  # to decide about a report, and to close what readers said about it
    },
}


def make_groups():
    """Make the groups that are missing, with their permissions. A group that exists is left as people made it."""
    for name, codenames in PERMISSIONS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(Permission.objects.filter(content_type__app_label__in=APPS, codename__in=codenames))
