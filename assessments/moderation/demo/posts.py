"""Made-up posts, always the same ones."""

from itertools import cycle, islice, product

from assessments.moderation.demo import words

# A form's number never has a colon, so no reader's post is ever taken for one of these.
MARK = "demo:"
MANY = 240


def texts(many=MANY):
    """So many texts, all different: mostly claims, some careful, a few of people who are not well."""
    frames = list(product(words.OPENINGS, words.ENDINGS))
    middles = cycle((*words.CLAIMS, *words.CAREFUL, *words.CLAIMS, *words.DISTRESS))
    return [
        # Seven and the number of frames have no common factor, so every frame comes before one comes again.
        " ".join((frames[number * 7 % len(frames)][0], middle, frames[number * 7 % len(frames)][1]))
        for number, middle in enumerate(islice(middles, many))
    ]


def about(number):
    """What else was sent with the post of this number."""
    return {
        "author_line": words.AUTHOR_LINES[number % len(words.AUTHOR_LINES)],
        "country": words.COUNTRIES[number % len(words.COUNTRIES)],
        "submission": f"{MARK}{number}",
    }
