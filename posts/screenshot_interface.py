"""Which lines of a screenshot belong to the app and not to the post: buttons, counters, times, handles, the status bar.

Pure rules about one line's words. They may leave a line of the app in (the reader takes it out), but should not take a
word of the post.
"""

import re

# Written small, without what is not a letter at either end. In the order of TikTok, Instagram, X, Reddit, Facebook.
BUTTONS = frozenset(
    """
    follow|following|follow back|followed|for you|friends|home|inbox|profile|shop|explore|live|stem|nearby|add comment
    add a comment|add comment...|search|find related content|creator search insights|see translation|see original
    message|messages|reels|story|your story|suggested for you|suggested posts|sponsored|original audio|view profile
    view all comments|hide replies|view replies|view more replies|liked by creator|liked by author|create|activity
    post|thread|tweet|show more|show less|show this thread|show translation|translate post|translate bio|translated
    post your reply|reply|replies|replying to|repost|reposts|reposted|quote|quotes|quote post|bookmark|bookmarks
    who can reply|most relevant|relevant|subscribe|subscribed|grok|explain this post|promoted|ad|notifications
    join|joined|share|shared|send|save|saved|award|awards|upvote|downvote|vote|sort by|best|top comments|all comments
    see more|more|see all|like|liked|likes|love|comment|comments|view|views|back|cancel|done|edit|edited|pinned|op
    author|creator|report|close|menu|open|open app|use app|get app|log in|sign up|add friend|write a comment|public
    turn on captions|not interested|copy link|all activity|link in bio above|new post|recent|latest|media
    """.replace("\n", "|").split("|")
)
BUTTONS = frozenset(button.strip() for button in BUTTONS) - {""}
# The words of a row of buttons that was read as one line, as they are written there.
BAR = frozenset("Like Comment Share Send Reply Save Repost Follow Quote Award".split())

COUNTED = (
    r"likes?|views?|repl(?:y|ies)|comments?|shares?|reposts?|retweets?|quotes?|quote tweets?|bookmarks?|saves?|"
    r"followers?|following|upvotes?|points?|votes?|members?|online|awards?|reactions?|plays?"
)
NUMBER = r"\d[\d.,]*\s?(?:[KkMmBb]|mil|tsd)?"
COUNT = rf"(?:view |see )?(?:all )?{NUMBER}(?:\s?(?:more )?(?:{COUNTED}))?"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
CLOCK = r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?"
AGO = (
    r"\d{1,3}\s?(?:s|m|h|d|w|y|mo|yr|min|mins|hr|hrs|sec|secs|second|seconds|minutes?|hours?|days?|weeks?|months?|years?)"
    r"(?:\.?\s?ago)?"
)
MONTH_DAY = rf"{MONTH}\s\d{{1,2}}(?:,?\s?\d{{4}})?|\d{{1,2}}\s{MONTH}(?:\s\d{{4}})?"
DATE = rf"(?:{MONTH_DAY}|\d{{1,2}}[-/]\d{{1,2}}(?:[-/]\d{{2,4}})?)"
TIME = rf"(?:{CLOCK}|{AGO}|{DATE}(?:\s(?:at\s)?{CLOCK})?|just now|now|yesterday|today)"
HANDLE = r"(?:@[\w.]{2,}|[ur]/[\w-]{2,})"
PHONE = r"(?:[345]G\+?|LTE|Wi-?Fi|VoLTE|\d{1,3}\s?%|[A-Z]{2,}\s?(?:4G|5G|LTE))"
SOUND = r".{0,4}\b(?:original (?:sound|audio)|sonido original)\b.*"
BY_OTHERS = r"(?:liked by|followed by|replying to|in reply to|posted by|reposted by|repost from)\b.*"

