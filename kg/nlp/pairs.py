"""Scores -> pairs: who is said to be better than whom, or as good, and in which sentence."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from kg.nlp import verdicts
from kg.nlp.alignment import by_turns
from kg.nlp.decoding import FLOOR
from kg.nlp.labels import PAIR_LABELS
from kg.nlp.reading import SYSTEMS, Reading
from kg.record import Verdict

LIKELY = 0.3
"""From this probability on a pair or a link counts when a sentence's systems and figures are sorted into lists."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Subject and object of a claim in a sentence, with the nodes that stand for them there."""

    s: str
    o: str
    v: Verdict
    sentence: int
    heads: tuple[int, ...]
    tails: tuple[int, ...]
    probability: float


def pairs(reading: Reading, floor: float = FLOOR) -> list[Pair]:
    """Every claimed pair, the likelier direction where both are; in order of the text."""
    found: dict[tuple[str, str, Verdict, int], list[tuple[int, int, float]]] = defaultdict(list)
    both: tuple[Verdict, ...] = ("better", "comparable")
    for v in both:
        probability = reading.pair[:, :, PAIR_LABELS.index(v)]
        for i, j in zip(*(probability >= floor).nonzero(), strict=True):
            p = probability[i, j]
            s, o = reading.names[i], reading.names[j]
            if s is None or o is None or s == o or reading.spans[i].type not in SYSTEMS or reading.spans[j].type not in SYSTEMS:
                continue
            i, j, verdict = _settled(reading, int(i), int(j), v)
            s, o = str(reading.names[i]), str(reading.names[j])
            found[s, o, verdict, _evidence(reading, i, j)].append((i, j, float(p)))
    kept = []
    for (s, o, v, k), nodes in found.items():
        p = max(x[2] for x in nodes)
        reverse = max((x[2] for x in found.get((o, s, v, k), ())), default=0.0)
        if reverse > p or (reverse == p and o < s):
            continue
        # Only the nodes that carry the claim say what belongs to it: a second mention further off does not.
        strong = [x for x in nodes if x[2] >= p / 2]
        kept.append(Pair(s, o, v, k, tuple(sorted({x[0] for x in strong})), tuple(sorted({x[1] for x in strong})), p))
    return sorted(_parallel(reading, kept), key=lambda x: (x.sentence, x.tails, x.heads, x.v))


def _parallel(reading: Reading, claimed: list[Pair]) -> list[Pair]:
    """Without the crosswise pairs of parallel ones: `A beats B, and C beats D` says nothing of A and D.

    Systems by turns, or as many better as worse ones in a sentence that says `respectively`, go together in their order.
    """
    groups: dict[tuple[int, Verdict], list[Pair]] = defaultdict(list)
    for pair in claimed:
        groups[pair.sentence, pair.v].append(pair)
    out: list[Pair] = []
    for (k, _), group in groups.items():
        heads, tails = _first_places(reading, [p for p in group if p.probability >= LIKELY])
        start, end = reading.sentences[k]
        better, worse = sorted(heads, key=heads.__getitem__), sorted(tails, key=tails.__getitem__)
        turns = len(better) == len(worse) >= 2 and not set(better) & set(worse)
        if turns and (by_turns(list(heads.values()), list(tails.values())) or "respectively" in reading.text[start:end]):
            together = set(zip(better, worse, strict=True))
            if together <= {(p.s, p.o) for p in group}:
                group = [p for p in group if (p.s, p.o) in together or p.s not in better or p.o not in worse]
        out += group
    return out


def _first_places(reading: Reading, group: list[Pair]) -> tuple[dict[str, int], dict[str, int]]:
    """Where subjects and objects first stand."""
    heads = {p.s: min(reading.spans[i].start for i in p.heads) for p in group}
    return heads, {p.o: min(reading.spans[j].start for j in p.tails) for p in group}


def _settled(reading: Reading, i: int, j: int, v: Verdict) -> tuple[int, int, Verdict]:
    """The pair as the sentence's own wording settles it: turned round, or undecided."""
    if v == "comparable" or reading.spans[j].type == "Own":
        return i, j, v
    start = reading.sentences[reading.where[j]][0]
    before = reading.text[start : reading.spans[j].start]
    if verdicts.turned(before):
        return j, i, v
    return i, j, "comparable" if verdicts.undecided(before) else v


def _evidence(reading: Reading, i: int, j: int) -> int:
    """The sentence that states a claim: where its own method stands unnamed, else the later of the two."""
    for k in (i, j):
        if reading.spans[k].type == "Own":
            return reading.where[k]
    return max(reading.where[i], reading.where[j])


def belongs(reading: Reading, pair: Pair, nodes: list[int], kind: str) -> float:
    """How likely a metric, dataset or figure is this pair's. Both ends must say so: a figure is the subject's and one object's."""
    return math.sqrt(reading.score(pair.heads, nodes, f"subject_{kind}") * reading.score(pair.tails, nodes, f"object_{kind}"))
