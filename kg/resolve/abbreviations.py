"""Which short form stands for which long one, and when two long forms of one abbreviation mean the same."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.resolve.names import clean, distinctive, singular, squash

FUNCTION_WORDS = frozenset("a an and as at by for from in into of on or per the to via with without using towards toward through".split())
"""Words that an abbreviation may skip."""
HEADS = frozenset(
    "algorithm approach architecture attention benchmark block cell challenge corpus dataset database framework layer learning loss "
    "mechanism method metric model modeling modelling module network net operator score strategy system task technique training "
    "transformer unit".split()
)
"""Words that an abbreviation may leave out at a long form's end: `GATS` for `... topological smoothing loss`."""


@lru_cache(maxsize=1 << 16)
def abbreviates(short: str, long: str) -> bool:
    """Whether `short` is an abbreviation of `long`: every word of `long` gives letters to it, in order, from its first on.

    Words that both begin or end with are set aside (`OOD detection`); function words, the later parts of a hyphenated word
    and one head noun at the end may give nothing. This is stricter than the matching step of Schwartz & Hearst, "A simple
    algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003): `NER` does not stand for `fine-grained
    named entity recognition`, although a paper may use it so.

    >>> abbreviates("ViT", "Vision Transformers"), abbreviates("Swin", "shifted window"), abbreviates("DETR", "DEtection TRansformer")
    (True, True, True)
    >>> abbreviates("accuracy", "top-1 accuracy"), abbreviates("Speed", "inference speed")
    (False, False)
    >>> abbreviates("CNN", "deep convolutional neural network"), abbreviates("CNN", "convolutional architectures")
    (False, False)
    """
    form, words = _core(clean(short), clean(long))
    letters = [c for c in form if c.isalnum()]
    if not 2 <= len(letters) <= 12 or not any(c.isupper() for c in letters) or not distinctive(form):
        return False
    if len(words) < 2 or len(letters) > 0.6 * sum(len(w) for w, _ in words) or squash(form) in squash(long):
        return False
    wanted = "".join(letters).casefold()
    return _fits(wanted, words) or (len(words) > 2 and singular(words[-1][0]) in HEADS and _fits(wanted, words[:-1]))


def _core(short: str, long: str) -> tuple[str, list[tuple[str, bool]]]:
    """The short form, and the long form's words with whether each may give nothing; words that both share at an end set aside."""
    brief = _words(short)
    words = [(part, at > 0) for chunk in long.split() for at, part in enumerate(_words(chunk))]
    for end in (-1, 0):
        while brief and words and _same(brief[end], words[end][0]):
            brief.pop(end), words.pop(end)
    return singular("".join(brief)), [(w.casefold(), later or w.casefold() in FUNCTION_WORDS) for w, later in words]


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[^\w&]+|_", text) if w]


def _same(a: str, b: str) -> bool:
    return singular(a).casefold() == singular(b).casefold()


def _fits(letters: str, words: list[tuple[str, bool]]) -> bool:
    """Whether the letters are made of each word's first letter and any later ones of that word, word by word."""
    ends = {0}
    for word, may_skip in words:
        reached = set(ends) if may_skip else set()
        for start in ends:
            if start < len(letters) and letters[start] == word[0]:
                at = 0
                for end in range(start, len(letters)):
                    at = word.find(letters[end], at) + 1
                    if not at:
                        break
                    reached.add(end + 1)
        ends = reached
    return len(letters) in ends


def signatures(long: str) -> frozenset[str]:
    """What long forms of one abbreviation share when they mean the same; two that have a signature in common do.

    A signature is how the words begin, four letters each, function words and last heads aside, hyphenated words once as several
    and once as one. Of two signatures of which one begins the other, the longer means the same with more words.

    >>> bool(signatures("Convolutional Neural Networks") & signatures("convolution neural network"))
    True
    >>> bool(signatures("Contrastive Language-Image Pre-training") & signatures("contrastive language-image pretraining"))
    True
    >>> bool(signatures("self-supervised learning") & signatures("semi-supervised learning"))
    False
    """
    found = set()
    for pieces in (_words(clean(long)), [re.sub(r"\W|_", "", chunk) for chunk in clean(long).split()]):
        words = [singular(w.casefold()) for w in pieces if w and w.casefold() not in FUNCTION_WORDS]
        while len(words) > 2 and words[-1] in HEADS:
            words.pop()
        found.add(" ".join(w[:4] for w in words))
    return frozenset(found)
