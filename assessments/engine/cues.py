"""Words that change how a statement is meant. After ConText and NegEx (Chapman and colleagues, 2001 and 2009).

`CUES` are phrases in the same pattern language that editors use (one sequence; no prefixes, no parts). `WORDS` are
single words. Each kind says where its reach goes; `context.py` says what follows from it. A cue that stands inside a
longer PSEUDO cue is dropped ("not gonna lie" negates nothing). Words that belong to a match are never cues for that
match: "antidepressants don't work" is a claim, not the denial of one.

A cue may be broad, because it only takes a match back: it never finds anything on its own.
"""


class Cue:
    """Kinds of cue. Plain strings: they are asked for all the time, and members of an Enum are slow to reach."""

    TURN = "turn"  # ends the reach of what stands before it
    PSEUDO = "pseudo"  # looks like a cue and is none
    INSIST = "insist"  # "you can't tell me that": what follows is meant, denials and all
    NEGATION = "negation"  # reaches a few words on, within its clause
    DOUBT = "doubt"  # "I don't think": reaches to the end of its clause
    CORRECTION_BEFORE = "correction-before"  # reaches what follows in the sentence
    CORRECTION_AFTER = "correction-after"  # reaches what stands before it
    DENIAL_AFTER = "denial-after"  # as correction-after, but only as the last words of a sentence or clause
    MENTION = "mention"  # "Saying that … helps nobody": only as the first word of a clause
    HEADING = "heading"  # "Myths about ADHD:": reaches the lines below, until FACT
    FALSE_MARK = "false-mark"  # "Outdated: …", "❌ …": only as the first word of a sentence
    FACT = "fact"  # "Fact:", "✅": ends what a heading or a mark began
    REPORT = "report"  # somebody else is being quoted
    SPEECH = "speech"  # somebody says something: a report when it is quoted, or when it hurt
    HURT = "hurt"  # what somebody said was unwelcome
    ENDORSED = "endorsed"  # "…and she was right"
    ADDRESS = "address"  # the other person's words: "you mentioned that…"
    OTHERS = "others"  # "people who…": the distress of a third person
    BELIEF = "belief"  # what the author used to think
    HYPOTHETICAL = "hypothetical"
    IF = "if"
    WOULD = "would"  # the other half of an unreal "if"
    ASKED = "asked"  # asks without a question mark: "wondering if…"
    YES = "yes"  # an answer that turns a question into a statement
    SAFE_ADVICE = "safe-advice"
    SARCASM = "sarcasm"
    SURE = "sure"  # sarcasm when it is a clause of its own
    RECOVERY = "recovery"
    OPINION = "opinion"  # "I think", "I swear": the author asserts, and tells no story
    PAST = "past"
    RHETORICAL = "rhetorical"  # a question that asserts


PIVOTS = frozenset("its theyre but rather just hes shes".split())  # "not an illness, it's a choice"
QUESTION_WORDS = frozenset(
    """is are does do did can could will would has have should was were what how why who when where which
    anyone any am isnt arent doesnt dont""".split()
)
ASKING_VERBS = frozenset("does did is are was can could would will should has".split())
FIRST_PERSON = frozenset("i im ive i'll i'd me my myself mine we weve us our".split())
DIRECTIVE_WORDS = frozenset(
    """you your yourself yourselves everyone everybody anyone nobody people always never must should comment
    swipe""".split()
)
_IMPERATIVES = "stop start try do dont take throw flush bin ditch quit get go buy use drop just".split()
_OBJECTS = frozenset("your the it this these that those them taking being out meds to run go".split())
DIRECTIVE_PAIRS: dict[str, frozenset[str]] = dict.fromkeys(_IMPERATIVES, _OBJECTS) | {
    "need": frozenset({"to"}),
    "have": frozenset({"to"}),
    "all": frozenset({"of"}),
    "link": frozenset({"in"}),
    "dm": frozenset({"me"}),
    "follow": frozenset({"for"}),
}
QUOTED_CROWD = frozenset(
    """people crowd folks bros brigade gang types lot comments takes posts narrative crap nonsense rubbish bullshit bs
    myth line trope stereotype thing""".split()
)
SPEAKERS = frozenset(  # "Them: …", as posts write down what was said
    """them they him her people everyone everybody others internet tiktok instagram twitter reddit society mum mom dad
    parents boss boomers friend friends coworker coworkers influencer influencers gurus family teacher doctors""".split()
)
POINTING = frozenset(
    """it thats that this its he she they which these those such no nope none not and all both every each absolutely
    total complete utter just wrong false untrue lies nonsense rubbish bullshit bs""".split()
)