IS_TIME = re.compile(TIME, re.IGNORECASE)
# Numbers need space between them: without, a long row of figures could be parted in too many ways.
IS_COUNT = re.compile(rf"{COUNT}(?:\s+{COUNT})*", re.IGNORECASE)
# One of a row of times and counters, whatever the dots between them were read as.
IN_A_ROW = re.compile(rf"(?:{TIME}|{COUNT})(?![A-Za-z0-9])[\s·•∙・|,.:–-]*", re.IGNORECASE)
IS_HANDLE = re.compile(HANDLE)
# One small word with a dot, a line or a figure in it: a username, not a word of a sentence.
IS_USERNAME = re.compile(r"(?=[a-z0-9._]*[0-9._][a-z0-9._]*$)(?=.*[a-z])[a-z0-9][a-z0-9._]{2,29}(?<![.])")
IN_A_BAR = re.compile(rf"{TIME}|{PHONE}", re.IGNORECASE)
IS_OTHER = re.compile(rf"{PHONE}|{SOUND}|{BY_OTHERS}", re.IGNORECASE)
DOTS = re.compile(r"\s*[·•∙・|]\s*|\s+[-–]\s+")
# What apps draw around a word: icons that were read as signs.
AROUND = " \t.…·•∙・|<>\u2039\u203a«»+\xd7*♡♥❤☆★↑↓⬆⬇→←◯○●▶►✓✔☑🔁💬♫♪:-–—"

# Where the name ends in “Sam Example @sam · 2h” and “Sam Example • Follow”.
AFTER_NAME = re.compile(rf"\s{HANDLE}|[·•∙・|]")
LONGEST_NAME = 60
# Longer lines are words of a post, and no rule need look at them.
LONGEST_INTERFACE = 120


def bare(text):
    """The words of a line without the signs that an app draws around them."""
    return text.strip(AROUND)


def is_button(text):
    """Whether the line is nothing but a button or a heading of the app. They are never in capitals, overlays often."""
    text = bare(text)
    return text.lower() in BUTTONS and not (len(text) > 2 and text.isupper())


def is_count(text):
    """Whether the line is nothing but counters: “1.2K”, “24 312 5.6M”, “3,104 likes”."""
    return bool(IS_COUNT.fullmatch(bare(text)))


def is_handle(text):
    """Whether the line is an account's handle: “@sam”, “u/sam”, “sam_example”."""
    text = bare(text) if not text.startswith("@") else text.strip()
    return bool(IS_HANDLE.fullmatch(text) or IS_USERNAME.fullmatch(text))


def is_interface(text):
    """Whether every part of the line, parted by dots or bars, belongs to the app."""
    if len(text) > LONGEST_INTERFACE:
        return False
    parts = [part for part in DOTS.split(text.strip()) if bare(part)]
    return bool(IS_OTHER.fullmatch(text.strip())) or _is_row(bare(text)) or all(_is_part(part) for part in parts)


def _is_row(text):
    """Whether the text is times and counters from end to end: “9:41 AM· Mar 3, 2024 - 1.2M Views”."""
    at = 0
    while match := IN_A_ROW.match(text, at):
        at = match.end()
    return 0 < at == len(text)


def _is_part(part):
    part = part.strip() if part.strip().startswith("@") else bare(part)
    return bool(
        is_button(part)
        or is_count(part)
        or is_handle(part)
        or IS_TIME.fullmatch(part)
        or IS_OTHER.fullmatch(part)
        or _is_bar(part.split())
    )


def _is_bar(words):
    """Whether the words are a row of buttons, or buttons with a time or a number: “Like Comment Share”, “5h Reply”."""
    marks = [bool(IN_A_BAR.fullmatch(word)) or is_count(word) or is_handle(word) for word in words]
    if any(marks):
        return all(mark or is_button(word) for mark, word in zip(marks, words, strict=True))
    return all(word in BAR for word in words)


def is_clock(text):
    """Whether the line is the time of day and no more."""
    return bool(re.fullmatch(CLOCK, bare(text), re.IGNORECASE))


def name_before(text):
    """The name in “Sam Example @sam · 2h” or “Sam Example • Follow”, or "" when the line is not of that shape."""
    found = AFTER_NAME.search(text)
    if not found:
        return ""
    name, rest = bare(text[: found.start()]), text[found.start() :]
    # Something of the app must follow the name, or any sentence would be one.
    return name if bare(rest) and is_interface(rest) and is_name(name) else ""


def is_name(text):
    """Whether the words can be the name line of an author: short, no sentence, nothing of the app."""
    text = text.strip()
    is_short = 0 < len(text) <= LONGEST_NAME and len(text.split()) <= 8
    return is_short and text[-1] not in "?!:;…" and any(letter.isalpha() for letter in text) and not is_interface(text)
