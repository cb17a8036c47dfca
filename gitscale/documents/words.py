"""What a mistyped word may have meant."""


def suggestion(word: str, known: list[str]) -> str:
    """`did you mean "leverage"?`, or nothing when no known word is near."""
    from rapidfuzz import fuzz, process, utils

    best = process.extractOne(word, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=65)
    return f'did you mean "{best[0]}"?' if best else ""