WORDS: dict[str, str] = {
    Cue.TURN: "but however although though yet except unless because whereas while until till ✅",
    Cue.NEGATION: """not isnt arent wasnt werent doesnt dont didnt wont wouldnt cant cannot couldnt shouldnt hasnt
        havent hadnt aint dosent dosnt never neither nor nobody noone hardly barely rarely scarcely avoid avoids
        avoiding avoided against""",
    Cue.CORRECTION_BEFORE: """myth myths misconception misconceptions misinformation disinformation fallacy fallacies
        falsehood falsehoods stereotype stereotypes debunk debunks debunked debunking disprove disproved disproven
        discredited rumour rumours rumor rumors""",
    Cue.MENTION: "saying claiming telling calling",
    Cue.REPORT: "claims claimed claiming supposedly allegedly purportedly",
    Cue.FALSE_MARK: "outdated wrong false fiction lie lies nope untrue incorrect ❌ 🚫 ⛔ ✖ ✗ ✘",
    Cue.FACT: "fact facts truth reality ✅ ✔ ✓",
    Cue.SPEECH: """said says say saying told tells tell telling claims claimed claiming wrote texted posted commented
        typed goes go replied insists insisted""",
    Cue.HURT: """cried crying sobbed angry furious exhausted exhausting cringe cringed heartbroken devastated
        invalidated invalidating dismissed dismissive humiliated ashamed hurtful insulting upset hurt hurts harder
        hate hated ignorant dangerous harmful irresponsible""",
    Cue.HYPOTHETICAL: "imagine suppose supposing assuming",
    Cue.IF: "if",
    Cue.WOULD: "would wouldnt wouldve i'd id theyd wed we'd youd he'd she'd hed itd could couldve might",
    Cue.YES: "yes yep yup yeah absolutely definitely correct yess",
    Cue.SARCASM: "🙄 🙃",
    Cue.SURE: "sure",
    Cue.RECOVERY: """recovery recovered recovering recoveries recover recovers sober sobriety awareness aware educate
        educates educated educating education prevention campaign campaigns hotline helpline lifeline""",
}

_TELL = "(say+ | tell+ | claim+ | think+ | believe+ | pretend+ | act+ | spread+ | post+ | promote+ | use+ | call+ | comment+)"
_SPREAD = "(say+ | tell+ | claim+ | pretend+ | spread+ | post+ | promote+)"
_PROFESSIONAL = (
    "(doctor+ | gp+ | psychiatrist+ | pharmacist+ | prescriber+ | professional+ | therapist+ | psychologist+ | nurse+ | clinician+ |"
    " medical | team | specialist+ | psych | provider+ | dietitian+ | counsellor+ | counselor+ | paediatrician+ | midwife+)"
)
_PERSON = (
    "(mum | mom | mother | dad | father | parents | boss | friend+ | brother | sister | uncle | aunt | aunty | nan | grandma |"
    " grandad | grandmother | grandfather | cousin | son | daughter | neighbour | neighbor | teacher | ex | husband | wife |"
    " partner | boyfriend | girlfriend | law | pastor | priest | church | he | she | man | guy | woman | girl | lady | someone |"
    " somebody | stranger | classmate+ | colleague+ | coworker+ | mate | bf | gf)"
)
_PEOPLE = (
    "(people | they | some | folks | everyone | everybody | others | society | tiktok | instagram | reddit | twitter | youtube |"
    " facebook | internet | influencer+ | relatives | family | podcast+ | headline+ | video+ | post+ | film+ | movies |"
    " comments | commenters | haters | strangers | kids | boys | girls | men | women | adults)"
)
_SAYS = (
    "(say+ | think+ | thought | believe+ | claim+ | tell+ | told | assume+ | insist+ | swear+ | swore | reckon+ | wrote | write+ |"
    " comment+ | text+ | post+ | joke+ | teach | taught | mean+)"
)

