"""Everyday words, which renaming leaves as they are, and sentences in which there is nothing to find."""

# Function words and the commonest others: a larger checklist would speak of other things, in the same English.
EVERYDAY = frozenset(
    """a about after again all also always am an and any anybody anyone anything are arent around as at back be because
    been before being better but by came can cant come could couldnt day days did didnt do does doesnt doing done dont
    down each enough even ever every everybody everyone everything feel few first for from gave get gets getting give
    go goes going gone good got had has hasnt have havent having he help her here hers him his how i id if ill im in
    instead into is isnt it its ive just keep know less let life like little long look lot made make makes making many
    may me mean means might mine more most much must my myself need needs never new no nobody none noone nor not nothing
    now of off old on once one only or other our out over own people person put real really right said same say saying
    says see she should shouldnt since so some somebody someone something still stop stuff such sure take takes taking
    talk tell than that thats the their them then there theres these they theyll theyre thing things think this those
    thought time to today told too try trying two under until up us use used very want wants was wasnt way we week well
    were werent what when where which while who whole whos why will with without wont work works would wouldnt wrong
    year years yes yet you youll your youre yourself youve""".split()
)

NOTHING_IN_THEM = (
    "The bus was late again so we walked along the river and counted boats",
    "Grandad has planted tomatoes beside the shed and the cat sleeps between the pots",
    "Our team lost by a single goal, and the referee blew his whistle far from the corner",
    "I painted the kitchen yellow on Saturday; it took three tins and most of the afternoon",
    "There is a new bakery near the library that sells rye bread until noon",
    "My cousin moved to a flat with a view of the harbour",
    "We watched the second film and argued about the ending all the way home",
    "The recipe says two eggs, flour, butter and a spoonful of honey",
    "Somebody left a green umbrella on the train to Leeds this morning",
    "Tickets for the concert go on sale at nine, so set your alarm",
    "The museum has a room full of clocks, and every one of them shows another hour",
    "He borrowed a ladder to clean the gutters and found a tennis ball from last summer",
    "Which paint goes best with oak floors, the grey one or the green one",
    "The ferry leaves at six and it takes about an hour to reach the island",
    "She knitted a scarf for the snowman next door",
    "They moved the market to the square behind the church, so parking is easier",
    "My phone updated itself and now all the icons are in another place",
    "Two goals in the first half, then it rained and nobody could see the ball",
    "The soup needs salt and maybe a little lemon",
    "Snow fell on the hills overnight but the road was clear by breakfast",
)
