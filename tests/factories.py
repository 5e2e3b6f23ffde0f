"""Plain functions that make what a test needs, by calling the real actions: no test sees a state that the product
cannot reach. All words are made up.
"""

import itertools
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from assessments import publishing
from assessments.assessing import record_review, run_assessment
from assessments.moderation.appealing import appeal
from assessments.moderation.cases import take_up
from assessments.moderation.deciding import decide
from assessments.moderation.flagging import raise_flag
from assessments.moderation.golden import write_golden
from assessments.moderation.models import Case, Reading, RulingReason, TopicAccess
from assessments.moderation.reasons import load_reasons
from assessments.roles import make_groups
from assessments.sharing import make_share_link
from config.sign_in import sessions
from posts.intake import submit_post

_numbers = itertools.count(1)

HARM_TEXT = "Listen: you deserve to hurt yourself, that is what I say to everyone who asks me about it."
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CLAIM_TEXT = "Running cures depression, honestly. You should all go for a run every morning, it works."


def a_user(name="ada", *, group=None, is_staff=True, is_superuser=False):
    """A person with an account. `group` is the name of a role (see assessments.roles), or several names."""
    user = get_user_model().objects.create_user(name, is_staff=is_staff, is_superuser=is_superuser)
    if group:
        make_groups()
        user.groups.add(*Group.objects.filter(name__in=[group] if isinstance(group, str) else group))
    return user


def a_second_factor(user):
    """An app for one-time codes, set up as allauth does it; twice is once. Its secret is TOTP_SECRET."""
    known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return known or TOTP.activate(user, TOTP_SECRET).instance


def a_browser(user):
    """A test client in which this person is signed in and has shown a second factor: the session says both, as after
    signing in by the page (tests/test_sign_in.py does that)."""
    client = Client()
    client.force_login(user)
    request = SimpleNamespace(session=client.session, user=user)
    sessions.begin(request.session)
    sessions.pass_with(request, a_second_factor(user))
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def a_topic_rule(*, topics, reading=Reading.NEVER, **whom):
    """What a person or a group may read, as the admin stores it."""
    return TopicAccess.objects.create(topics=topics, reading=reading, **whom)


def a_post(text=CLAIM_TEXT, **about):
    return submit_post(text=text, submission=f"test-{next(_numbers)}", **about)


def an_assessment(text=CLAIM_TEXT, **about):
    """An assessment of a new post with the published checklist: ask for the fixture `published` first."""
    return run_assessment(post=a_post(text, **about))


def a_review(assessment, *, by, decision="stands", note="We looked at it again.", **about):
    return record_review(assessment=assessment, decision=decision, note=note, by=by, **about)


def a_share_link(post, *, shows_post=False):
    return make_share_link(post=post, shows_post=shows_post, submission=f"test-{next(_numbers)}")


def a_flag(assessment, *, kind="wrong_result", reason="This is not what it says."):
    return raise_flag(assessment=assessment, kind=kind, reason=reason, submission=f"test-{next(_numbers)}")


def an_appeal(assessment, *, who="reader", words="The words were a joke between friends."):
    return appeal(assessment=assessment, who=who, words=words, submission=f"test-{next(_numbers)}")


def a_case(text=CLAIM_TEXT, **about):
    """A waiting case of a new post, because a reader is worried: ask for the fixture `published` first."""
    assessment = an_assessment(text, **about)
    a_flag(assessment, kind="look_at_post")
    return Case.objects.get(members__post=assessment.post)


def a_crisis_case(text=HARM_TEXT, **about):
    """A waiting case that the checklist itself asked a person to look at."""
    assessment = an_assessment(text, **about)
    take_up()
    return Case.objects.get(members__post=assessment.post)


def a_reason(decision="stands"):
    """A reason that fits the decision."""
    load_reasons()
    return next(reason for reason in RulingReason.objects.all() if decision in reason.decisions)


def a_ruling(case, *, by, decision="stands", note="We looked at it again.", **about):
    """An answer of `by` to the case as it is now."""
    case.refresh_from_db()
    reason = about.pop("reason", None) or a_reason(decision)
    return decide(case=case, by=by, version=case.version, decision=decision, reason=reason, note=note, **about)


