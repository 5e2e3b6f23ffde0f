"""What people told the moderators, and what came of it, put into a page: one tag for readers, one for moderators."""

from django import template

from assessments.moderation import told

register = template.Library()


@register.inclusion_tag("moderation/_told.html")
def what_was_told(assessment, decision, owner=None, is_told=True):
    """What came of flags and appeals, below a report. `owner` is the post, for whoever has its own address.

    `is_told=False`: nobody told anything yet, so there is no need to look for it.
    """
    appeals = told.appeals_of(assessment.post_id) if is_told else ()
    return {
        "flags": told.flags_of(owner) if owner and is_told else (),
        "appeals": appeals,
        "owner": owner,
        "may_appeal": bool(owner and decision and told.are_open_to_more(appeals)),
    }


@register.inclusion_tag("moderation/_notes.html")
def what_people_wrote(case):
    """The notes and appeals about a case, folded and harmless, for a moderator."""
    return {"notes": told.notes_of(case)}
