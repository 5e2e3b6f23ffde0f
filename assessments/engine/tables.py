"""Fixed tables of reading: characters, short forms, fillers, function words. Plain values only."""

# Invisible and direction characters that posts use to break words up (Unicode general category Cf and friends).
INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufeff\uffa0"
) | frozenset(chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080)))

QUOTES_AND_DASHES = {
    mark: ascii_mark for ascii_mark, marks in {"'": "’‘ʼ`´′＇", '"': "“”„«»", "-": "‐‑‒–—−"}.items() for mark in marks
}

# Letters drawn with those of another alphabet that Unicode does not count as look-alikes.
DRAWN = dict(zip("пияшщєэωμεɛƨ", "nnrwweewuees", strict=True))

# Words of this field and of posts that no list of common English words holds.
FIELD_WORDS = frozenset(
    """adhd add addict addicts addiction addicted alcoholic alcoholism anorexia anorexic antidepressant
    antidepressants antipsychotic antipsychotics antivax anxieties anxiety anxious app apps asd aspergers autism
    autistic awareness binge bipolar blog bpd bulimia burnout calorie calories cbd cbt chakra chakras chemtrails
    clinician clinicians coach coaches coaching codependent counselling counsellor counsellors counselor counselors
    cortisol covid cptsd dbt depressed depressing depression depressive detox detoxing diagnosed diagnoses diagnosis
    dopamine dsm ed emdr eating empath endorphins exercising fasting fitspo fyp ghosted gluten gym healed healer
    healers healing herbal holistic homeopathy hormone hormones hustle hypnosis influencer influencers insomnia
    introvert keto ketamine lithium lockdown magnesium manic manifest manifesting medicate medicated medicating
    medication medications meditate meditating meditation meds melatonin microdosing mindfulness mindset misdiagnosed
    narcissist narcissistic narcissists neurodivergent neurodiverse neurodiversity neuroscience nofap nutrition obese
    obesity ocd overcome overthinking overweight parenting pcos pharma positivity probiotics prozac psychedelic
    psychedelics psychiatric psychiatrist psychiatrists psychiatry psychologist psychologists psychology psychosis
    psychotherapy psychotic ptsd reiki relapse rehab schizophrenia schizophrenic scam serotonin
    skinny sober sobriety ssri ssris stigma suicidal suicide suicides supplement supplements survivor survivors thc
    therapist therapists tiktok toxic toxins trauma traumas traumatic tumblr twitter underweight vaccinated vaccine
    vaccines vegan vitamin vitamins vlog vulnerable warrior warriors wellbeing wellness yoga youtube""".split()
)

LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "i"}
MASKS = frozenset("*#•·×✱∗")  # stand for a letter: s*icide
SEPARATORS = frozenset("_.-~")  # stand between letters: pro-ana
SYMBOLS = {
    "=": "=",
    ">": ">",
    "<": "<",
    "+": "+",
    "%": "%",
    "&": "and",
    "$": "$",
    "£": "£",
    "€": "€",
    "→": ">",
    "@": "@",
}

# Contractions whose bare letters are another word: `I'll` must not read as `ill`.
COLLIDING_CONTRACTIONS = frozenset("ill hell shell well wed shed were id lets whore".split())

SHORT_FORMS = {
    "u": "you",
    "ya": "you",
    "yall": "you",
    "ur": "your",
    "youre": "your",
    "yr": "your",
    "urself": "yourself",
    "urselves": "yourselves",
    "r": "are",
    "cos": "because",
    "cuz": "because",
    "coz": "because",
    "bc": "because",
    "becuz": "because",
    "becoz": "because",
    "w": "with",
    "wo": "without",
    "ppl": "people",
    "pple": "people",
    "pls": "please",
    "plz": "please",
    "abt": "about",
    "n": "and",
    "thru": "through",
    "tho": "though",
    "dnt": "dont",
    "ther": "their",
    "thier": "their",
    "wat": "what",
    "wot": "what",
    "gd": "good",
    "rlly": "really",
    "rly": "really",
    "srsly": "seriously",
    "b4": "before",
    "2day": "today",
    "2nite": "tonight",
    "tonite": "tonight",
    "docs": "doctors",
    "dr": "doctor",
    "drs": "doctors",
    "mom": "mum",
    "mama": "mum",
    "moms": "mums",
    "someones": "someone",
    "every1": "everyone",
    "any1": "anyone",
    "some1": "someone",
    "no1": "nobody",
    "noone": "nobody",
    "alot": "lot",
    "yous": "you",
    "iam": "im",
    "cannot": "cant",
    "dosnt": "doesnt",
    "dosent": "doesnt",
    "isint": "isnt",
    "aint": "isnt",
}

# Words that may stand between any two words of a pattern without being counted: emphasis, articles and possessives.
FILLERS = frozenset(
    """a an the my your his her its our their this that these those some any literally really actually
    basically honestly simply very so such quite totally completely fully absolutely definitely seriously
    truly genuinely probably like just even still also too lol lmao omg tbh ngl fr ok okay well um uh oh
    legit lowkey highkey deadass obviously clearly apparently""".split()
)

# The commonest function words of languages that share our alphabet, for a first guess at the language.
FUNCTION_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": """the and to of a in is it you that for on with are this be not i my your have was so but what all
        they we or if can just when from do at me as no there about like dont im its""",
        "es": """el la los las de que y en un una por con para no es se lo como mas pero su sus me mi te tu si porque
        muy cuando esta este ya todo""",
        "fr": """le la les de des et en un une que qui est pas pour dans ce il elle je tu nous vous sur avec ne plus
        mais par mon ma mes ton cest jai""",
        "de": """der die das und ist nicht ein eine zu den mit ich du es sich auf fur von dem im auch wie wir aber
        man noch nur wenn oder""",
        "pt": """o os as de que e um uma para com nao em por mais se eu voce ele ela mas como muito isso meu minha
        seu sua quando ja foi""",
        "it": """il lo la gli le di che e un una per con non in sono mi ti si ma come piu questo questa se anche ho
        hai del della""",
        "nl": """de het een en van in is dat niet op ik je met voor zijn aan er maar om ook als dan nog wel hebben""",
        "cy": """y yr yn a i o ar mae ydy nid ddim fy dy eich am gyda hefyd ond wedi ei bod""",
        "pl": """i w na nie to sie z do jest ze jak co ale po tak za od juz mnie""",
        "tr": """ve bir bu da de icin ile cok ama ne gibi daha ben sen var yok mi""",
    }.items()
}
