"""Spellings of this field and of everyday words that people often miss, and real words that are no slips."""

# What is meant -> how it is often written. Words of this field are put right only where no pattern looks for the slip
# itself: some are written so on purpose. Everyday words are always read as they are meant, in patterns and in posts.
_OF_THIS_FIELD = {
    "addiction": "adiction addicition addicton",
    "adhd": "adhad ahdh",
    "alcohol": "alchohol alcahol alchol",
    "anorexia": "anorexa anexoria anarexia",
    "antidepressant": "antidepresant antidepressent antidepresent",
    "antidepressants": "antidepresants antidepressents antidepresents",
    "anxiety": "anxeity anxity anixety anxitey anxiaty axiety anxienty anziety",
    "anxious": "anxios anxous anixous axious",
    "autism": "autisim autisum",
    "autistic": "austistic autisic",
    "bipolar": "bipoler bypolar bipola",
    "counselling": "councelling councilling counciling",
    "counsellor": "councellor counciller councelor",
    "cure": "curee",
    "depressed": "depresed deppressed deprssed dipressed depreseed",
    "depression": "depresion deppression dipression depressoin deprssion depresssion depretion derpession",
    "diagnosed": "diagnosd dignosed diagosed diagnoised",
    "diagnosis": "diagnois dignosis diagosis diagnosys",
    "disease": "desease diesease disese",
    "doctor": "docter doctar",
    "doctors": "docters",
    "drowning": "downing drownding",
    "exercise": "exersise excercise excersise exercize exercice excersize exersize",
    "insomnia": "insomina insomia",
    "medication": "medacation medicaton medcation meditcation medicaition",
    "medications": "medacations medicatons",
    "medicine": "medecine medicin medicene medacine",
    "psychiatrist": "psychiartist physciatrist phsyciatrist psyciatrist psychatrist psychiatrst physchiatrist",
    "psychologist": "psycologist phycologist physcologist pyschologist psychologyst psychologst",
    "psychology": "psycology phycology pyschology physcology",
    "psychosis": "phsychosis pyschosis psycosis",
    "schizophrenia": "schizophenia scitzophrenia skitzophrenia schitzophrenia skizophrenia schizofrenia",
    "serotonin": "seratonin serotonine seretonin serotonnin",
    "suicidal": "sucidal suicidle suicdal suisidal siucidal",
    "suicide": "sucide suicde suiside siucide suicied suecide",
    "supplement": "suppliment suplement",
    "supplements": "suppliments suplements",
    "therapist": "therepist theripist tharapist therapyst therapest",
    "therapists": "therepists theripists",
    "therapy": "theraphy theripy therepy tharapy theropy",
    "trauma": "truama tramua traumma",
    "vaccine": "vacine vaxine vaccin",
    "vaccines": "vacines vaxines",
    "vitamin": "vitimin vitamen vitiman",
    "vitamins": "vitimins vitamens",
}
_EVERYDAY = {
    "because": "becuase becasue beacuse becouse",
    "believe": "beleive belive",
    "definitely": "definately definatly definetly defiantely",
    "friend": "freind frend",
    "friends": "freinds frends",
    "literally": "litterally literaly litteraly",
    "people": "peple pepole peopel poeple",
    "probably": "probaly probly prolly probally",
    "separate": "seperate",
    "tomorrow": "tommorow tomorow tommorrow",
    "weird": "wierd",
}
SLIPS = {slip: meant for meant, slips in _OF_THIS_FIELD.items() for slip in slips.split()}
EVERYDAY_SLIPS = {slip: meant for meant, slips in _EVERYDAY.items() for slip in slips.split()}


