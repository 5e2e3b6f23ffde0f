"""Whose title is it? The words around a title: its author's own, one still being learnt, or nobody's who speaks here.

An author line is about its author, so there a title is their own unless the words around it say otherwise. A post is
about anything, so there it is nobody's unless the author says "I'm a …", "as a …" or "… here".
"""

from enum import Enum

from assessments.engine.tables import FILLERS
from assessments.engine.text import Reading


class Claim(Enum):
    """What the words around a title make of it."""

    OWN = "own"
    LEARNING = "learning"  # "studying to be a nurse"
    NONE = "none"


_REACH = 6  # words looked at on either side, fillers aside
_FARTHEST = 20  # and with fillers: a thousand of them must not cost a thousand steps for each title
_QUESTION = 60  # words of a question looked at for "you"
_BREAKS = frozenset(',|;:()[]/\\•·–—-~"')
_ARTICLES = frozenset(["a", "an"])

_DENIES = frozenset(
    """not isnt arent wasnt never no neither nor without former formerly ex retired unlicensed unqualified basically
    practically""".split()
)
_LEARNS = frozenset("student trainee aspiring future wannabe studying study training train learning hoping".split())
_LEARNS_AFTER = ("student", "trainee", "intern", "candidate", "wannabe", "in training", "in making", "to be")
_BECOMES = frozenset("be become becoming".split())
_GLAD = frozenset("proud happy lucky honoured honored grateful privileged glad".split())
_OTHERS = frozenset(
    """my her his our their your whose someone anyone everyone everyones see sees seeing saw ask asked asking told
    tells tell said says say with to for by from of on about via than need needs want wants find finding found
    consult visit visited seek seeking married marry dating hired hire paid pay trust trusted hate hates love loves
    call called thank thanks got get getting have has had if like such versus vs""".split()
)
_YOUR_OWN = frozenset(
    """friendly favourite favorite neighbourhood neighborhood local internet online resident average typical usual
    virtual go trusted personal""".split()
)
_NOT_THE_AUTHOR_AFTER = frozenset(
    """told said says tells recommended approved recommends explained suggested taught friend friends wife husband
    jokes joke memes humour humor exam exams job jobs shortage appointment appointments shopping dropout hater would
    account accounts acct server blog""".split()
)
_LEADS = ("im", "am", "as", "been")
_BEFORE_ARTICLES = frozenset(["", *"not and but also now currently both only myself".split()])
_AS_AFTER = frozenset("speaking talking here i me and but so because that now im".split())
_AS_AFTER_VERBS = frozenset(
    """work working worked practise practising practised practice practicing practiced qualified licensed registered
    employed training train trained studying study retraining""".split()
)
_AS_AFTER_NOUNS = frozenset("job role career experience time background years months".split())
_ANOTHERS = frozenset("her his their your our husbands wifes mums dads partners friends".split())
_MYSELF = frozenset("i im ive am".split())
_USED = frozenset("used never want wanted stopped quit".split())
_MADE_UP = frozenset("if wish pretend pretending imagine think thinks thought like unless whether say says".split())
_THIRD = frozenset("she he they who shes hes theyre someone somebody people".split())
_WORKING = frozenset(
    "practising practicing counselling counseling working prescribing nursing consulting supervising".split()
)
_RIGHT_NOW = frozenset("with i im ive my is are so am was have has having feel feels feeling really not the".split())
_NOT_HERE = frozenset("a an the any there some is".split())
_PARENTS = frozenset("mum mother dad father parent nan gran grandma stepmum carer mummy".split())
_NUMBERS = frozenset("one two three four five six 1 2 3 4 5 6".split())


def in_author_line(reading: Reading, first: int, last: int) -> Claim:
    """What an author line makes of the title at words `first` to `last`: its author's own, unless it says otherwise."""
    before, after = _before(reading, first), _after(reading, last)
    if _is_over(reading, last):
        return Claim.NONE
    if _learns(before, after):
        return Claim.LEARNING
    return Claim.NONE if _of_somebody_else(before) or _is_talked_about(after) else Claim.OWN


