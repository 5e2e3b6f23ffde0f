"""How common a word is in posts about mental health, roughly. Used only to choose what patterns are indexed by.

A wrong rate makes the engine a little slower and never changes what it finds. The rates (times in a thousand words) are
rounded by eye from everyday English and from the examples of the first checklist.
"""

from functools import lru_cache

RARE = 0.05  # every word that is not listed
RARE_BEGINNING = 0.15  # all the words together that begin in a way that is not listed

_BY_RATE = {
    25: "i the to and a my it",
    15: "you your of is in that for me",
    8: "not be have with was this dont but so are on just do im if they",
    5: """its no can about what all people we like or when at get because feel how who out up one from them he she her
        will had has been know want thats as by an more would""",
    3: """there time help life day go really even their some think never make good cant only being isnt too now need
        always then than our did say back after other much into still really than any his us every things
        someone am were here off over way see why got take
        depression anxiety mental health therapy therapist doctor meds medication brain adhd""",
    1.5: """talk tell ask told said work made going years friends better bad years could should where which
        something nothing everyone anyone thing let keep try trying also ive ill sure right love hard first years long
        feeling feelings felt myself yourself please stop before through last own those these two down hope
        live person today ever makes doesnt didnt wont lot little day days days week year
        he him she man woman girl family friend kids child mum dad parents school job home
        trauma depressed anxious sick eat eating sleep body food care thoughts thought""",
    0.7: """works worked needs needed helps helped different same many anything everything maybe again around
        away start started find found call called new old real best worse wrong ok okay fine enough since until while
        without each between both few another might may well mean means happy sad tired alone hate
        bipolar ocd autism autistic diagnosis diagnosed treatment antidepressants ssris medicine disorder illness
        symptoms doctors psychiatrist recovery heal healing cure cured suicide suicidal self harm panic stress mind pain
        weight night house money world heart kind end gone come coming came give gave look looking believe
        wouldnt couldnt wasnt arent whats theres youll theyre once free small big high low science study research
        3 2 1 5 = % > 10 100""",
}
_RATES = {word: float(rate) for rate, words in sorted(_BY_RATE.items()) for word in words.split()}
_RATES |= {"<number>": 8.0, "<mention>": 3.0, "<link>": 2.0}  # any number, name or link


@lru_cache(maxsize=1 << 15)
def rate_of(form: str, *, prefix: bool = False) -> float:
    """Times in a thousand words at which a form stands in posts; for a beginning, those of all words that begin so."""
    if prefix:
        return RARE_BEGINNING + sum(rate for word, rate in _RATES.items() if word.startswith(form))
    return _RATES.get(form, RARE)