def a_golden_case(text=CLAIM_TEXT, *, by, decision="stands", why="It says what it should say.", **about):
    """A practice case of a made-up post: ask for the fixture `published` first."""
    return write_golden(by=by, text=text, decision=decision, why=why, submission=f"test-{next(_numbers)}", **about)


def a_draft(content=None, *, by=None):
    return publishing.load_draft(content or small_content(), by=by)


def a_published_checklist(content=None, *, by=None, note="What changed."):
    return publishing.publish(a_draft(content, by=by), by=by, note=note)


def small_content():
    """A small but whole checklist: every kind of row once or twice. A new dictionary each time: change it freely."""
    return {
        "format": 1,
        "checklist": _checklist(),
        "levels": _levels(),
        "sections": _sections(),
        "word_classes": [
            {"key": "DEPRESSION", "description": "Low mood by name.", "words": ["depression", "low mood"]},
        ],
        "claims": [_claim("running-cures-depression"), _claim("walking-cures-depression", verb="walking")],
        "signals": [_encouraging_signal(), _sweeping_signal()],
        "titles": [_title()],
        "sources": [
            _source("first-source", org="First Institute"),
            _source("second-source", org="Second Institute", confidence="check"),
        ],
    }


def _checklist():
    return {
        "key": "small",
        "title": "A small checklist",
        "what_it_is_not": ["It is not a diagnosis."],
        "basis": [{"source": "first-source", "use": "Everything."}],
        "always_shown": ["A doctor is a good place to start."],
        "short_text": {"words": 4, "message": "There is not enough text here."},
        "advice_words": 25,
        "crisis": {
            "title": "Help first",
            "shown": "Above everything else.",
            "triggers": ["Any effect help."],
            "rules": ["Shown even when the text is short."],
        },
        "answer_types": {"auto": "From the words.", "reader": "From the reader.", "both": "From both."},
        "effects": {
            "stop": "A serious problem.",
            "red": "A strong reason.",
            "amber": "A reason to be careful.",
            "green": "A good sign.",
            "none": "No effect.",
            "unknown": "Could not tell.",
            "personal": "About the reader.",
            "help": "Crisis help first.",
            "hint": "A weak sign.",
        },
        "matching_rules": ["A claim counts only when the post asserts it."],
        "mapping_rules": ["No score out of 100."],
        "display_rule": "Never echo the words of these kinds.",
        "method_rule": "No method is written here.",
        "masked_kinds": ["self-harm"],
        "not_checked": [
            {"key": "video", "sentence": "We did not watch the video."},
            {"key": "author", "sentence": "We did not check who wrote it."},
        ],
        "author_outcomes": [{"key": "lay", "label": "Somebody without training", "guidance": "Stories can help."}],
        "cautions": ["Titles are claims."],
        "degrees_not_licences": {"note": "A degree is not a licence.", "list": ["MSc Psychology"]},
        "ambiguous_letters": [{"letters": "BPS", "meanings": ["a society", "a blood pressure"]}],
        "protected_meanings": {"yes": "Protected by law.", "partly": "In part.", "no": "Anyone may use it."},
        "verdicts": {"misleading": "Leads to a wrong conclusion."},
        "severities": {"serious": "Red.", "urgent": "Stop, and help first."},
        "intents": {"encourage": "Pushes people to harm."},
        "match_modes": {"phrase": "The meaning matters."},
        "term_drift": "Review every three months.",
    }


def _levels():
    return [
        {
            "key": "do-not-rely",
            "order": 4,
            "label": "Do not rely on this",
            "plain": "It could harm people.",
            "words": "Any stop.",
            "when": [[{"effect": "stop", "at_least": 1}]],
        },
        {
            "key": "check-first",
            "order": 3,
            "label": "Check before you trust it",
            "plain": "There is a strong warning sign.",
            "words": "Any red.",
            "when": [[{"effect": "red", "at_least": 1}]],
        },
        {
            "key": "helpful-signs",
            "order": 1,
            "label": "Good signs",
            "plain": "There are good signs.",
            "words": "A green and enough text.",
            "when": [[{"enough_text": True}, {"effect": "green", "at_least": 1}]],
        },
        {
            "key": "read-with-care",
            "order": 2,
            "label": "Read with care",
            "plain": "Check before you act on it.",
            "words": "Otherwise.",
            "when": [[]],
        },
    ]