def in_post(reading: Reading, first: int, last: int) -> Claim:
    """What a post makes of it: nobody's, unless its author says "I'm a …", "as a …", "… here"."""
    before, after = _before(reading, first), _after(reading, last)
    learns = _learns(before, after)
    if _is_over(reading, last) or _is_talked_about(after) or _asks_you(reading, first):
        return Claim.NONE
    by_name = _introduces_by_name(reading, first)
    if not (by_name or _says_so(reading, first, learns=learns) or _is_here(reading, last, before)):
        return Claim.NONE
    return Claim.LEARNING if learns else Claim.OWN


def are_letters(reading: Reading, first: int, last: int) -> bool:
    """Whether letters with another meaning stand where letters after a name do: not "living with anxiety RN"."""
    before = _before(reading, first)
    if _after(reading, last)[:1] in (["is"], ["was"]):
        return False
    if not before or before[0] in _ARTICLES or before[0] in _LEADS:
        return True
    return not any(form in _RIGHT_NOW or (form.endswith("ing") and form not in _WORKING) for form in before)


def is_end_of_phrase(reading: Reading, last: int) -> bool:
    """Whether nothing follows in the phrase: "Sam Example, ND", not "ND mum of two"."""
    return not _after(reading, last)


def is_one_of_a_list(reading: Reading, last: int, first: int) -> bool:
    """Whether only "and", "or", commas and fillers stand between one title and the next."""
    if reading.sentences[last] != reading.sentences[first]:
        return False
    joins = [form for form in reading.forms[last + 1 : first] if form not in FILLERS]
    return bool(joins) and all(form in ("and", "or", "nor") for form in joins)


def _before(reading: Reading, first: int) -> list[str]:
    """The words before in the same phrase, the nearest first."""
    forms: list[str] = []
    counted = 0
    if reading.before.get(first, "") not in ("", "#"):
        return forms
    for place in range(first - 1, max(-1, first - 1 - _FARTHEST), -1):
        form = reading.forms[place]
        ends = _breaks(reading.after.get(place, "")) or not form[0].isalnum()
        if ends or counted >= _REACH or reading.sentences[place] != reading.sentences[first]:
            break
        forms.append(form)
        counted += form not in FILLERS
    return forms


def _after(reading: Reading, last: int) -> list[str]:
    """The words after it in the same phrase, fillers aside."""
    forms: list[str] = []
    for place in range(last + 1, min(len(reading.forms), last + 1 + _FARTHEST)):
        form = reading.forms[place]
        ends = _breaks(reading.after.get(place - 1, "") + reading.before.get(place, "")) or not form[0].isalnum()
        if ends or len(forms) >= _REACH or reading.sentences[place] != reading.sentences[last]:
            break
        if form not in FILLERS:
            forms.append(form)
    return forms


def _breaks(marks: str) -> bool:
    return any(mark in _BREAKS for mark in marks)


def _learns(before: list[str], after: list[str]) -> bool:
    if after[:1] and (after[0] in _LEARNS_AFTER or " ".join(after[:2]) in _LEARNS_AFTER):
        return True
    for form in before:
        if form in _LEARNS:
            return True
        if form in ("and", "but", "or", "my", "not"):
            return False
    return False


def _of_somebody_else(before: list[str]) -> bool:
    """ "my therapist", "friend of a nurse", "not a doctor": within three words, and not beyond "and" or "but"."""
    steps = 0
    for index, form in enumerate(before):
        if steps >= 3 or form in ("and", "but", *_LEADS):
            return form in _LEADS and not _may_lead(form, before[index + 1 :])
        if _is_turned(before, index) or _counts_children(before, index):
            return False
        if form in _BECOMES:
            return not _GLAD.intersection(before)
        if form in _DENIES or form in _OTHERS:
            return True
        steps += form not in FILLERS
    return False


def _is_over(reading: Reading, last: int) -> bool:
    """ "Psychiatrist (retired)", "psychologist, retired"."""
    following = last + 1
    if following >= len(reading.forms) or reading.sentences[following] != reading.sentences[last]:
        return False
    return reading.forms[following] in ("retired", "formerly")


def _is_talked_about(after: list[str]) -> bool:
    for form in after[:2]:
        if form in ("i", "and", "who", "in", "at", "for"):
            return False
        if form in _NOT_THE_AUTHOR_AFTER:
            return True
    return False


