"""Tag scores -> spans: the best legal sequence of tags, by Viterbi."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kg.nlp.nodes import Span
from kg.nlp.wordpiece import Pieces

Floats = npt.NDArray[np.floating]


def best_tags(scores: Floats, tags: tuple[str, ...], inside: npt.NDArray[np.bool_]) -> list[int]:
    """The tag sequence of highest total score (pieces, tags) in which `I-x` follows `B-x` or `I-x` and no word is torn.

    `inside[k]` says that piece k continues a word: it then keeps its predecessor's entity, or `O`.
    """
    legal = np.full((len(tags), len(tags)), -1e9)
    within = np.full((len(tags), len(tags)), -1e9)
    for a, before in enumerate(tags):
        for b, after in enumerate(tags):
            continues = after.startswith("I-") and before[2:] == after[2:]
            if not after.startswith("I-") or continues:
                legal[a, b] = 0
            if continues or (before == after == "O"):
                within[a, b] = 0
    if not len(scores):
        return []
    total = scores[0] + np.array([-1e9 if t.startswith("I-") else 0.0 for t in tags])
    back = np.zeros(scores.shape, dtype=np.int64)
    for k in range(1, len(scores)):
        paths = total[:, None] + (within if inside[k] else legal)
        back[k] = paths.argmax(0)
        total = paths[back[k], np.arange(len(tags))] + scores[k]
    best = [int(total.argmax())]
    for k in range(len(scores) - 1, 0, -1):
        best.append(int(back[k][best[-1]]))
    return best[::-1]


def spans_of(scores: Floats, pieces: Pieces, text: str, tags: tuple[str, ...]) -> list[Span]:
    """The typed spans that the best tag sequence marks, in order."""
    found: list[Span] = []
    for k, tag in enumerate(best_tags(scores, tags, pieces.inside)):
        name = tags[tag]
        start, end = (int(x) for x in pieces.spans[k])
        if name.startswith("B-"):
            found.append(Span(start, end, name[2:]))
        elif name.startswith("I-"):
            found[-1] = found[-1]._replace(end=end)
    return found