def _sections():
    return [
        {
            "key": "author",
            "title": "Who wrote it?",
            "intro": "Check who wrote it.",
            "items": [
                _item(
                    "A2-credential", ("checkable", "green"), ("claimed", "amber"), ("lay", "none"), ("none", "unknown")
                ),
            ],
        },
        {
            "key": "content",
            "title": "What does it say?",
            "intro": "",
            "items": [
                _item(
                    "C1-known-claims", ("high", "red"), ("some", "amber"), ("debunked", "green"), ("none", "unknown")
                ),
                _item("D2-encourages-harm", ("yes", "stop+help"), ("no", "none")),
                _item("B1-everyone", ("yes", "amber"), ("no", "none")),
            ],
        },
    ]


def _item(key, *answers):
    return {
        "key": key,
        "question": f"Question {key}?",
        "why": "It matters & counts.",
        "answer_type": "auto",
        "weight": "major",
        "citations": [{"source": "first-source", "locator": "section 1"}],
        "answers": [
            {"key": answer, "label": f"Answer {answer}", "effect": effect, "guidance": "Ask a <em>doctor</em>."}
            for answer, effect in answers
        ],
    }


def _claim(key, verb="running"):
    return {
        "key": key,
        "topic": "depression",
        "claim": f"{verb.capitalize()} cures depression.",
        "verdict": "misleading",
        "risk": "high",
        "why": "It does not cure everyone.",
        "what_is_known": "It helps some people.",
        "patterns": [f"{verb} cures {{DEPRESSION}}"],
        "examples": [f"{verb} cures depression"],
        "near_misses": [f"{verb} helped my mood"],
        "citations": [
            {"source": "second-source", "locator": "page 2"},
            {"source": "first-source", "locator": ""},
        ],
    }


def _encouraging_signal():
    return {
        "key": "tells-to-hurt",
        "family": "harm",
        "kind": "self-harm",
        "intent": "encourage",
        "severity": "urgent",
        "weight": "",
        "direction": "risk",
        "match": "phrase",
        "absence": False,
        "crisis": True,
        "help_route": "self-harm",
        "flag": "harmful_community",
        "sets": [{"item": "D2-encourages-harm", "answer": "yes", "effect": ""}],
        "description": "The post tells people to hurt themselves.",
        "report": "You deserve support.",
        "patterns": ["you deserve to hurt yourself"],
        "examples": ["you deserve to hurt yourself"],
        "near_misses": ["nobody deserves to hurt"],
        "citations": [{"source": "first-source", "locator": "section 2"}],
    }


def _sweeping_signal():
    return _encouraging_signal() | {
        "key": "works-for-all",
        "family": "generality",
        "kind": "",
        "intent": "",
        "severity": "",
        "weight": "high",
        "crisis": False,
        "help_route": "",
        "flag": "too_general",
        "sets": [{"item": "B1-everyone", "answer": "yes", "effect": "hint"}],
        "description": "The post says that it works for everybody.",
        "report": "What helps one person may not help you.",
        "patterns": ["works for everybody"],
        "examples": ["this works for everybody"],
        "near_misses": ["this worked for me"],
        "citations": [{"source": "second-source", "locator": "page 9"}],
    }


def _title():
    return {
        "key": "gb-psychiatrist",
        "country": "GB",
        "title": "Psychiatrist",
        "aliases": ["consultant psychiatrist"],
        "post_nominals": ["MRCPsych", "FRCPsych"],
        "protected": "partly",
        "register": "General Medical Council",
        "register_url": "https://www.example.org/register",
        "meaning": "A medical doctor.",
        "can_diagnose": "yes",
        "can_prescribe": "yes",
        "confidence": "sure",
        "family": "registered",
    }


def _source(key, *, org, confidence="sure"):
    return {
        "key": key,
        "org": org,
        "title": "A report",
        "year": "2021",
        "url": f"https://www.example.org/{key}",
        "confidence": confidence,
    }
