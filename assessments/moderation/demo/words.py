"""Sentences for made-up posts. All of them were written for this file; nobody ever posted them."""

# Each of these is something that the first checklist looks for, or nearly so.
CLAIMS = (
    "Running cures depression, and it works for everybody.",
    "Vaccines cause autism.",
    "Therapy is a scam.",
    "ADHD isn't real, it was invented to sell pills.",
    "Depression is a choice and so is happiness.",
    "Magnesium cures anxiety.",
    "ADHD is a superpower.",
    "Antidepressants are just a placebo.",
    "You can quit antidepressants cold turkey and be fine.",
    "Depression is just low vibration.",
)
# Nothing to worry about in these, or good signs.
CAREFUL = (
    "A walk helped me a little, and so did talking to my doctor. It may be different for you.",
    "I read the NHS page about panic attacks before my appointment and wrote my questions down.",
    "Please do not stop your tablets because of a video. Ask whoever prescribed them first.",
    "Exercise does not cure depression. It helps some people, next to other treatment.",
    "Is it true that magnesium cures anxiety? My cousin says so and I am not sure.",
    "Ten minutes of breathing exercises make my evenings calmer. No idea why, I just like them.",
)
# Somebody is not well. Help comes first; it never counts against them.
DISTRESS = (
    "I do not want to be alive any more and I have told nobody.",
    "I want to die. Everybody would be better off without me.",
)
OPENINGS = (
    "Nobody tells you this:",
    "I said what I said.",
    "Hot take.",
    "After years of reading about it I know one thing.",
    "My coach told me yesterday,",
    "Save this for later.",
    "Okay, hear me out.",
    "Three weeks ago my whole life changed.",
    "For everybody who asked me about it:",
    "Good morning to the people who needed to hear this.",
    "They do not want you to know.",
    "Long post, sorry.",
)
ENDINGS = (
    "Share it with somebody who needs it.",
    "It took me ten years to learn that.",
    "Follow me for part two, link in my bio.",
    "Tell me in the comments what you think.",
    "That is it, that is the post.",
    "I am not a doctor, I just care.",
    "My programme shows you how, only this week.",
    "My mum does not believe me, but it is so.",
)
AUTHOR_LINES = ("", "", "Life coach, mum of two", "Registered nurse, Leeds", "Dr Kim Example", "Mindset mentor")
COUNTRIES = ("GB", "GB", "US", "")
WHY_WRONG = (
    "The person is making fun of this claim, you took it for real.",
    "You say that nothing was found, but the last sentence sells something.",
    "This is a quotation. The writer says the opposite further down.",
)
APPEALS = (
    "I wrote this post. I was telling what my coach said, and I do not agree with it.",
    "The words were a joke between friends, please look again.",
)
NOTES = {
    "stands": "Two sentences say it plainly, so the report stays as it is.",
    "corrected": "We took a quotation for the writer's own words. That is put right now.",
    "withdrawn": "The post says the opposite of what we read in it. We took the report back.",
}
REPLY = "Thank you for telling us. A second person has looked at the whole post now."
WHY_GOLDEN = "The claim is said plainly, as the writer's own words, so the report stands."
