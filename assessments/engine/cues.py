"""Words that change how a statement is meant, in the same pattern language that editors use. After ConText and NegEx.

Each row: what the cue says, where its reach goes, and the patterns. A cue that is part of a longer PSEUDO cue is
dropped ("not gonna lie" negates nothing). Words that belong to a match are never cues for that match: "antidepressants
don't work" is a claim, not the denial of one.
"""

from enum import StrEnum


class Cue(StrEnum):
    """Kinds of cue."""

    PSEUDO = "pseudo"
    NEGATION = "negation"
    CORRECTION_BEFORE = "correction-before"  # reaches what follows in the sentence
    CORRECTION_AFTER = "correction-after"  # reaches what stands before it
    DENIAL_AFTER = "denial-after"  # as correction-after, but only as the last words of a sentence
    REPORT = "report"  # somebody else is being quoted
    HYPOTHETICAL = "hypothetical"
    SAFE_ADVICE = "safe-advice"
    SARCASM = "sarcasm"
    RECOVERY = "recovery"
    FIRST_PERSON = "first-person"
    DIRECTIVE = "directive"  # tells others: you, everyone, just do it
    PAST = "past"
    RHETORICAL = "rhetorical"  # a question that asserts


_TELL = "(say+ | tell+ | claim+ | think+ | believe+ | pretend+ | act+ | spread+ | post+ | promote+ | use+ | call+)"
_SPREAD = "(say+ | tell+ | claim+ | pretend+ | spread+ | post+ | promote+)"
_PROFESSIONAL = (
    "(doctor+ | gp+ | psychiatrist+ | pharmacist+ | prescriber+ | professional+ | therapist+ | psychologist+ | nurse+ | clinician+ |"
    " medical | team | specialist+ | psych | provider+ | dietitian+ | counsellor+ | counselor+ | paediatrician+ | midwife+)"
)