def _says_so(reading: Reading, first: int, *, learns: bool) -> bool:
    """Whether "I'm", "I am", "I've been" or "as" leads to the title, with nothing but what describes it between."""
    before = _before(reading, first)
    for index, form in enumerate(before):
        if form in _LEADS:
            return _may_lead(form, before[index + 1 :]) and (learns or _is_introduced(before[:index]))
        harmless = _counts_children(before, index) or _is_turned(before, index)
        if not (harmless or _describes(form, learns=learns)):
            return False
    return False


def _introduces_by_name(reading: Reading, first: int) -> bool:
    """ "I'm Jo, a psychologist": a name of one or two words between "I'm" and the comma."""
    place = first - 1
    if place < 1 or reading.forms[place] not in _ARTICLES or reading.after.get(place - 1, "") != ",":
        return False
    names = 0
    while place > 0 and names < 3:
        place -= 1
        if reading.sentences[place] != reading.sentences[first]:
            return False
        if reading.forms[place] in ("im", "am"):
            return names > 0 and _may_lead(reading.forms[place], _before(reading, place))
        if not reading.text[reading.starts[place]].isupper():
            return False
        names += 1
    return False


def _is_introduced(between: list[str]) -> bool:
    """Articles stand only at the beginning or after "and": "I'm a mum and a nurse", not "I'm sure a nurse would"."""
    previous = ""
    for form in reversed(between):
        if form in _ARTICLES and previous not in _BEFORE_ARTICLES:
            return False
        previous = previous if form in FILLERS else form
    return True


def _describes(form: str, *, learns: bool) -> bool:
    """Whether a word may stand between "I'm a" and a title: "mum of two and", "licensed", but not "seeing a"."""
    if learns and (form in _LEARNS or form in _BECOMES or form in ("to", "as")):
        return True
    if form in _DENIES or form in _OTHERS or form in _BECOMES or form == "i":
        return False
    return not form.endswith("ing") or form in _WORKING


def _counts_children(before: list[str], index: int) -> bool:
    """Whether the word at `index` is the "of" of "mum of two"."""
    if before[index] not in ("of", "to") or not 0 < index < len(before) - 1:
        return False
    return before[index - 1] in _NUMBERS and before[index + 1] in _PARENTS


def _is_turned(before: list[str], index: int) -> bool:
    """Whether the next word turns this one round: "your friendly therapist", "not only a therapist"."""
    following = before[index - 1] if index else ""
    return (before[index] == "your" and following in _YOUR_OWN) or (
        before[index] == "not" and following in ("only", "just")
    )


def _may_lead(lead: str, before: list[str]) -> bool:
    """Whether "im", "am", "been" or "as" speaks for the author here. `before`: the words before it, nearest first."""
    if _THIRD.intersection(before[:4]) or _MADE_UP.intersection(before[:3]):
        return False
    if lead == "am":
        return "i" in before[:2]
    if lead == "been":
        return bool({"ive", "i"}.intersection(before[:3]))
    return lead != "as" or _as_the_author(before)


def _as_the_author(before: list[str]) -> bool:
    """ "As a nurse", "I work as a nurse", "my job as a nurse"; not "such as a nurse" or "her work as a nurse"."""
    nearest = next((form for form in before if form not in FILLERS), "")
    if not before or nearest in _AS_AFTER:
        return True
    if nearest in _AS_AFTER_VERBS:
        return nearest == before[-1] or (not _USED.intersection(before) and bool(_MYSELF.intersection(before)))
    return nearest in _AS_AFTER_NOUNS and _ANOTHERS.isdisjoint(before)


def _is_here(reading: Reading, last: int, before: list[str]) -> bool:
    """ "Therapist here", "trauma therapist here"; not "is there a therapist here?"."""
    here = last + 1 < len(reading.forms) and reading.forms[last + 1] == "here"
    if not here or reading.sentences[last] in reading.questions:
        return False
    return len(before) <= 3 and not any(form in _NOT_HERE or form in _OTHERS or form in _DENIES for form in before)


def _asks_you(reading: Reading, first: int) -> bool:
    """ "As a therapist, what would you say?" speaks to one."""
    sentence = reading.sentences[first]
    if sentence not in reading.questions:
        return False
    until = min(len(reading.forms), first + _QUESTION)
    return any(reading.forms[i] == "you" and reading.sentences[i] == sentence for i in range(first, until))
