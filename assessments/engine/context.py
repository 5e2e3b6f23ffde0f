"""Who says it and how: is a match asserted, denied, corrected, asked, quoted, joked, remembered, or a personal story?

In the spirit of ConText and NegEx (Chapman and colleagues, 2001 and 2009): trigger words with a direction and a reach;
the reach ends where the grammar ends it: at a clause or sentence, at "but", at the marks of a quotation. Nothing is
worked out before a match asks, and then only for its own sentence and the ones beside it.
"""

from assessments.engine.cues import (
    ASKING_VERBS,
    FIRST_PERSON,
    PIVOTS,
    POINTING,
    QUESTION_WORDS,
    QUOTED_CROWD,
    SPEAKERS,
    Cue,
)
from assessments.engine.matching import Match
from assessments.engine.surroundings import Sentence, Surroundings, tells
from assessments.engine.tables import FILLERS
from assessments.engine.text import Reading
from assessments.engine.types import Context

NEGATION_REACH = 5  # counted words from the negation to the match; NegEx uses five or six
DENIAL_REACH = 1  # "I do not want to die" denies it; "I can't do this, I want to die" does not
AFTER_REACH = 2  # words into the next sentence at which it may still speak of the last one
LEAD_REACH = 2  # words from a cue to the comma or colon that leads over to the match
IF_REACH = 4  # counted words from "if" to what is supposed
VERB_REACH = 2  # counted words from "does" to what is asked
HEADING_REACH = 10  # sentences below "Myths about ADHD:"
LONGEST_HEADING = 8  # words
LOOK_BACK = 60  # words in which "I" is looked for

# Named once: in Python 3.11 a member of an Enum takes as long to reach as a cue takes to find.
_ASSERTED, _NEGATED, _CORRECTED = Context.ASSERTED, Context.NEGATED, Context.CORRECTED
_REPORTED, _PAST, _PERSONAL = Context.REPORTED, Context.PAST, Context.PERSONAL


