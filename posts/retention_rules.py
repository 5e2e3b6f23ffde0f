"""Every column in which words of people can stand: what it holds, how long it is kept, and who removes it.

One table for the whole product, by name only, so that this floor need not know those above. `manage.py check` fails
while a column of text is missing here, or stands here and is no more (see `checks.py`), and prints the line to add.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """What is in a column, until when, and what takes it away."""

    holds: str
    kept: str
    removed_by: str


WITH_THE_POST = "As long as the post."
CASCADE = "The database: it goes with its post."
POST_TIME = (
    "POST_RETENTION_DAYS (30). While a person has to look at it: until 7 days after their decision, 90 days at most."
)
PURGE = "posts.retention.purge every hour; posts.retention.delete_post when its owner says so."
ACCOUNT = "As long as the account."
BY_ADMIN = "An administrator deletes the account."
WITH_THE_WORDS = "Until the last post of the case is gone."
FORGETTING = "The database itself, with the last post of the case (moderation/migrations/0008)."
STAFF_WORK = "As long as what they did: it says who answers for it."
ON_REQUEST = "Nobody by the clock: a record of work, looked at once a year (docs/data-protection.md)."

# model: {column: Rule}
PERSONAL = {
    "posts.Post": {
        "text": Rule("The words of the post. Encrypted.", POST_TIME, PURGE),
        "author_line": Rule("What the post says about its author. Encrypted.", POST_TIME, PURGE),
        "source_link": Rule("Where the post was seen, without tracking. Encrypted.", POST_TIME, PURGE),
        "source_mark": Rule("A keyed hash of that link.", POST_TIME, PURGE),
        "country": Rule("Two letters that the reader picked for help services.", POST_TIME, PURGE),
    },
    "posts.LinkReading": {
        "text": Rule("The link that was pasted. Encrypted.", "One hour.", PURGE),
        "author_line": Rule("What the reader says about the author. Encrypted.", "One hour.", PURGE),
        "country": Rule("Two letters that the reader picked.", "One hour.", PURGE),
    },
    "posts.LinkAnswer": {
        "answer": Rule("What a platform said of a link. Encrypted.", "One day.", "posts.retention.purge"),
    },
    "posts.RequestCount": {
        "who": Rule("A keyed hash of an address, another one each day.", "One day.", "posts.retention.purge"),
    },
    "assessments.Assessment": {
        "result": Rule("What was found, as places in the post. No word of it.", WITH_THE_POST, CASCADE),
    },
    "assessments.Review": {
        "note": Rule("A moderator's sentence for the reader.", WITH_THE_POST, CASCADE),
    },
    "moderation.Flag": {
        "reason": Rule("A reader's words to the moderators. Encrypted.", WITH_THE_POST, CASCADE),
    },
    "moderation.Appeal": {
        "words": Rule("What is wrong, in a reader's words. Encrypted.", WITH_THE_POST, CASCADE),
        "reply": Rule("A moderator's answer to it.", WITH_THE_POST, CASCADE),
    },
    "moderation.Case": {
        "fingerprint": Rule("A keyed hash of the words.", WITH_THE_WORDS, FORGETTING),
        "near_marks": Rule("Keyed hashes of parts of them.", WITH_THE_WORDS, FORGETTING),
    },
    "moderation.Ruling": {
        "note": Rule("A moderator's sentence for the reader.", WITH_THE_WORDS, FORGETTING),
        "verdicts": Rule("Why a finding is right or wrong.", WITH_THE_WORDS, FORGETTING),
        "missed": Rule("Why something should have been found.", WITH_THE_WORDS, FORGETTING),
        "undone_reason": Rule("Why a decision was undone.", WITH_THE_WORDS, FORGETTING),
    },
    "moderation.SavedFilter": {
        "name": Rule("What a moderator calls a view of the queue.", ACCOUNT, "Its owner, or with the account."),
    },
    "moderation.ModeratorPreference": {
        "display_name": Rule("What a moderator is called outside.", ACCOUNT, "Its owner, or with the account."),
        "topics_not_read": Rule(
            "Which topics a moderator leaves to others.", ACCOUNT, "Its owner, or with the account."
        ),
    },
    "moderation.TopicAccess": {
        "topics": Rule("Which topics a person may read.", ACCOUNT, BY_ADMIN),
    },
    "api.ApiKey": {
        "name": Rule("Which organisation may ask by program.", STAFF_WORK, ON_REQUEST),
        "contact": Rule("Whom there to write to.", STAFF_WORK, ON_REQUEST),
    },
    "api.Repeat": {
        "mark": Rule("A keyed hash of a number that a program chose.", "24 hours.", "assessments.api.quotas.forget"),
        "body_mark": Rule("A keyed hash of what it sent.", "24 hours.", "assessments.api.quotas.forget"),
    },
    "mfa.Authenticator": {
        "data": Rule("The secret of a second factor, encrypted, or a passkey's public key.", ACCOUNT, BY_ADMIN),
    },
    "account.EmailAddress": {"email": Rule("Staff only.", ACCOUNT, BY_ADMIN)},
    "account.EmailConfirmation": {"key": Rule("Not used: nothing is confirmed by mail.", ACCOUNT, BY_ADMIN)},
    "sign_in.SharedEntry": {
        "cache_key": Rule(
            "Keyed hashes: tries to sign in, used codes.", "An hour at most.", "config.sign_in.sessions.forget"
        ),
        "value": Rule("When they were, and no address.", "An hour at most.", "config.sign_in.sessions.forget"),
    },
    "auth.User": {
        "username": Rule("The name that staff sign in with.", ACCOUNT, BY_ADMIN),
        "first_name": Rule("Staff only.", ACCOUNT, BY_ADMIN),
        "last_name": Rule("Staff only.", ACCOUNT, BY_ADMIN),
        "email": Rule("Staff only.", ACCOUNT, BY_ADMIN),
        "password": Rule("A salted, slow hash.", ACCOUNT, BY_ADMIN),
    },
    "sessions.Session": {
        "session_data": Rule(
            "Who of the staff is signed in; encrypted, what they sent after it had ended. Readers have none.",
            "Twelve hours at most.",
            "Signing out; config.sign_in.sessions.forget",
        ),
    },
    "admin.LogEntry": {
        "object_repr": Rule("The name of a row that staff changed.", ACCOUNT, BY_ADMIN),
        "change_message": Rule("Which fields they changed.", ACCOUNT, BY_ADMIN),
    },
    "assessments.AuditEntry": {
        "user_name": Rule("Who of the staff did it.", STAFF_WORK, ON_REQUEST),
        "label": Rule("The name of the row. Never a key of a report.", STAFF_WORK, ON_REQUEST),
        "before": Rule("Fields that changed. Never words of a post (assessments/auditing.py).", STAFF_WORK, ON_REQUEST),
        "after": Rule("Fields that changed. Never words of a post (assessments/auditing.py).", STAFF_WORK, ON_REQUEST),
    },
    "assessments.Checklist": {
        "created_by_name": Rule("Who of the staff began the version.", STAFF_WORK, ON_REQUEST),
        "published_by_name": Rule("Who published it.", STAFF_WORK, ON_REQUEST),
        "retired_by_name": Rule("Who retired it.", STAFF_WORK, ON_REQUEST),
    },
    "assessments.PublishRequest": {
        "asked_by_name": Rule("Who asked to publish.", STAFF_WORK, ON_REQUEST),
        "note": Rule("What they say about the version.", STAFF_WORK, ON_REQUEST),
    },
    "assessments.PreviewRun": {"started_by_name": Rule("Who started it.", STAFF_WORK, ON_REQUEST)},
    "assessments.ReassessRun": {"started_by_name": Rule("Who started it.", STAFF_WORK, ON_REQUEST)},
}

# model: columns that hold no words of or about a person. Keys and codes are ours, content is written to be published.
NOT_PERSONAL = {
    # Random keys and names of forms: they say nothing, and go with their row.
    "posts.Post": "key submission",
    "posts.LinkReading": "key submission sentence",
    "posts.LinkAnswer": "digest",
    "posts.LinkProvider": "key",
    "posts.LinkHost": "host",
    "assessments.ShareLink": "key submission",
    "api.ApiKey": "scopes prefix secret_hash",
    "api.Repeat": "submission",
    "moderation.Flag": "submission",
    "moderation.Appeal": "submission",
    "moderation.Vote": "item submission",
    # Written by our own people, about posts that they made up.
    "moderation.GoldenCase": "why level_after overturned",
    # Codes of the checklist and of the engine.
    "assessments.Assessment": "digest engine_version level language review_reasons",
    "assessments.Finding": "item answer effect signal kind context spans place",
    "assessments.Review": "overturned level_after policy",
    "assessments.AuditEntry": "verb kind object_id",
    "moderation.Case": "key sources sections country language",
    "moderation.Referral": "reasons",
    "moderation.Ruling": "level_before level_after overturned policy counted title_checks",
    "moderation.RulingReason": "key label policy note_template decisions",
    "moderation.SavedFilter": "key choices",
    # The checklist and the help services: written by staff, to be read by everybody.
    "assessments.Checklist": "key title texts snapshot digest note",
    "assessments.Section": "key title intro",
    "assessments.Item": "key question why confirm",
    "assessments.Answer": "key label guidance",
    "assessments.Level": "key label plain words when",
    "assessments.WordClass": "key description words",
    "assessments.Claim": "key patterns examples near_misses topic claim why what_is_known",
    "assessments.Signal": "key patterns examples near_misses kind intent help_route description report",
    "assessments.Title": (
        "key country title aliases post_nominals protected register register_url meaning can_diagnose can_prescribe"
        " family"
    ),
    "assessments.Source": "key org title year url",
    "assessments.Citation": "locator",
    "assessments.HelpCountry": "code name emergency note",
    "assessments.HelpService": "name kind phone text_or_chat url hours languages audience how_checked",
    "assessments.HelpGuidance": "texts",
    # Counts, without words of posts.
    "assessments.EvaluationRun": "checklist_version digest engine_version note figures",
    "assessments.PreviewRun": "digest content compared_digest figures",
    "assessments.PublishRequest": "digest",
    # Jobs carry numbers only (posts/jobs.py).
    "procrastinate.ProcrastinateJob": "queue_name task_name lock args queueing_lock",
    "procrastinate.ProcrastinatePeriodicDefer": "task_name periodic_id",
    # Django's own names of things.
    "admin.LogEntry": "object_id",
    "auth.Group": "name",
    "auth.Permission": "name codename",
    "contenttypes.ContentType": "app_label model",
    "sessions.Session": "session_key",
}


def told():
    """{"model.column": Rule, or None for one that is not personal} of the whole table."""
    rows = {f"{model}.{name}": None for model, names in NOT_PERSONAL.items() for name in names.split()}
    return rows | {f"{model}.{name}": rule for model, rules in PERSONAL.items() for name, rule in rules.items()}


def told_twice():
    """Names of columns that stand in both parts of the table."""
    both = {
        model: set(NOT_PERSONAL[model].split()) & rules.keys()
        for model, rules in PERSONAL.items()
        if model in NOT_PERSONAL
    }
    return sorted(f"{model}.{name}" for model, names in both.items() for name in names)