CUES: dict[Cue, tuple[str, ...]] = {
    Cue.PSEUDO: (
        "not gonna lie",
        "not going to lie",
        "not only",
        "not just",
        "(cant | couldnt | dont) believe (how | that | it | i)",
        "(cant | couldnt) (stress | emphasise | emphasize | recommend | say) ... enough",
        "(cant | couldnt) wait",
        "no (wonder | doubt | joke | kidding | cap | lie | offence | offense)",
        "not (kidding | joking | surprised | sure why | even close)",
        "why (not | dont you | wouldnt you)",
        "dont (forget | worry | get me wrong | sleep on | miss | be fooled)",
        "never (forget | knew | been more)",
        "refuse+ to believe",
        "if not",
        "whether or not",
        "not to mention",
        "nothing (more | less) than",
        "nothing but",
        "believe it or not",
        "no one (talk+ | tell+ | told | mention+) [me | you | us | about]",
        "(nobody | noone) (talk+ | tell+ | told | mention+) [me | you | us | about]",
        "(doctors | they | gps | therapists | experts) (wont | dont | never | didnt) (tell | told | want | say)",
        "dont let ... (tell | fool | convince)",
        "you dont (know | realise | realize)",
        "without (a | any) doubt",
        "(they | doctors | pharma | it) (dont | wont | didnt | doesnt) (want | tell | care | bother)",
        "(never | not | cant | wont | dont | no) (recover* | recovery | fully recover | ever recover)",
        "(you | people) who think (they | you) (have | are | got)",
    ),
    Cue.NEGATION: (
        "(not | isnt | arent | wasnt | werent | doesnt | dont | didnt | wont | wouldnt | cant | couldnt | shouldnt | hasnt | havent | hadnt)",
        "(never | neither | nor | nobody | hardly | barely | rarely)",
        "no (one | evidence | proof | data | research | study | studies | reason | such)",
        "(no | little | weak | limited | insufficient | without) [good | real | strong | clear | solid | scientific] (evidence | proof | data | support)",
        "nobody can promise",
        "(fail+ | refuse+) to",
        "far from",
        "rather than",
        "instead of",
        "(unlikely | impossible) to",
        "no (longer | more)",
        "(avoid+ | against)",
    ),
    Cue.CORRECTION_BEFORE: (
        "(myth | myths | misconception+ | misinformation | disinformation | fallacy | falsehood)",
        f"(stop+ | quit | please stop | enough) {_TELL}",
        f"(dont | never | please dont | shouldnt | cant) {_SPREAD}",
        f"(tired | sick | fed up | done | bored) (of | with) ... {_TELL}",
        f"(anyone | people | someone | those | influencers | accounts | posts | videos) (who | that) {_TELL}",
        f"(whoever | anyone | if somebody | if someone) {_TELL}",
        "(contrary to | despite what | the idea that | the notion that | the belief that | the lie that | rumour+ | rumor+ | so called)",
        "(debunk+ | bust+ | correct+ | fact check+ | retract+ | discredit+ | disprove+ | disproven)",
        "(wrong | false | untrue | harmful | dangerous | unhelpful | irresponsible | ridiculous) (to | that | idea | advice | claim | belief)",
        "(it isnt | its not | it is not | thats not) (true | a fact | the case) that",
        "(why | how) ... (harmful | dangerous | wrong | not true | misleading)",
        "(beware | warning | careful | wary) (of | about)",
        "(report+ | reported | reporting | removed | banned) ... (account+ | post+ | video+ | tag+ | page+)",
        "wish people",
        "(no | nope) [its | it is] (not | isnt)",
        "(article | study | studies | review | experts | scientists | researchers) ... (refute+ | reject+ | retract+ | question+)",
    ),
    Cue.CORRECTION_AFTER: (
        "(is | are | was | thats | its | this is | that is | = | being) [such | just | only | harmful | dangerous | common | total | complete]"
        " (myth | myths | misconception | misinformation | false | untrue | wrong | harmful | dangerous | nonsense | rubbish | bullshit | bs | abuse | ableist | misleading | lie | lies | unhelpful | debunked)",
        "(isnt | arent | not | never | wasnt) (true | right | accurate | correct | real | how it works | the case | helpful | a thing | that simple | enough)",
        "(he | she | they | it | that | i | we) (was | were) (so | very | completely) [so] (wrong | mistaken)",
        "(he | she | they | i | we | people) (was | were | are) wrong",
        "(hurt+ | harm+ | damage+ | upset) (me | people | us | others | families)",
        "(doctors | gp | experts | research | evidence | studies | science) (disagree+ | reject+ | say otherwise)",
        "(not true | fake news | ❌ | 🚫)",
        "(was | were | been | has been) (debunked | disproved | disproven | retracted | discredited | refuted)",
        "(dont | never | please dont) (believe | listen | fall for | buy | share) [it | this | that | them]",
    ),
    Cue.DENIAL_AFTER: (
        "(it | they | that | which | this) (wont | doesnt | dont | didnt | isnt | cant | does not | do not | will not)",
        "(false | wrong | nope | lies | rubbish | nonsense)",
    ),
    Cue.REPORT: (
        "(people | they | some | folks | everyone | others | society | tiktok | instagram | internet | influencers | relatives | family) (say+ | think+ | believe+ | claim+ | told | tell+ | assume+ | insist+)",
        "(mum | dad | parents | boss | friend+ | brother | sister | uncle | aunt | nan | grandma | teacher | ex | husband | wife | partner | he | she) [always | used to | once | even | keeps]"
        " (say+ | told | tell+ | claim+ | insist+ | think+ | thought | believe+ | telling | saying)",
        "(used to | always) (say | think | believe | tell)",
        "(i was | been | got | being) told",
        "(supposedly | allegedly | apparently according)",
        "(so called | quote unquote)",
        "(told | telling | tells) (me | us | him | her | them)",
    ),
    Cue.HYPOTHETICAL: (
        "(imagine | suppose | what if | as if | if only)",
        "(i wish | i hoped | hoping)",
        "(would be | would have been) (nice | great | lovely)",
    ),
    Cue.SAFE_ADVICE: (
        f"(talk+ | speak+ | ask+ | check+ | see | seeing | consult+ | discuss+ | work+ | contact+ | tell) ... {_PROFESSIONAL} ... (first | before)",
        f"(before | without | unless | until) ...8 {_PROFESSIONAL}",
        f"(with | under) ...3 {_PROFESSIONAL} ...2 (help | support | advice | guidance | supervision | approval | ok)",
        "(never | dont | please dont | do not | shouldnt) ... (stop+ | change+ | quit | come off | coming off | skip+ | start+) ... (suddenly | abruptly | alone | without | by yourself | on your own | cold turkey | own)",
        f"(talk | speak | ask | check | see | consult) [to | with] [a | your | the] {_PROFESSIONAL}",
    ),
    Cue.SARCASM: (
        "(yeah | oh | sure | ok) (right | sure | jan | because | yes | great)",
        "(because clearly | because obviously | as if | thanks im cured | wow im cured | wow cured | oh cool | gee thanks)",
        "(🙄 | 🙃)",
        "(why didnt i | never thought of | wow why)",
        "(if only it | must be nice)",
        "said nobody",
        "said no one",
    ),
    Cue.RECOVERY: (
        "(recover* | relapse free | sober | sobriety)",
        "(awareness | aware | educat* | prevention | campaign+)",
        "(years | months | days | weeks) (clean | free | sober)",
        "(made | making | makes) (me | people | us | her | him | them) (ill | sick | worse | unwell)",
        "(in | through | after | since | seeking | got | getting | having | started | starting) (treatment | therapy | rehab | counselling | counseling)",
        "(parents | teachers | carers | people) (should | need to) know",
        "(hotline | helpline | crisis line | support line | lifeline)",
        "(glad | grateful | happy | proud) ... (alive | here | survived | recovered | stayed | eating | got help | asked for help)",
        "(lost | losing) (my | a | our | her | his) ... (to suicide | to overdose | to an overdose | to anorexia)",
        "(wish i | should have) (got | asked | told | known)",
        "(you can | please | you deserve | its ok | its okay | dont be afraid to | i) ...2 (reach out | get help | ask for help | seek help)",
        "(you are not alone | your not alone)",
    ),
    Cue.FIRST_PERSON: ("(i | im | ive | i'll | i'd | me | my | myself | mine)", "(we | weve | us | our)"),
    Cue.DIRECTIVE: (
        "(you | your | yourself | yourselves | everyone | everybody | anyone | nobody | people | all of)",
        "(always | never | must | should | need to | have to)",
        "(stop | start | try | do | dont | take | throw | flush | bin | ditch | quit | get | go | buy | use | drop | just) (your | the | it | this | these | that | them | taking | being | out | meds | to | run | go)",
        "(link in bio | dm me | comment | follow for | swipe | use code)",
    ),
    Cue.PAST: (
        "(used to | back then | years ago | when i was | at the time | once upon | in the past | as a teen | as a kid)",
    ),
    Cue.RHETORICAL: (
        "(why | how) (are | do | would | should | can | pay | waste | keep | take) [you | people | we | anyone] [still | even]",
        "who (needs | need | wants | cares)",
        "(did | do | didnt | dont) you (know | want | see | realise | realize | ever)",
        "(want | ready | tired | sick | struggling | need | looking) (to | of | with | for)",
        "(isnt | arent | wasnt | dont | doesnt) (it | that | we | they | you) [all | just]",
        "(guess what | you know what | know what | remember when)",
    ),
}