# Real words that are one slip away from others: of SCOWL's sizes 35 to 50 (see english.py), those that would otherwise
# be put right into a word of the first checklist.
NOT_SLIPS = frozenset(
    """
    accursed acidify adjutant adjutants afterwords agility alight anesthetic anesthetics annihilator annihilators
    anther apologias aquariums aridity aright averse avidity backslide baiting baling banister banisters barfing
    barters basted basting bawling beading bedsides behoved bellied bellying bestirs biddies birches blander
    blandness bleated bleeping blending blockade blockaded blockades blockading blondness blotted blotters blunder
    blunders blurted blurting bluster blusters boasted boasting bolstered bolstering bondage booing boomerang
    boozing botches bowstring braises braising brandying brattier breadths breasted britches brooking bruisers
    brutish budgies buffing bullocks bullring bunging bunkers bunted bunting burring burrowed burrowing bushiness
    butches butteries buttery caddies calking camber candles cantered cantering caries cartons carving carvings
    cation cementing censured censuring ceremonious chanted chanting chloride chowing christens chuckled chuckling
    clamping clapboard clasping classiest clatter clinched clinchers clinching clopping clutches coffers collage
    collocations colonised coloniser colonisers colonising colonized colonizer colonizers colonizing comically
    commandos commended commending commentating commuters commuting complected compote concession conclave confidant
    conformation conqueror conquerors constrict constricted contagions contaminate contaminated contaminates
    contaminating converged cooing coolies cornets coroners couches couching countess coupes couplets coveted
    coveting crackled crackling craning crated crates crazes crazing cremated cremates cremating crested cresting
    cricked cricking croaked crooking crooned croquette crotches crotchet crowed culling curios currant deafened
    deafening deafens debited debuted deices deigned demoed demoing demoniac depleting deplored deportment deposed
    deposing depraved deputed deputing derailed derailing derails derivation descried descries detested detesting
    detests deviance deviant dibbling discuses dispenser dodders doublets dowelling downsize downsized downsizes
    downsizing droned droning drooped duelling dumpling duping ejection ejections ellipse enclave endued energise
    energises energizes excises exerts expansive faction factional fagged fallowed fallowing fallows faraway fatten
    fattened fattening fattens feasting fending fettered fettering fetters feuding fiends finises flailing flaking
    flares flatterers flattering flaying fleecing flexing flogged flouting flowerbed flowerier fluorine fluorite
    fluttered foaling fording forgers forges fortes fostered fostering fosters frighting funereal funking gabbling
    gamboling gamekeepers gangling genial glosses goggled gradation grafter grafters grandpa grandpas guarantied
    guaranties guarantying gurgling haling haring heeding hinging hocking homeboy hooding hosing hovering hubbies
    hungered hungering hunkered hunkering hurtling impatient inanity incited inciting indices indicted indicting
    inducted inducting inflated inflection intonations inured inures inuring jibbing jigging jotting jugging
    knotting lacing lateral laterally leasing lessening lessens libelled libeller libellers libelling lifelike
    lightening livelong lofting magnetos manger marinas mariners marred mashing mattes meddlers meddling medial
    mediated mediates mediating melancholia melding mentoring minuets missive mobster mobsters moldiness mopping
    mortgagees mortgagor mortgagors mullion mullions mushes nether neutrons nightmarish nipping notching nothin
    notional notionally nutriment opining overacting overage overawe overdoes overdoing overdone overheard
    overheating overplaying overrating overreaching palates pallets palling palmed palming paralyses parches parries
    parsons pasture pastured pasturing patties peeling pendent pennant pepping perking pesters phobics phonying
    pickets pickling piking pilaster pimping pipping pirates pissing pleading plopping plumping plunder plunders
    plunked plunking plying pooping poplar poring portending positing potion potions pouting prating predicated
    predicating prefabs preset presets preying pricking probing prophesy propping proscribe proscribed proscribes
    proscribing proscription proscriptions protean prying pupping pusses quadruped quoiting rambling rapping realty
    reamed recommenced redresses redressing refereed regressing rehired rehires rehiring reined reining relived
    remanded remanding remands rematch reorder repaying replica repose repression reprising requite requited
    requites retreading retried reveled reveling revels revere revered reverence reverences reveres revering
    reviving ribbing ricking riddling ridicules rippling rubbery rumbaing rumpling rusting sabers salivation sallow
    salving sapling sashes savour scabbed scabbing scalier scorning scorpions scouring scrabble scrams scrips
    scuffed scuffing seaming searing sedition seeping senates sentience serous shafted shafting shearing shimming
    shooing shootout shoring shrieked shrieking shrieks shrines shucking shutout shuttered shuttling sifted sifting
    simper singeing skimming skulking slabbed slabbing slacked sleeking slickest slickness slinking slopped slopping
    slumming smocked snappier snatching snickered snickering snipers snooping snoring snuffled snuffling snuggest
    someway sopped sorties sowers sowing spacial spading sparked sparred spatted spattered spatting spicing
    splatting spongers sprawling squatted squatter squatters squatting stamens staved staves steeple stitching
    stomped straggle straggled straggles straggling stranding strangle strangler stricture stubbed stubbing stumped
    sturgeon subbing suckling suction suppurating surfers surfing swabbed swabbing swanked swanker swanking swatches
    swattered sweetening swelling swerving tampered tampering tangling tasered tasering tattlers teeing teeming
    teeters temped temping temporally thickets thither thrashes tiding tingeing tinging tinkling tiptoeing tiptops
    titter titters tonier torches torrent totters tractor tractors trilling trochees unbeatable unbinds underling
    undying unearned unmoved unsealed unwonted varnished varnishes varnishing versified vertebrate violet vocation
    wadding waling walloping wallops warship weavers weaving weeding whimpering whimpers whines whither whomever
    whores wights wiling willows wimpling wizened wringing writhing yearling yipping
""".split()
)
