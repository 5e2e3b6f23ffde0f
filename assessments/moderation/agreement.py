"""How alike people judge, as numbers. Pure."""


def cohens_kappa(pairs):
    """Cohen's kappa (1960) of {(one's answer, the other's answer): how often}: agreement beyond chance, at most 1.

    None when there is nothing to compare, or when chance alone explains all: everybody always gave the same answer.
    """
    total = sum(pairs.values())
    if not total:
        return None
    answers = {answer for pair in pairs for answer in pair}
    observed = sum(count for (one, other), count in pairs.items() if one == other) / total
    by_chance = sum(
        sum(count for (one, _), count in pairs.items() if one == answer)
        * sum(count for (_, other), count in pairs.items() if other == answer)
        for answer in answers
    ) / (total * total)
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