class Contexts:
    """How one post says what it says, ready to be asked about each match. Cues are looked for only around matches."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._around = Surroundings(reading)
        self._known: dict[tuple[object, ...], Context] = {}  # patterns alike find the same words

    def of(self, match: Match) -> Context:
        """How the post means this match."""
        key = match[1:]
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._of(match)
        return known

    def _of(self, match: Match) -> Context:
        """The first that applies, from the most to the least certain."""
        words = match.words
        here = self._around.sentence(match.sentence)
        cues = here.cues
        for kinds, applies, context in _IN_ORDER:
            if (kinds is None or not kinds.isdisjoint(cues)) and applies(self, match, words, here):
                return context
        if self._personal(match, words, here):
            return _PAST if self._near(Cue.PAST, words, here) else _PERSONAL
        return _ASSERTED

    def of_distress(self, match: Match) -> Context:
        """How a person means it who says that they are struggling. Gentler than `of`: only a denial takes it back, or
        quotation marks around what somebody else said.

        A "can't" earlier in the sentence, a joke or somebody's reply must not silence a call for help: one help panel
        too many costs little (checklist, crisis rules).
        """
        words = match.words
        here = self._around.sentence(match.sentence)
        if self._before(Cue.CORRECTION_BEFORE, match, words, here):
            return _CORRECTED
        if self._of_somebody(match, words, here):
            return _REPORTED
        if self._negated(match, words, here, reach=DENIAL_REACH):
            return _NEGATED
        return _PAST if self._near(Cue.PAST, words, here) else _PERSONAL

    def tells_others(self) -> bool:
        """Somewhere the post tells other people what to do or what is true of everyone."""
        return tells(self._around.forms)

    # ------------------------------------------------------------------ one question each

    def _corrected(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        if not _CORRECTING.isdisjoint(here.cues) and (
            self._before(Cue.CORRECTION_BEFORE, match, words, here)
            or self._marked_false(match, words, here)
            or self._mentioned(match, words, here)
            or self._put_right(match, words, here)
        ):
            return True
        following = self._around.beside(match.sentence + 1)
        answered = not _ANSWERS.isdisjoint(following.cues) and self._answered_no(following)
        return answered or (bool(self._around.headings) and self._under_heading(match, here))

    def _put_right(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        """The sentence itself goes on to deny it: "… is a myth", "… (no it doesn't)"."""
        corrections = here.cues.get(Cue.CORRECTION_AFTER, ())
        denials = (place for place in here.cues.get(Cue.DENIAL_AFTER, ()) if self._stands_alone(*place, here))
        return any(
            first > match.last and words.isdisjoint(range(first, last + 1)) for first, last in (*corrections, *denials)
        )

    def _answered_no(self, following: Sentence) -> bool:
        """The next sentence begins by speaking of this one: "That's not true.", "Nope."."""
        forms = self._around.forms
        for first, _ in following.cues.get(Cue.CORRECTION_AFTER, ()):
            pointed = first == following.start or forms[following.start] in POINTING
            if first - following.start <= AFTER_REACH and pointed:
                return True
        return any(
            first - following.start <= AFTER_REACH and self._stands_alone(first, last, following)
            for first, last in following.cues.get(Cue.DENIAL_AFTER, ())
        )

    def _mentioned(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        """A sentence about saying it: "Saying that X helps nobody"."""
        return any(
            first == self._around.clause(first, here)[0] and first not in words and self._leads(first, match, here)
            for first, _ in here.cues.get(Cue.MENTION, ())
            if first < match.first
        )

    def _marked_false(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        """`Outdated: …`, `❌ …`: a mark that opens the sentence, or stands alone after it."""
        for first, _ in here.cues.get(Cue.FALSE_MARK, ()):
            sign = not self._around.forms[first].isalpha()
            opens = first == here.start and (sign or not self._around.same_clause(first, first + 1))
            if opens and first not in words and not self._turned(first, match, here):
                return not self._fact_between(first, match, here)
        return False

    def _under_heading(self, match: Match, here: Sentence) -> bool:
        """The line stands under "Myth:" or in a list under "Myths about ADHD:", and no "Fact:" came in between."""
        above = [number for number in self._around.headings if 0 < match.sentence - number <= HEADING_REACH]
        if not above or self._fact_between(here.start - 1, match, here):
            return False
        number = above[-1]
        heading = self._around.sentence(number)
        return self._heads(heading, adjoining=number == match.sentence - 1) and not any(
            self._opens_fact(first, sentence)
            for sentence in (self._around.sentence(between) for between in range(number, match.sentence))
            for first, _ in sentence.cues.get(Cue.FACT, ())
        )

    def _heads(self, heading: Sentence, *, adjoining: bool) -> bool:
        """A short line that opens with its cue, or one that ends with a colon. Only a plural one heads a list."""
        first, last = heading.cues[Cue.HEADING][0]
        ends = self._reading.after.get(heading.end - 1, "")
        short = heading.end - heading.start <= LONGEST_HEADING and first - heading.start <= AFTER_REACH
        plural = last > first or self._around.forms[first].endswith("s")
        return (":" in ends or (short and not ends.strip("-–— "))) and (plural or adjoining)

    def _negated(self, match: Match, words: frozenset[int], here: Sentence, *, reach: int = NEGATION_REACH) -> bool:
        counted, same_clause = self._reading.counted, self._around.same_clause
        for first, last in here.cues.get(Cue.NEGATION, ()):
            if not words.isdisjoint(range(first, last + 1)):
                continue
            if match.first < first and last < match.last:
                if not self._pivots(last, match, words):
                    return True
            elif (
                last < match.first
                and counted[match.first] - counted[last + 1] <= reach
                and same_clause(first, match.first)
                and not self._turned(last, match, here)
                and not self._quoted_apart(last, match)
            ):
                return True
        return False

    def _denied(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        if self._before(Cue.INSIST, match, words, here):
            return False
        return self._negated(match, words, here) or self._before(Cue.DOUBT, match, words, here)

    def _pivots(self, negation: int, match: Match, words: frozenset[int]) -> bool:
        """ "X is not Y, it's Z": the denial is spent on Y before the match goes on."""
        following = min((word for word in words if word > negation), default=negation + 1)
        for word in range(negation + 2, following + 1):
            if self._around.forms[word] in PIVOTS or not self._around.same_clause(word - 1, word):
                return True
        return False

    def _asked(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        if self._before(Cue.ASKED, match, words, here):
            return True
        forms, same_clause = self._around.forms, self._around.same_clause
        if match.sentence not in self._reading.questions:
            if ASKING_VERBS.isdisjoint(forms[here.start : match.first + 1]):
                return False
            start, end = self._around.clause(match.first, here)
            counted = self._reading.counted
            near = counted[match.first] - counted[min(start + 1, match.first)] <= VERB_REACH
            return start not in words and forms[start] in ASKING_VERBS and near and match.last < end
        if Cue.RHETORICAL in here.cues:
            return False
        following = self._around.beside(match.sentence + 1)
        if any(first == following.start for first, _ in following.cues.get(Cue.YES, ())):
            return False
        if any(form in QUESTION_WORDS for form in forms[here.start : here.start + 4]):
            return True
        return any(
            forms[word] in ASKING_VERBS | {"do"} and not same_clause(word - 1, word)
            for word in range(max(here.start + 1, match.first - LOOK_BACK), match.first)
        )

    def _supposed(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        """An unreal condition: "imagine if X", "if X, nobody would…". Advice ("if you are sad, …") is none."""
        if self._before(Cue.HYPOTHETICAL, match, words, here):
            return True
        if Cue.IF not in here.cues or all(first in words for first, _ in here.cues.get(Cue.WOULD, ())):
            return False
        forms, counted = self._around.forms, self._reading.counted
        return any(
            first < match.first
            and first not in words
            and counted[match.first] - counted[first + 1] <= IF_REACH
            and self._around.same_clause(first, match.first)
            and (forms[first + 1] not in ("you", "your") or forms[first + 2] == "could")
            for first, _ in here.cues[Cue.IF]
        )

    def _reported(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        """Somebody else's words: "my dad used to say"; "my therapist says" is agreement and stays asserted."""
        if self._spoken(match, here) or self._in_quoted_line(match):
            return True
        if (_REPORTING.isdisjoint(here.cues) and not self._around.quotations) or self._endorsed(match, here):
            return False
        if self._before(Cue.REPORT, match, words, here) or self._before(Cue.ADDRESS, match, words, here):
            return True
        after = (place for place in here.cues.get(Cue.REPORT, ()) if place[0] > match.last)
        if any(self._around.clause(first, here) == (first, last + 1) for first, last in after):
            return True  # "X, they say"
        hurt = any(first > match.last for first, _ in here.cues.get(Cue.HURT, ()))
        if hurt and self._said_by_other(match.first - LOOK_BACK, match.first, here):
            return True
        quotation = self._quotation(match)
        if quotation is None:
            return False
        first, last = quotation
        crowd = last + 1 < here.end and self._around.forms[last + 1] in QUOTED_CROWD
        return crowd or self._said_by_other(first - 6, first, here) or self._said_by_other(last + 1, last + 4, here)

    def _in_quoted_line(self, match: Match) -> bool:
        """A line after ">": somebody else's words, unless the author agrees below, or has no words beside them."""
        if match.sentence not in self._reading.quoted:
            return False
        below = self._around.answer_to(match.sentence)
        agreed = below and any(first - below.start <= AFTER_REACH for first, _ in below.cues.get(Cue.ENDORSED, ()))
        return not agreed and not self._reading.quoted.issuperset(self._reading.sentences)

    def _spoken(self, match: Match, here: Sentence) -> bool:
        """ "Them: X": the line begins with the one who says it."""
        if SPEAKERS.isdisjoint(self._around.forms[here.start : here.start + LEAD_REACH]):
            return False
        end = self._around.clause(here.start, here)[1]
        labelled = end <= match.first and end - here.start <= LEAD_REACH and self._around.forms[end - 1] in SPEAKERS
        return labelled and ":" in self._reading.after.get(end - 1, "")

    def _said_by_other(self, start: int, end: int, here: Sentence) -> bool:
        """A verb of saying among these words, and it is not the author who says it."""
        forms = self._around.forms
        return any(
            start <= place < end and FIRST_PERSON.isdisjoint(forms[max(here.start, place - 2) : place])
            for place, _ in here.cues.get(Cue.SPEECH, ())
        )

    def _endorsed(self, match: Match, here: Sentence) -> bool:
        following = self._around.beside(match.sentence + 1)
        return any(first > match.last for first, _ in here.cues.get(Cue.ENDORSED, ())) or any(
            first - following.start <= AFTER_REACH for first, _ in following.cues.get(Cue.ENDORSED, ())
        )

    def _speaks_of_self(self, match: Match, here: Sentence) -> bool:
        return not FIRST_PERSON.isdisjoint(
            self._around.forms[self._around.clause(match.first, here)[0] : match.last + 1]
        )

    def _of_somebody(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        """Another person's distress: "you said “…”", "my friend texted “…”", "people who …" with no "I" about it."""
        if self._quotation(match) is None:
            others = Cue.OTHERS in here.cues and self._before(Cue.OTHERS, match, words, here)
            return others and not self._speaks_of_self(match, here)
        return self._before(Cue.ADDRESS, match, words, here) or self._before(Cue.REPORT, match, words, here)

    def _believed(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        return self._before(Cue.BELIEF, match, words, here)

    def _safe(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        return self._near(Cue.SAFE_ADVICE, words, here)

    def _sarcastic(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        if self._near(Cue.SARCASM, words, here):
            return True
        if Cue.SURE in here.cues and any(self._around.clause(w, here) == (w, w + 1) for w, _ in here.cues[Cue.SURE]):
            return True
        following = self._around.beside(match.sentence + 1)
        opening = following.cues.get(Cue.SARCASM, ())
        return bool(opening) and any(first == following.start for first, _ in opening)

    def _recovery(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        for number in (match.sentence - 1, match.sentence, match.sentence + 1):
            for first, last in self._around.beside(number).cues.get(Cue.RECOVERY, ()):
                if words.isdisjoint(range(first, last + 1)):
                    return True
        return False

    def _personal(self, match: Match, words: frozenset[int], here: Sentence) -> bool:
        forms = self._around.forms
        start = max(self._around.clause(match.first, here)[0], match.first - LOOK_BACK)
        if FIRST_PERSON.isdisjoint(forms[start : match.last + 1]):
            return False
        opinions = here.cues.get(Cue.OPINION, ())
        own = any(
            forms[word] in FIRST_PERSON and word not in words and not any(a <= word <= b for a, b in opinions)
            for word in range(start, match.last + 1)
        )
        return own and not tells(forms[here.start : here.end])

    # ------------------------------------------------------------------ where cues stand

    def _near(self, cue: str, words: frozenset[int], here: Sentence) -> bool:
        """The cue stands in the same sentence and is not wholly made of words of the match, fillers aside."""
        forms = self._around.forms
        for first, last in here.cues.get(cue, ()):
            outside = [word for word in range(first, last + 1) if word not in words]
            if len(outside) > last - first or any(forms[word] not in FILLERS for word in outside):
                return True
        return False

    def _before(self, cue: str, match: Match, words: frozenset[int], here: Sentence) -> bool:
        """The cue stands before the match and leads to it: no "but" between, no other clause, no end of a quotation."""
        for first, last in here.cues.get(cue, ()):
            if first >= match.first or not words.isdisjoint(range(first, last + 1)):
                continue
            leads = first == last or self._leads(last, match, here)
            apart = self._turned(last, match, here) or self._fact_between(last, match, here)
            if leads and not apart and not self._quoted_apart(last, match, inwards=True):
                return True
        return False

    def _leads(self, last: int, match: Match, here: Sentence) -> bool:
        """The match is in the clause of the cue, or in the next one that a comma or colon right after it opens."""
        if last >= match.first:
            return True
        end = self._around.clause(last, here)[1]
        return match.first < end or (end - last <= LEAD_REACH and self._around.same_clause(end, match.first))

    def _turned(self, last: int, match: Match, here: Sentence) -> bool:
        return any(last < turn < match.first for turn, _ in here.cues.get(Cue.TURN, ()))

    def _fact_between(self, last: int, match: Match, here: Sentence) -> bool:
        """ "Fact:" or ✅ between the cue and the match: what follows it is meant."""
        return any(
            last < first <= match.first and self._opens_fact(first, here) for first, _ in here.cues.get(Cue.FACT, ())
        )

    def _opens_fact(self, word: int, here: Sentence) -> bool:
        """ "Fact:" with its colon, "Fact" alone on its line, or a sign."""
        sign = not self._around.forms[word].isalpha()
        return sign or max(self._around.clause(word, here)[1] - word, word - here.start) <= LEAD_REACH

    def _quotation(self, match: Match) -> tuple[int, int] | None:
        """The quotation that the whole match stands in."""
        found = self._around.quotation_of(match.first)
        return found if found is not None and match.last <= found[1] else None

    def _quoted_apart(self, word: int, match: Match, *, inwards: bool = False) -> bool:
        """Quotation marks part the cue from the match; with `inwards`, a cue outside may reach what is quoted."""
        return self._around.quoted_apart(word, match.first, inwards=inwards)

    def _stands_alone(self, first: int, last: int, here: Sentence) -> bool:
        """The cue ends its clause ("…, it won't", but not "they don't tell you"); one word is all of it ("Nope")."""
        start, end = self._around.clause(last, here)
        alone = first < last or not any(form.isalpha() for form in self._around.forms[start:first])
        return end == last + 1 and alone


_ANSWERS = frozenset({Cue.CORRECTION_AFTER, Cue.DENIAL_AFTER})
_CORRECTING = _ANSWERS | {Cue.CORRECTION_BEFORE, Cue.FALSE_MARK, Cue.MENTION}
_REPORTING = frozenset({Cue.REPORT, Cue.ADDRESS, Cue.SPEECH})

# The kinds of cue, one of which must be in the sentence for the question to be worth asking; None asks always.
_IN_ORDER = (
    (None, Contexts._corrected, Context.CORRECTED),
    (frozenset({Cue.SAFE_ADVICE}), Contexts._safe, Context.SAFE_ADVICE),
    (frozenset({Cue.NEGATION, Cue.DOUBT}), Contexts._denied, Context.NEGATED),
    (None, Contexts._sarcastic, Context.SARCASM),
    (None, Contexts._asked, Context.ASKED),
    (frozenset({Cue.IF, Cue.HYPOTHETICAL}), Contexts._supposed, Context.HYPOTHETICAL),
    (None, Contexts._reported, Context.REPORTED),
    (frozenset({Cue.BELIEF}), Contexts._believed, Context.PAST),
    (None, Contexts._recovery, Context.RECOVERY),
)