CUES: dict[str, tuple[str, ...]] = {
    Cue.PSEUDO: (
        "(no | not | nobody | noone) ...3 (admit+ | mention+ | talk+)",
        "not (gonna lie | going to lie | only | just | kidding | joking | surprised | sure why | even close | to mention | to be)",
        "(cant | couldnt) believe",
        "(cant | couldnt) (stress | emphasise | emphasize | recommend | say) ... enough",
        "(cant | couldnt) (wait | stop | help | cope | take | deny | argue | ignore | do)",
        "no (wonder | doubt | joke | kidding | cap | lie | offence | offense | denying | question | secret | coincidence | way around)",
        "why (not | dont you | wouldnt you)",
        "dont (forget | worry | get me wrong | sleep on | miss | be fooled | care | wait | hesitate | know how | at me)",
        "never (forget | knew | been more | been so | thought | in my life | fail+ | look back | regret+)",
        "(refuse+ to | dont) believe (it | me)",
        "if not",
        "whether or not",
        "nothing (more | less) (than | true)",
        "nothing is more",
        "nothing but",
        "believe it or not",
        "(nobody | noone | no one) (talk+ | tell+ | told | mention+ | want+ | ask+ | show+) [me | you | us | about]",
        "(nobody | noone | no one) is (talking | telling)",
        "(doctors | they | gps | therapists | experts) (wont | dont | never | didnt) (tell | told | want | say)",
        "dont let ... (tell | fool | convince | scare)",
        "you dont (know | realise | realize)",
        "without (a | any) doubt",
        "(they | doctors | pharma | it) (dont | wont | didnt | doesnt) (want | tell | care | bother)",
        "(never | not | cant | wont | dont | no) (recovery | fully recover | ever recover | recover | recovered)",
        "(you | people) who think (they | you) (have | are | got)",
        "(will not | wont | not | never) (apologise | apologize | apologising | afraid | ashamed | sorry)",
        # Against somebody's word, not with it: "contrary to what doctors say, X" asserts X.
        "(contrary to | despite | no matter | whatever | regardless of | forget) what ...3 (say+ | tell+ | told | think+ | believe+ | claim+)",
        "(as | like) (they | people | my | the | he | she | we) ...2 (say | says | said | told)",
        "(say | says | think | thinks) (what | whatever) you",
        "what if i told you",
        "(cant | wont | couldnt) tell me",
        "(doctors | experts | they | psychiatrists | scientists | haters | everyone | pharma) (are | were) (wrong | lying | liars)",
        "(disagree | otherwise) ... (wrong | mistaken)",
        "(i | ive | we | i'd | i'll) ...1 (told | tell | telling) (him | her | them | my)",
        "(dont | never | no need to | stop | without | instead of | not) (talk+ | speak+ | ask+ | see+ | tell+ | consult+) [to | with] "
        + _PROFESSIONAL,
    ),
    Cue.INSIST: (
        "(cant | wont | couldnt) (tell | convince | persuade) me",
        "(no one | nobody | noone) can (convince | tell) me",
    ),
    Cue.NEGATION: (
        "no (one | such | longer | more | amount of | reason)",
        "(fail+ | refuse+ | unlikely | impossible) to",
        "(far | rather | instead) (from | than | of)",
    ),
    Cue.DOUBT: (
        "(not | dont | didnt | never | cant | wont | wouldnt | nobody | noone | no one) ...1 (think+ | believe+ | say+ | said | agree+ | claim+ | suggest+ | mean | buy | buying | convinced | support+ | promise+ | prove+ | proven | show+ | shown)",
        "(nobody | noone | no one) ...8 (would | could | should) (say | think | believe | claim)",
        "(disagree | doubt | doubtful | sceptical | skeptical | untrue | nonsense)",
        "(no | zero | little | weak | limited | insufficient | without) [good | real | strong | clear | solid | scientific | credible | any] (evidence | proof | data | research | study | studies | support)",
        "(not | isnt) ...1 (true | a fact | the case | as if | as though)",
    ),
    Cue.CORRECTION_BEFORE: (
        f"(stop+ | quit | enough | sick | tired | fed up | done | bored) [of | with] ...3 {_TELL}",
        f"(dont | never | shouldnt | cant) {_SPREAD}",
        "(dont | never | please) (fall | fell) for",
        f"(anyone | anybody | people | someone | those | influencers | accounts | posts | videos | everyone | everybody) (who | that) [still] {_TELL}",
        "(anyone | anybody | everyone | everybody | people) (saying | telling | claiming | commenting | posting | pretending | thinking)",
        f"(whoever | if somebody | if someone) {_TELL}",
        "(idea | notion | belief | lie | claim | assumption | trope | narrative | lies) ...3 (that | is)",
        "(so called | pet peeve)",
        "(bust+ | correct+ | fact check+ | retract+)",
        "(wrong | false | untrue | harmful | dangerous | unhelpful | irresponsible | ridiculous | cruel) (to | that | idea | advice | claim | belief)",
        "(isnt | its not | not) (true | a fact | the case) that",
        "(why | how) ... (harmful | dangerous | wrong | not true | misleading)",
        "(beware | warning | careful | wary) (of | about)",
        "(report+ | removed | banned | unfollow+) ... (account+ | post+ | video+ | tag+ | page+)",
        "wish people",
        "how (can | could | dare) (anyone | anybody | people | you | they | someone) ...1 (say | think | believe | claim | tell)",
        "(misleading | fake | false | bad | dangerous | harmful | terrible) (post | claim | advice | info | information | take | news | video | trend | alert)",
        "(worst | stupidest | dumbest | riskiest | biggest mistake) (thing | idea | advice | mistake | way | you | people) ...6 (is | was)",
        "(hurt+ | hate | sad | tired | awful | painful | upsetting | sick) ...2 (read+ | hear+)",
        "(enough | done | over) with",
        "more (complex | complicated) than",
        "(no | nope) [its | it is] (not | isnt)",
        "(article | study | studies | review | experts | scientists | researchers) ... (refute+ | reject+ | retract+ | question+)",
        "how did ...4 (believing | thinking | believe | think)",
    ),
    Cue.CORRECTION_AFTER: (
        "(is | are | was | thats | its | that | = | being | such) [such | just | only | common | total | complete | very | always | actually]"
        " (myth | myths | misconception | misinformation | false | untrue | wrong | harmful | dangerous | nonsense | rubbish | bullshit | bs |"
        " abuse | ableist | misleading | lie | lies | unhelpful | debunked | cruel | ignorant | outdated | insulting)",
        "(isnt | arent | not | never | wasnt) (true | right | accurate | correct | real | how it works | the case | helpful | a thing | that simple | enough | what the)",
        "(he | she | they | it | that | i | we | people) (was | were | are) ...1 (wrong | mistaken)",
        "(your | you are | theyre | hes | shes) (wrong | mistaken | misinformed | part of the problem)",
        "(hurt+ | harm+ | damage+ | upset) ...1 (me | people | us | others | families | many)",
        "(doctors | gp | experts | research | evidence | studies | science) (disagree+ | reject+ | say otherwise)",
        "(fake news | ❌ | 🚫 | none of these | none of this | none of it)",
        "(was | were | been) ...2 (debunked | disproved | disproven | retracted | discredited | refuted)",
        "(dont | never) (believe | listen | fall for | buy | share) [to] [it | this | that | them]",
        "(hurtful | harmful | damaging | offensive | insulting | dangerous | ignorant | stupid | cruel | toxic) (thing | things | myth | lie | idea | advice | take | post | comment | message | rhetoric)",
        "(its | it is | are | is) ...3 (complicated | complex | nuanced | oversimplified | oversimplification | simplistic | a stretch)",
        "never (funny | ok | okay | acceptable | a joke)",
        "(has | have) never (had | met | sat | lived | been | seen | experienced)",
    ),
    Cue.DENIAL_AFTER: (
        "(it | they | that | which | this) (wont | doesnt | dont | didnt | isnt | arent | cant | does not | do not | did not | will not | is not)",
        "(false | wrong | nope | no | lies | rubbish | nonsense)",
        "(we | you | he | she) (are | is | were | do | does) not",
    ),
    Cue.HEADING: (
        "(myths | misconceptions | lies | stereotypes)",
        "(myth | misconception | false | fiction | lie | misinformation)",
        "(things | stuff | phrases | what) ...4 (stop | not to | dont | shouldnt | never | tired) ...2 (say+ | tell+ | hear+ | believe+)",
    ),
    Cue.REPORT: (
        f"{_PEOPLE} ...1 [in the comments | still | always] {_SAYS}",
        f"{_PERSON} [always | used to | once | even | keeps | keep | still | in the comments | just | never] {_SAYS}",
        "(was | were | been | got | being) ...1 (told | taught | raised to | brought up to)",
        "grew up (hearing | being told)",
        "(be | was | were | is) like",
        "(line | excuse | argument | logic) (was | is)",
        "according to (my | some | him | her | them | these)",
        "(told | telling | tells | convinced | persuaded | taught) (me | us | him | her | them)",
        "joking (that | about)",
    ),
    Cue.ENDORSED: (
        "(he | she | they) (was | were | is | are) ...1 (right | correct)",
        "(it | that) is ...1 (true | right | correct)",
        "(theyre | hes | shes | its | thats | so) (right | correct | true | facts)",
        "(live by it | preach | amen | agree | couldnt agree)",
    ),
    Cue.ADDRESS: (
        "you ...1 (said | say | mention+ | wrote | posted | told | describe+ | told us | are saying | shared)",
        "(sound+ | seem+) like (you | your)",
        "your (statement | words | message | post | letter | question | comment)",
        "(im | i am | so) sorry [to hear] (you | your | that)",
        "when you say",
    ),
    Cue.OTHERS: (
        "(people | clients | patients | anyone | anybody | someone | somebody | those | kids | teens | teenagers | many | folks | individuals"
        " | adults | children | men | women | students) who",
    ),
    Cue.BELIEF: (
        "(i | we | id | ive) ...2 (thought | believed | assumed | figured)",
        "(i | ive | we) ...2 (used to | once) ...2 (think | say | believe | assume | tell | have said)",
        "used to (be | think | say | believe | assume)",
        "grew up ...2 (thinking | believing)",
        "growing up ...2 (heard | thought | believed | learned | learnt | told)",
        "(was | were | been) ...1 (convinced | sure | certain | adamant)",
        "(told | convinced | tell) (myself | ourselves)",
        "would ...1 (said | told | sworn | argued | have said | have told | have sworn | have argued)",
        "ever (thought | believed | said | told)",
        "no longer (think | believe)",
    ),
    Cue.HYPOTHETICAL: (
        "(what if | as if | if only | even if | lets say | lets pretend | pretend | just say)",
        "(i wish | i hoped | hoping)",
        "(would | wouldnt) (it | that) be",
        "(would be | would have been) (nice | great | lovely)",
    ),
    Cue.WOULD: (
        "then (why | who | how | where | what | explain)",
        "(why | how) (would | do | does | is | are | cant | did)",
    ),
    Cue.ASKED: (
        "(wonder+ | curious | unsure | not sure | unclear | anyone know+ | anybody know+ | idk | dont know | tell me | ask+ | google+) ...2 (if | whether | can | does | do | is)",
        "is it (true | possible | normal | a fact | ok | okay | safe | bad | really)",
        "is there ...1 (proof | evidence | truth | research)",
        "(anyone | anybody) ...2 (know | found | tried | confirm | explain | tell)",
        "do you (think | believe | feel)",
        "google+",
    ),
    Cue.YES: ("(it | they | we | you) (does | do | is | can | will | are | sure)",),
    Cue.SAFE_ADVICE: (
        f"(talk+ | speak+ | ask+ | check+ | see | seeing | consult+ | discuss+ | work+ | contact+ | tell | ring) ... {_PROFESSIONAL} ... (first | before)",
        f"(before | unless | until) ...8 {_PROFESSIONAL}",
        f"(dont | never | not | nobody | shouldnt | dangerous | risky | unsafe | avoid+) ... without ...8 {_PROFESSIONAL}",
        f"(with | under) ...3 {_PROFESSIONAL} ...2 (help | support | advice | guidance | supervision | approval | ok)",
        "(never | dont | not | shouldnt | nobody) ...2 (stop+ | change+ | quit+ | come off | coming off | skip+ | start+) ...6 (suddenly | abruptly | alone | without | by yourself | on your own | cold turkey | own)",
        f"(talk | speak | ask | check | see | consult) [to | with] [a | your | the] {_PROFESSIONAL}",
        "(talk | speak) to ...1 (kids | children | child | son | daughter | teen+ | parent | adult) ... (before | about)",
    ),
    Cue.SARCASM: (
        "(yeah | oh | sure | ok | ah | aw) (right | sure | jan | because | yes | great | good | wow | of course | cool | lovely | ok | karen)",
        "right (because | and)",
        "(yes | ok | okay | thanks | sure | alright) (karen | jan | buddy | susan | boomer | brenda | sherlock | einstein)",
        "(because clearly | because obviously | as if | im cured | wow cured | gee thanks | thanks for the)",
        "(why didnt i | why did nobody | why did i not | never thought of | never heard that | wow why | who knew | silly me | my bad i | tell that to)",
        "(groundbreaking | revolutionary | genius advice | mind blown)",
        "(if only it | must be nice)",
        "said (nobody | no one | noone)",
        "apparently (lol | lmao | 🙄 | 😂)",
        "(lol | lmao) (ok | okay | sure | right)",
        "(earth is flat | pigs can fly | pigs fly | queen of | king of | tooth fairy | santa is)",
        "such a (superpower | gift | blessing)",
    ),
    Cue.RECOVERY: (
        "relapse free",
        "(years | months | days | weeks) (clean | free | sober)",
        "(made | making | makes) (me | people | us | her | him | them) (ill | sick | worse | unwell)",
        "(in | through | after | since | seeking | got | getting | having | started | starting) (treatment | therapy | rehab | counselling | counseling)",
        "(parents | teachers | carers | people) (should | need to) know",
        "(parents | teachers | carers | mums | dads | schools | police | charities | charity) ...3 (spot | signs | warn+ | look out | learn | alert | men | be aware)",
        "(crisis | support) line",
        "(glad | grateful | happy | proud) ... (alive | here | survived | stayed | eating | got help | asked for help)",
        "(lost | losing) (my | a | our | her | his) ... (to suicide | to overdose | to an overdose | to anorexia)",
        "(wish i | should have) (got | asked | told | known)",
        "(you can | please | you deserve | its ok | its okay | dont be afraid to | i) ...2 (reach out | get help | ask for help | seek help)",
        "(you are | your) not alone",
        "(report them | report it | report him)",
    ),
    Cue.OPINION: (
        "(i | we | i'd | i'll | im | ill) ...3 (think | believe | know | swear | promise | guarantee | refuse | say | said | saying | bet | reckon | argue | insist | repeat | care)",
        "(my | our) ...2 (said | says | told | tells | taught | swears) [me | us]",
        "(let | trust | believe | hear | take it from | tell | get) me",
    ),
    Cue.PAST: (
        "(used to | back then | years ago | when i was | at the time | once upon | in the past | as a teen | as a kid | as a child)",
    ),
    Cue.RHETORICAL: (
        "(why | how) (are | do | would | should | can | pay | waste | keep | take) [you | people | we | anyone] [still | even]",
        "who (needs | need | wants | cares)",
        "(who | how many) ...2 (know+ | agree+ | knew)",
        "(did | do | didnt | dont) you (know | want | see | realise | realize | ever)",
        "(want | ready | tired | sick | struggling | need | looking) (to | of | with | for)",
        "(isnt | arent | wasnt | dont | doesnt) (it | that | we | they | you) [all | just]",
        "(guess what | you know what | know what | remember when)",
    ),
}
