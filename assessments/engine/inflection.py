"""The usual endings of an English word: cure, cures, cured, curing. For patterns, so it errs on the generous side."""

_IRREGULAR = {
    "be": "be is are was were been being am",
    "have": "have has had having",
    "do": "do does did done doing",
    "go": "go goes went gone going",
    "get": "get gets got gotten getting",
    "make": "make makes made making",
    "take": "take takes took taken taking",
    "come": "come comes came coming",
    "say": "say says said saying",
    "tell": "tell tells told telling",
    "think": "think thinks thought thinking",
    "feel": "feel feels felt feeling",
    "give": "give gives gave given giving",
    "run": "run runs ran running",
    "buy": "buy buys bought buying",
    "sell": "sell sells sold selling",
    "keep": "keep keeps kept keeping",
    "leave": "leave leaves left leaving",
    "lose": "lose loses lost losing",
    "find": "find finds found finding",
    "hide": "hide hides hid hidden hiding",
    "eat": "eat eats ate eaten eating",
    "drink": "drink drinks drank drunk drinking",
    "throw": "throw throws threw thrown throwing",
    "grow": "grow grows grew grown growing",
    "know": "know knows knew known knowing",
    "see": "see sees saw seen seeing",
    "hear": "hear hears heard hearing",
    "read": "read reads reading",
    "write": "write writes wrote written writing",
    "speak": "speak speaks spoke spoken speaking",
    "break": "break breaks broke broken breaking",
    "choose": "choose chooses chose chosen choosing",
    "quit": "quit quits quitting",
    "cut": "cut cuts cutting",
    "hurt": "hurt hurts hurting",
    "put": "put puts putting",
    "let": "let lets letting",
    "set": "set sets setting",
    "hit": "hit hits hitting",
    "fall": "fall falls fell fallen falling",
    "begin": "begin begins began begun beginning",
    "bring": "bring brings brought bringing",
    "catch": "catch catches caught catching",
    "teach": "teach teaches taught teaching",
    "beat": "beat beats beaten beating",
    "become": "become becomes became becoming",
    "forget": "forget forgets forgot forgotten forgetting",
    "lie": "lie lies lied lying",
    "die": "die dies died dying",
    "pay": "pay pays paid paying",
    "wake": "wake wakes woke woken waking",
    "wear": "wear wears wore worn wearing",
    "win": "win wins won winning",
    "sleep": "sleep sleeps slept sleeping",
    "meet": "meet meets met meeting",
    "mean": "mean means meant meaning",
    "show": "show shows showed shown showing",
    "spend": "spend spends spent spending",
    "send": "send sends sent sending",
    "stand": "stand stands stood standing",
    "understand": "understand understands understood understanding",
    "child": "child children childs",
    "person": "person persons people",
    "man": "man men",
    "woman": "woman women",
    "life": "life lives",
    "wife": "wife wives",
}
_VOWELS = "aeiou"
_ONLY_NOUNS = ("ist", "ism", "girl", "hood", "ship")


def family(word: str) -> frozenset[str]:
    """A word with its usual endings (plural, third person, past, -ing, -er). Unknown words follow the rules."""
    if word in _IRREGULAR:
        return frozenset(_IRREGULAR[word].split())
    forms = {word}
    if word.endswith(_ONLY_NOUNS):
        forms.add(word + "s")
    elif word.endswith("ic"):
        forms |= {word + "s", word + "ked", word + "king"}  # panicked
    elif word.endswith(("er", "or")) and not _doubles_at_last(word):
        forms |= {word + "s", word + "ed", word + "ing"}  # suffered; nobody is a "sufferer+er"
    elif word.endswith("e"):
        stem = word[:-1]
        forms |= {word + "s", word + "d", stem + "ing", word + "r", word + "rs"}
        if word.endswith(("ie", "ee", "ye")):
            forms.add(word + "ing")
    elif word.endswith("y") and len(word) > 2 and word[-2] not in _VOWELS:
        stem = word[:-1]
        forms |= {stem + "ies", stem + "ied", word + "ing", stem + "ier"}
    else:
        plural = word + "es" if word.endswith(("s", "x", "z", "ch", "sh")) else word + "s"
        forms |= {plural, word + "ed", word + "ing", word + "er", word + "ers"}
        if _doubles(word):
            forms |= {word + word[-1] + ending for ending in ("ed", "ing", "er", "ers")}
    return frozenset(forms)


def _doubles_at_last(word: str) -> bool:
    """Words in -er whose last syllable is the loud one (prefer -> preferred, but offer -> offered), and short ones."""
    return len(word) <= 4 or (word.endswith("fer") and not word.endswith("ffer"))


def _doubles(word: str) -> bool:
    """Short consonant-vowel-consonant words double their last letter (stop -> stopped)."""
    return (
        len(word) >= 3
        and word[-1] not in _VOWELS + "wxy"
        and word[-2] in _VOWELS
        and (word[-3] not in _VOWELS or word[-3:-1] == "ui")
    )
