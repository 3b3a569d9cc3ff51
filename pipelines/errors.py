"""Misses and inventions by cause; `python -m pipelines.errors PREDICTED.jsonl [--gold fold0] [--before OTHER.jsonl] [--show CAUSE]`.

PREDICTED is what `kg extract` (or `evaluate --out`) prints for the gold's papers; with claims below `--min-confidence` in it (print with
`--min-confidence 0`), what the threshold costs is told from what was not found at all. Everything is counted in the scorer's own terms
(`score.py`: what is aligned, when two claims are the same), and what is counted adds up to its misses and inventions, or this stops.

Every error has exactly one cause: the first that holds, in this order.

mentions     the same span as another type; a boundary of the same type; a boundary and another type (a Baseline's mention is named as
             such); the form stands elsewhere in the other reading; nothing there
entities     a counterpart that shares a form (split or joined, another type, a Baseline); one that only overlaps; no mention
pairs        (`outperforms`, `comparable`)
  missed     an invented pair (or a right one, by the metric) explains it: direction, verdict, `THIS` against a name, an end that shares a
             form or overlaps, another of the paper's own names; it lies below the threshold; an end was not found, and why; an invented
             pair of the sentence has one of its ends; nothing of this, the claim itself was missed: a background statement, or by what
             else the sentence gave
  invented   a gold pair explains it, as above; the gold has no comparison in the sentence, and what it has instead; both ends are compared
             there, but not with each other; an end is nothing in the gold, and why; an end is something in the gold that is not
             compared there
comparisons  the pair is wrong (`pair:` and its cause); rows of a right pair are coupled by what they agree in: which of dataset, metric and
             delta differs, and how; the row lies below the threshold; there are too few rows, or too many
results      a row with the same figure: what differs; the figure is said in a comparison; below the threshold; another figure for the same
             subject, dataset and metric; as with pairs
sota         a row with the same subject or the same target; it is said as a comparison; below the threshold; as with pairs
lists        below the threshold; the entity was not found, and why; it is in another list; it is named and not listed
sv, ...      attributes of the comparisons whose subject, object and verdict were found: missing, extra, wrong

Competitors that are described and not named (`Baseline`) are known only where a claim down to the file's least confidence has them.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.present.text import plain
from kg.record import SUPPORTED, THIS
from pipelines import score as scorer
from pipelines.confidence import CLAIMS, PAIRS, Counts, Row, at_confidence, matched, predictions, rows, warn
from pipelines.evaluate import records_of

Span = tuple[int, int, str]

GROUP = "Baseline against a name"
SPLIT = "split or joined"
LIKENESS = (SPLIT, "wrong type", GROUP, "wrong boundary")
"""How two entities that are not aligned may still be about one thing, the most telling first."""
KINSHIP = (
    "wrong direction",
    "wrong verdict",
    "coreference: THIS for a name",
    "coreference: a name for THIS",
    *(f"{end} differs: {x}" for end in ("subject", "object") for x in LIKENESS),
    "coreference: another own name",
)
"""How a wrong pair may explain another, the most telling first."""
BESIDE = "beside a right one"
"""Fits a claim of the gold that another prediction took. For the scorer state-of-the-art claims on one task are one, whatever their
datasets: where the task is left out, the datasets after the first show here."""
AIM = re.compile(
    r"\b(can|could|may|might|should|would|if|whether|aim\w*|hop(e|es|ing)|expect\w*|promising|potential\w*|goal|needs?|challeng\w*"
    r"|(to|for|of|further) (improv|outperform|surpass|enhanc|reduc|achiev|boost|increas|beat|exceed|match)\w*)\b",
    re.IGNORECASE,
)
"""Words by which a sentence speaks of what is wished or possible; a hint for the reader of the table, no rule."""
FIGURES = ("delta", "sv", "ov")
LABELS = {"d": "dataset", "m": "metric"}
ATTRIBUTES = {"sv": "sv", "ov": "ov", "background": "bg", "condition": "cond"}
"""Sections on attributes, by the scorer's name; dataset, metric and delta are told apart under `comparisons`."""
SECTIONS = ("mentions", "entities", "outperforms", "comparisons", "comparable", "results", "sota", *SUPPORTED, *ATTRIBUTES)


@dataclass(frozen=True)
class Error:
    """One miss or invention: `side` is `missed` or `invented`, `item` a claim's row, a span or a name, `where` its sentence."""

    section: str
    side: str
    cause: str
    paper: str
    item: Any
    where: int | None = None


class View:
    """A paper's gold record and its prediction, cut at `least`, in comparable terms."""

    def __init__(self, gold: dict[str, Any], prediction: dict[str, Any], least: float) -> None:
        self.text = gold["title"] + "\n" + gold["abstract"]
        self.cut = at_confidence(prediction, least)
        self.data, self.least, self.support = gold, least, prediction.get("support", ())
        self.sentences = gold.get("sentences") or [[0, len(self.text)]]
        self.gold, self.pred, self.whole = (scorer.Record(d, self.text) for d in (gold, self.cut, prediction))
        self.to_gold: dict[str, str] = scorer.align(self.gold, self.pred)
        self.to_pred = {g: p for p, g in self.to_gold.items()}
        self.names = scorer.Names(self.gold), scorer.Names(self.pred, self.to_gold)
        self.known = scorer.Names(self.whole, self.to_gold)
        self.asked, self.said = ({kind: self._placed(rows(n, kind)) for kind in CLAIMS} for n in self.names)
        self.unsure = {kind: [r for r in self._placed(rows(self.known, kind)) if r["confidence"] < least] for kind in CLAIMS}
        self.groups = [self.known.key(n) for n, t in sorted(self.whole.types.items()) if t == "Baseline"]

    def _placed(self, found: list[Row]) -> list[Row]:
        return [row | {"where": self.sentence(row["start"], row["end"]) if row["sent"] is None else row["sent"]} for row in found]

    def sentence(self, start: int | None, end: int | None) -> int | None:
        """The sentence of the gold that `[start, end)` lies in most."""
        if start is None or end is None:
            return None
        shared = [(min(end, e) - max(start, s), -k) for k, (s, e) in enumerate(self.sentences)]
        return -max(shared)[1] if shared and max(shared)[0] > 0 else None

    def found(self, name: str) -> bool:
        """Whether the prediction knows an entity of the gold."""
        key = self.names[0].key(name)
        return key is None or key[0] == "THIS" or name in self.to_pred or any(scorer.same(key, k) for k in self.groups)

    def known_gold(self, name: str) -> bool:
        """Whether the gold knows an entity of the prediction."""
        key = self.known.key(name)
        groups = (self.names[0].key(n) for n, t in self.gold.types.items() if t == "Baseline")
        return key is None or key[0] == "THIS" or name in self.to_gold or any(scorer.same(key, k) for k in groups)

    def why_missed(self, name: str) -> str:
        """Why an entity of the gold has no counterpart."""
        return estranged(self.gold, name, self.whole)

    def why_invented(self, name: str) -> str:
        """Why a predicted entity has no counterpart."""
        return estranged(self.whole, name, self.gold)


def overlap(a: Iterable[tuple[int, int]], b: Iterable[tuple[int, int]]) -> bool:
    """Whether a span of one overlaps one of the other."""
    b = list(b)
    return any(s < e2 and s2 < e for s, e in a for s2, e2 in b)


def likeness(left: scorer.Record, a: str, right: scorer.Record, b: str) -> str | None:
    """One of LIKENESS for two entities that share a form or a place, else None."""
    places = left.places.get(a, set()), right.places.get(b, set())
    shared = bool(left.forms.get(a, set()) & right.forms.get(b, set()) or places[0] & places[1])
    if not shared and not overlap(*places):
        return None
    types = left.types.get(a, "Baseline"), right.types.get(b, "Baseline")
    if types[0] != types[1]:
        return GROUP if "Baseline" in types else "wrong type"
    return SPLIT if shared else "wrong boundary"


def estranged(left: scorer.Record, name: str, right: scorer.Record) -> str:
    """Why an entity of one record has no counterpart in the other: one of LIKENESS, or that no mention is there."""
    found = {likeness(left, name, right, other) for other in right.types}
    return next((x for x in LIKENESS if x in found), "no mention")


def relation(view: View, gold: str | None, pred: str | None) -> str | None:
    """What lies between two names: "" when they are the same, a coreference, one of LIKENESS, or None: nothing to do with each other."""
    if scorer.same(view.names[0].key(gold), view.known.key(pred)):
        return ""
    if not gold or not pred:
        return None
    own = view.data.get("proposes", ())
    both = (gold == THIS or gold in own) and (pred == THIS or pred in view.cut.get("proposes", ()) or view.to_gold.get(pred) in own)
    if both and THIS in (gold, pred):
        return "coreference: THIS for a name" if pred == THIS else "coreference: a name for THIS"
    if like := likeness(view.gold, gold, view.whole, pred):
        return like
    return "coreference: another own name" if both else None


def differing(end: str, why: str) -> str:
    """A relation between two ends as a cause."""
    return why if why.startswith("coreference") else f"{end} differs: {why}"


# ------------------------------------------------------------------ mentions and entities


def boundary(gold: Span, pred: Span) -> str:
    """How a predicted span of the right type misses the gold one's edges."""
    longer = [side for side, more in (("left", pred[0] < gold[0]), ("right", pred[1] > gold[1])) if more]
    shorter = [side for side, less in (("left", pred[0] > gold[0]), ("right", pred[1] < gold[1])) if less]
    if longer and shorter:
        return "boundary: shifted"
    return f"boundary: too {'long' if longer else 'short'}, {' and '.join(longer or shorter)}"


def mention_cause(view: View, span: Span, missed: bool) -> str:
    """Why a gold mention is missed, or a predicted one invented."""
    other = view.whole if missed else view.gold
    groups = {(s, e, "Baseline") for n, places in other.places.items() if other.types[n] == "Baseline" for s, e in places}
    spans = (view.pred if missed else view.gold).spans
    near = sorted(
        (x for x in spans | groups if x[0] < span[1] and span[0] < x[1]), key=lambda x: (max(x[0], span[0]) - min(x[1], span[1]), x)
    )
    if exact := [x for x in near if x[:2] == span[:2]]:
        gold, pred = (span, exact[0]) if missed else (exact[0], span)
        return f"wrong type: {gold[2]} as {pred[2]}"
    if alike := [x for x in near if x[2] == span[2]]:
        return boundary(*((span, alike[0]) if missed else (alike[0], span)))
    if near:
        return GROUP if near[0][2] == "Baseline" else "boundary and type"
    form = scorer.norm(view.text[span[0] : span[1]])
    elsewhere = any(form in forms for n, forms in other.forms.items() if other.types[n] == span[2])
    return f"no mention here, {'but elsewhere' if elsewhere else 'nor elsewhere'}"


def mention_errors(view: View) -> Iterator[Error]:
    """Misses and inventions of spans."""
    sides = view.gold.spans - view.pred.spans, view.pred.spans - view.gold.spans
    for side, spans in zip(("missed", "invented"), sides, strict=True):
        for span in sorted(spans):
            yield error(view, "mentions", side, mention_cause(view, span, side == "missed"), span, view.sentence(*span[:2]))


def entity_errors(view: View) -> Iterator[Error]:
    """Entities without a counterpart."""
    for name, type in sorted(view.gold.types.items()):
        if type in scorer.TYPES and name not in view.to_pred:
            yield error(view, "entities", "missed", view.why_missed(name), name)
    for name, type in sorted(view.pred.types.items()):
        if type in scorer.TYPES and name not in view.to_gold:
            yield error(view, "entities", "invented", view.why_invented(name), name)


# ------------------------------------------------------------------ pairs


def kinship(view: View, gold: Row, pred: Row) -> str | None:
    """How one of two pairs explains that the other is wrong: one of KINSHIP, or None."""
    (gs, go), (ps, po) = ((r["said"]["s"], r["said"]["o"]) for r in (gold, pred))
    straight, crossed = (relation(view, gs, ps), relation(view, go, po)), (relation(view, gs, po), relation(view, go, ps))
    if gold["v"] != pred["v"]:
        return "wrong verdict" if ("", "") in (straight, crossed) else None
    if gold["v"] == "better" and crossed == ("", "") != straight:
        return "wrong direction"
    for s, o in (straight, crossed) if gold["v"] == "comparable" else (straight,):
        if s is not None and o is not None and ("" in (s, o) or gold["where"] == pred["where"]):
            return differing("subject", s) if s else differing("object", o or SPLIT)  # the same: one competitor that stands for two
    return None


def first(causes: Iterable[str | None], order: Sequence[str] = KINSHIP) -> str | None:
    """The most telling of some causes."""
    found = set(causes)
    return next((x for x in order if x in found), None)


def spare(view: View) -> list[Row]:
    """Predicted comparisons whose pair the gold does not have."""
    return [p for p in view.said["comparisons"] if not any(scorer.same_pair(g, p) for g in view.asked["comparisons"])]


def not_found(view: View, row: Row, ends: Sequence[str] = ("s", "o")) -> str | None:
    """Which end of a gold claim the prediction does not know, and why."""
    for end in ends:
        if (name := row["said"].get(end)) and not view.found(name):
            return f"{'subject' if end == 's' else 'object'} not found: {view.why_missed(name)}"
    return None


def below(view: View, kind: str, row: Row, agree: Callable[[Row, Row], bool]) -> str | None:
    """Whether a gold claim lies below the threshold."""
    return "below the threshold" if any(agree(row, p) for p in view.unsure[kind]) else None


def overlooked(view: View, row: Row, kind: str) -> str:
    """The claim itself was missed: by what the sentence gave."""
    if row["bg"]:
        return "missed claim: background statement"
    given = [k for k in CLAIMS if any(p["where"] == row["where"] for p in view.said[k])]
    if kind in given:
        return "missed claim: others found in the sentence"
    return f"missed claim: {'other kinds found' if given else 'nothing found'} in the sentence"


def pair_miss(view: View, gold: Row) -> str:
    """Why a gold pair was not predicted."""
    inventions = spare(view)
    rows = [g for g in view.asked["comparisons"] if scorer.same_pair(g, gold)]
    on_metric = [p for p in view.said["comparisons"] if p["m"] is not None and any(scorer.same(g["m"], p["m"]) for g in rows)]
    why = (
        # A right pair may still stand the wrong way on this very metric: it wins in accuracy and is said to win in cost.
        first((kinship(view, gold, p) for p in on_metric), KINSHIP[:2])
        or first(kinship(view, gold, p) for p in inventions)
        or (differing("object", SPLIT) if any(scorer.same_pair(gold, p) for p in view.said["comparisons"]) else None)
        or below(view, "comparisons", gold, scorer.same_pair)
        or not_found(view, gold)
    )
    if why:
        return why
    here = [p for p in inventions if p["where"] == gold["where"] and p["v"] == gold["v"]]
    if any(scorer.same(gold["s"], p["s"]) for p in here):
        return "wrong object"
    if any(scorer.same(gold["o"], p["o"]) for p in here):
        return "wrong subject"
    return overlooked(view, gold, "comparisons")


def instead(view: View, where: int | None) -> str:
    """What a sentence without the claim in question is, by the gold."""
    if where is None:
        return "no sentence"
    for kind, label in (("comparisons", "a comparison"), ("sota", "a state-of-the-art claim"), ("results", "a result")):
        if any(g["where"] == where for g in view.asked[kind]):
            return label
    start, end = view.sentences[where]
    return "the title" if where == 0 else "an aim or a possibility" if AIM.search(view.text[start:end]) else "another statement"


def pair_invention(view: View, pred: Row) -> str:
    """Why a pair was predicted that the gold does not have."""
    gold = view.asked["comparisons"]
    if why := first(kinship(view, g, pred) for g in gold):
        return why
    here = [g for g in gold if g["where"] == pred["where"]]
    if not here:
        return f"no comparison here: {instead(view, pred['where'])}"
    compared = [g[k] for g in here for k in ("s", "o")]
    real = {end: any(scorer.same(key, pred[end]) for key in compared) for end in ("s", "o")}
    if all(real.values()):
        return "crosswise"
    for end, label in (("s", "subject"), ("o", "object")):
        if not view.known_gold(pred["said"][end]):
            return f"{label} invented: {view.why_invented(pred['said'][end])}"
    return f"{'object' if real['s'] else 'subject' if real['o'] else 'subject and object'} not compared here"


def pair_errors(view: View, section: str) -> Iterator[Error]:
    """Errors of `outperforms` or `comparable`: pairs, each once a paper."""
    sides = ([c for c in found if c["v"] == PAIRS[section]] for found in (view.asked["comparisons"], view.said["comparisons"]))
    gold, pred = leftovers(*(scorer.unique(side, scorer.same_pair) for side in sides), scorer.same_pair)
    for row in gold:
        yield error(view, section, "missed", pair_miss(view, row), row, row["where"])
    for row in pred:
        yield error(view, section, "invented", pair_invention(view, row), row, row["where"])


# ------------------------------------------------------------------ whole comparisons, results, state of the art, lists


def leftovers(gold: list[Row], pred: list[Row], agree: Callable[[Any, Any], bool]) -> tuple[list[Row], list[Row]]:
    """What the scorer's matching leaves: misses and inventions."""
    hit = {id(x) for pair in scorer.match(gold, pred, agree) for x in pair}
    return [g for g in gold if id(g) not in hit], [p for p in pred if id(p) not in hit]


def field_cause(view: View, end: str, gold: Row, pred: Row) -> str:
    """How a dataset or a metric is wrong."""
    label, x, y = LABELS[end], gold["said"].get(end), pred["said"].get(end)
    if not y:
        return f"{label} missing: {'not attached' if view.found(x) else view.why_missed(x)}"
    if not x:
        return f"{label} extra"
    like = likeness(view.gold, x, view.whole, y)
    return f"{label} wrong: {like or 'another one'}"


def delta_cause(view: View, gold: Row, pred: Row) -> str:
    """How a difference is wrong."""
    x, y = gold["delta"], pred["delta"]
    if not y:
        return f"delta missing{': taken for a value' if any(scorer.same_quantity(x, pred[k]) for k in ('sv', 'ov')) else ''}"
    word = "wrong" if x else "extra"
    here = [(kind, g) for kind in ("comparisons", "results") for g in view.asked[kind] if g["where"] == gold["where"]]
    if any(scorer.same_quantity(y, g[k]) for _, g in here for k in ("sv", "ov", "value")):
        return f"delta {word}: it is a value"
    if any(scorer.same_quantity(y, g["delta"]) for _, g in here):
        return f"delta {word}: another row's"
    numbers = [set(q[0]) if (q := scorer.quantity(v)) else set() for v in (x, y)]
    return f"delta {word}" + (": unit or part of a range" if numbers[0] & numbers[1] else ": another figure" if x else "")


def attribute_cause(view: View, gold: Row, pred: Row) -> str:
    """What two comparisons of one pair differ in."""
    unlike = [LABELS[k] for k in ("d", "m") if not scorer.same(gold[k], pred[k])]
    unlike += [] if scorer.same_quantity(gold["delta"], pred["delta"]) else ["delta"]
    if len(unlike) > 1:
        return f"attributes: {', '.join(unlike)}"
    if unlike == ["delta"]:
        return delta_cause(view, gold, pred)
    return field_cause(view, "d" if unlike == ["dataset"] else "m", gold, pred)


def coupled(gold: list[Row], pred: list[Row]) -> list[tuple[Row, Row]]:
    """Rows of right pairs that no whole comparison took, one to one, those that agree in most first."""

    def agreement(g: Row, p: Row) -> int:
        return sum(scorer.same(g[k], p[k]) for k in ("d", "m")) + scorer.same_quantity(g["delta"], p["delta"]) + (g["where"] == p["where"])

    options = [(-agreement(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(pred) if scorer.same_pair(g, p)]
    couples, taken = [], (set(), set())
    for _, i, j in sorted(options):
        if i not in taken[0] and j not in taken[1]:
            couples.append((gold[i], pred[j]))
            taken[0].add(i)
            taken[1].add(j)
    return couples


def comparison_errors(view: View) -> Iterator[Error]:
    """Errors of whole comparisons."""
    gold, pred = leftovers(view.asked["comparisons"], view.said["comparisons"], scorer.same_comparison)
    couples = coupled(gold, pred)
    why = {id(x): attribute_cause(view, g, p) for g, p in couples for x in (g, p)}
    for row in gold:
        cause = why.get(id(row))
        if cause is None and any(scorer.same_pair(row, p) for p in view.said["comparisons"]):
            cause = below(view, "comparisons", row, scorer.same_comparison) or "rows: too few for a right pair"
        yield error(view, "comparisons", "missed", cause or f"pair: {pair_miss(view, row)}", row, row["where"])
    for row in pred:
        cause = why.get(id(row))
        if cause is None and any(scorer.same_pair(g, row) for g in view.asked["comparisons"]):
            cause = "rows: too many for a right pair"
        yield error(view, "comparisons", "invented", cause or f"pair: {pair_invention(view, row)}", row, row["where"])


def result_difference(view: View, gold: Row, pred: Row) -> str:
    """What two results of one figure differ in."""
    unlike = [k for k in ("s", "d", "m") if not scorer.same(gold[k], pred[k])]
    if not unlike:
        return BESIDE
    if len(unlike) > 1:
        return f"attributes: {', '.join({'s': 'subject', **LABELS}[k] for k in unlike)}"
    if unlike != ["s"]:
        return field_cause(view, unlike[0], gold, pred)
    like = relation(view, gold["said"]["s"], pred["said"]["s"])
    return differing("subject", like) if like else "wrong subject"


def result_cause(view: View, row: Row, others: list[Row], missed: bool) -> str | None:
    """How the other side's results and comparisons explain a wrong one."""
    alike = [x for x in others if scorer.same_quantity(x["value"], row["value"])]
    if alike:
        best = min(alike, key=lambda x: (sum(not scorer.same(x[k], row[k]) for k in ("s", "d", "m")), x["where"] != row["where"]))
        return result_difference(view, *((row, best) if missed else (best, row)))
    compared = view.said["comparisons"] if missed else view.asked["comparisons"]
    if any(c["where"] == row["where"] and c[k] and scorer.same_quantity(c[k], row["value"]) for c in compared for k in FIGURES):
        return "figure of a comparison" if not missed else "taken for a comparison's figure"
    return None


def result_errors(view: View) -> Iterator[Error]:
    """Errors of results."""
    gold, pred = leftovers(view.asked["results"], view.said["results"], scorer.same_result)

    def other_figure(row: Row, others: list[Row]) -> str | None:
        return "value wrong" if any(all(scorer.same(row[k], x[k]) for k in ("s", "d", "m")) for x in others) else None

    for row in gold:
        why = result_cause(view, row, pred, True) or below(view, "results", row, scorer.same_result) or other_figure(row, pred)
        why = why or not_found(view, row, ("s",)) or overlooked(view, row, "results")
        yield error(view, "results", "missed", why, row, row["where"])
    for row in pred:
        why = result_cause(view, row, view.asked["results"], False) or other_figure(row, gold)
        if why is None and any(g["where"] == row["where"] for g in view.asked["results"]):
            why = "figure that is no result"
        yield error(view, "results", "invented", why or f"no result here: {instead(view, row['where'])}", row, row["where"])


def sota_cause(view: View, row: Row, others: list[Row], missed: bool) -> str | None:
    """How the other side's state-of-the-art claims and comparisons explain a wrong one."""
    causes = []
    for other in others:
        gold, pred = (row, other) if missed else (other, row)
        target = [(g, p) for k in ("d", "t") if (g := gold["said"].get(k)) and (p := pred["said"].get(k))]
        like = relation(view, gold["said"]["s"], pred["said"]["s"])
        if scorer.same_sota(gold, pred):
            causes.append(BESIDE)
        elif like == "":
            asked, said = (any(r["said"].get(k) for k in ("d", "t")) for r in (gold, pred))
            fits = any(likeness(view.gold, g, view.whole, p) for g, p in target)
            word = "missing" if not said else "extra" if not asked else "wrong: like it" if fits else "wrong: another one"
            causes.append(f"target {word}")
        elif scorer.same_sota(gold, pred | {"s": gold["s"]}) and (like or gold["where"] == pred["where"]):
            causes.append(differing("subject", like) if like else "wrong subject")
    targets = (BESIDE, "target wrong: like it", "target missing", "target extra", "target wrong: another one")
    if why := first(causes, (*targets, *KINSHIP, "wrong subject")):
        return why
    compared = spare(view) if missed else view.asked["comparisons"]
    if any(c["where"] == row["where"] for c in compared):
        return "taken for a comparison" if missed else "a comparison taken for it"
    return None


def sota_errors(view: View) -> Iterator[Error]:
    """Errors of state-of-the-art claims."""
    gold, pred = leftovers(*(scorer.unique(side["sota"], scorer.same_sota) for side in (view.asked, view.said)), scorer.same_sota)
    for row in gold:
        why = sota_cause(view, row, pred, True) or below(view, "sota", row, scorer.same_sota) or not_found(view, row, ("s",))
        yield error(view, "sota", "missed", why or overlooked(view, row, "sota"), row, row["where"])
    for row in pred:
        why = sota_cause(view, row, view.asked["sota"], False)
        if why is None and any(g["where"] == row["where"] for g in view.asked["sota"]):
            why = "subject not praised here"
        yield error(view, "sota", "invented", why or f"no such claim here: {instead(view, row['where'])}", row, row["where"])


def list_errors(view: View, kind: str) -> Iterator[Error]:
    """Errors of a list of names."""
    sides = ([(n.key(x), x) for x in n.record.data.get(kind, ())] for n in view.names)
    gold, pred = leftovers(*sides, lambda a, b: scorer.same(a[0], b[0]))
    unsure = {s["name"] for s in view.support if s["kind"] == kind and s["confidence"] < view.least}
    for _, name in gold:
        y = view.to_pred.get(name)
        other = [k for k in SUPPORTED if k != kind and y in view.cut.get(k, ())]
        if y is None:
            cause = f"not found: {view.why_missed(name)}"
        else:
            cause = "below the threshold" if y in unsure else f"put into {other[0]}" if other else "named, not listed"
        yield error(view, kind, "missed", cause, name)
    for _, name in pred:
        x = view.to_gold.get(name)
        other = [k for k in SUPPORTED if k != kind and x in view.data.get(k, ())]
        known = f"belongs into {other[0]}" if other else "named, not listed"
        yield error(view, kind, "invented", known if x else f"not in the gold: {view.why_invented(name)}", name)


def attribute_errors(view: View) -> Iterator[Error]:
    """Errors of values, background flags and conditions, over the comparisons that the scorer coupled."""
    for gold, pred in matched(view.asked["comparisons"], view.said["comparisons"]):
        for section, k in ATTRIBUTES.items():
            asked, right = scorer.ATTRIBUTES[section]
            if asked(gold) and not right(gold, pred, view.sentences):
                delta = "missing: taken for the difference" if k in FIGURES and scorer.same_quantity(gold[k], pred["delta"]) else "missing"
                yield error(view, section, "missed", "wrong" if pred[k] else delta, gold, gold["where"])
            if pred[k] and not (asked(gold) and right(gold, pred, view.sentences)):
                yield error(view, section, "invented", "wrong" if gold[k] else "extra", pred, pred["where"])


# ------------------------------------------------------------------ all of it


def error(view: View, section: str, side: str, cause: str, item: Any, where: int | None = None) -> Error:
    """An error of this paper."""
    return Error(section, side, cause, view.data["id"], item, where)


def errors_of(view: View) -> list[Error]:
    """All errors of one paper."""
    out = [*mention_errors(view), *entity_errors(view), *comparison_errors(view), *result_errors(view), *sota_errors(view)]
    out += [e for section in PAIRS for e in pair_errors(view, section)] + [e for kind in SUPPORTED for e in list_errors(view, kind)]
    return [*out, *attribute_errors(view)]


def counts_of(view: View, errors: Iterable[Error]) -> dict[str, Counts]:
    """The scorer's counts by section. Raises AssertionError when the errors do not add up to its misses and inventions."""
    table, attributes = scorer.compare(view.data, view.cut)
    made = Counter((e.section, e.side) for e in errors)
    counts = {k: table[k] for k in SECTIONS if k in table}
    for section in ATTRIBUTES:  # the scorer counts what the gold asks for; what was said besides is ours to count
        right, asked = attributes[section]
        counts[section] = (right, asked, right + made[section, "invented"])
    for section, (hit, gold, pred) in counts.items():
        if (made[section, "missed"], made[section, "invented"]) != (gold - hit, pred - hit):
            raise AssertionError(f"{view.data['id']}: the errors of {section} do not add up to the scorer's misses and inventions")
    return counts


@dataclass(frozen=True)
class Analysis:
    """Errors of all papers and the scorer's counts by section."""

    errors: list[Error]
    counts: dict[str, Counts]
    views: dict[str, View]


def analyse(gold: Iterable[dict[str, Any]], predicted: dict[str, dict[str, Any]], least: float) -> Analysis:
    """Every error with its cause; a paper without a prediction counts as an empty one."""
    views = {g["id"]: View(g, predicted.get(g["id"], {}), least) for g in gold}
    found = {key: errors_of(view) for key, view in views.items()}
    parts = [counts_of(views[key], errors) for key, errors in found.items()]
    counts = {k: (sum(p[k][0] for p in parts), sum(p[k][1] for p in parts), sum(p[k][2] for p in parts)) for k in SECTIONS}
    return Analysis([e for errors in found.values() for e in errors], counts, views)


# ------------------------------------------------------------------ for the reader


def counted(analysis: Analysis | None, section: str) -> dict[str, tuple[int, int]]:
    """Misses and inventions of a section by cause."""
    made = Counter((e.cause, e.side) for e in analysis.errors if e.section == section) if analysis else Counter()
    return {cause: (made[cause, "missed"], made[cause, "invented"]) for cause, _ in made}


def family(cause: str) -> tuple[str, str]:
    """A cause as what it belongs to and what tells it apart there: `object not found: no mention`."""
    head, _, rest = cause.rpartition(": ")
    return (head, rest) if head not in ("", "pair") else (cause, "")


def summed(counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Misses and inventions of several causes."""
    counts = list(counts)
    return sum(m for m, _ in counts), sum(i for _, i in counts)


def table(now: Analysis, before: Analysis | None = None) -> str:
    """Causes by section, in families, with counts and shares; or with counts before, after and their difference."""
    lines: list[str] = []
    for section in SECTIONS:
        new, old = counted(now, section), counted(before, section)
        totals = summed(new.values()), summed(old.values())

        def line(label: str, causes: Iterable[str], new: Any = new, old: Any = old, totals: Any = totals) -> str:
            causes = list(causes)
            after, earlier = (summed(made.get(c, (0, 0)) for c in causes) for made in (new, old))
            cells: list[str] = []
            for side in (0, 1):
                if before:
                    cells += [f"{earlier[side]}", f"{after[side]}", f"{after[side] - earlier[side]:+d}"]
                else:
                    cells += [f"{after[side]}", f"{after[side] / totals[0][side]:.1%}" if totals[0][side] else "-"]
            return f"  {label:48}" + "".join(f"{cell:>9}" for cell in cells)

        families: dict[str, list[str]] = {}
        for cause in sorted(new.keys() | old.keys(), key=lambda c: (-sum(new.get(c, (0, 0))), c)):
            families.setdefault(family(cause)[0], []).append(cause)
        lines.append(f"{section}: {figures(now.counts[section])}" + (f"; before: {figures(before.counts[section])}" if before else ""))
        columns = ("missed", "now", "diff", "invented", "now", "diff") if before else ("missed", "share", "invented", "share")
        lines.append(f"  {'':48}" + "".join(f"{column:>9}" for column in columns))
        for name, causes in sorted(families.items(), key=lambda x: (-sum(summed(new.get(c, (0, 0)) for c in x[1])), x[0])):
            if len(causes) > 1:
                lines += [line(name, causes), *(line(f"  {family(c)[1] or 'other'}", [c]) for c in causes)]
            else:
                lines.append(line(causes[0], causes))
        lines += [line("all", new.keys() | old.keys()), ""]
    return "\n".join(lines)


def figures(counts: Counts) -> str:
    """Precision, recall and F1, gold and predicted."""
    f = scorer.prf(*counts)
    return f"P {f['p']:.3f} R {f['r']:.3f} F1 {f['f1']:.3f}, gold {f['gold']}, predicted {f['pred']}"


def wanted(errors: Iterable[Error], cause: str) -> list[Error]:
    """The errors whose `section/side/cause` contains the words asked for."""
    return [e for e in errors if cause.casefold() in f"{e.section}/{e.side}/{e.cause}".casefold()]


def in_words(row: Row) -> str:
    """A claim's row on a line."""
    said = row["said"]
    names = [f"{k}={said[k]}" for k in ("d", "t", "m", "delta", "value", "sv", "ov", "cond", "bg") if said.get(k)]
    verdict = f" {said['v']} {said['o']}" if "v" in said else ""
    return f"[{row['where']}] {said['s']}{verdict}  {' | '.join(names)}" + (f"  ({said['confidence']})" if "confidence" in said else "")


def example(view: View, e: Error) -> str:
    """An error with its sentence and both sides' rows, for reading at the terminal."""
    lines = [f"{e.paper}  {e.section}/{e.side}/{e.cause}"]
    if e.where is not None:
        start, end = view.sentences[e.where]
        lines += [f"  {view.text[start:end]}"]
    if isinstance(e.item, dict):
        kind = e.section if e.section in CLAIMS else "comparisons"
        lines += [f"  this       {in_words(e.item)}"]
        sides = (("gold", view.asked), ("predicted", view.said), ("unsure", view.unsure))
        for side, found in sides:
            here = [r for r in found[kind] if r["where"] == e.where]
            lines += [f"  {side:10} {in_words(r)}" for r in here[:8]] + ([f"  {side:10} and {len(here) - 8} more"] if len(here) > 8 else [])
        return "\n".join(map(plain_line, lines))
    lines += [f"  this       {view.text[e.item[0] : e.item[1]]} ({e.item[2]})" if isinstance(e.item, tuple) else f"  this       {e.item}"]
    for side, record, data in (("gold", view.gold, view.data), ("predicted", view.pred, view.cut)):
        if e.where is not None:
            start, end = view.sentences[e.where]
            near = [f"{view.text[s:t]} ({type})" for s, t, type in sorted(record.spans) if start <= s < end]
        elif e.section in SUPPORTED:
            near = list(data.get(e.section, ()))
        else:
            near = [f"{n} ({record.types[n]}: {', '.join(sorted(forms))})" for n, forms in sorted(record.forms.items())]
        lines += [f"  {side:10} {', '.join(near)}"]
    return "\n".join(map(plain_line, lines))


def plain_line(line: str) -> str:
    """Other people's text without what commands a terminal, its indent kept."""
    return " " * (len(line) - len(line.lstrip(" "))) + plain(line)


def main(argv: Sequence[str] | None = None) -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("predicted", type=Path)
    ask.add_argument("--gold", default="fold0", help="foldK, train or dev (default: %(default)s)")
    ask.add_argument("--before", type=Path, help="other predictions of the same papers, to compare with")
    ask.add_argument("--min-confidence", type=float, default=0.4, help="claims below it count as not said (default: %(default)s)")
    ask.add_argument("--show", metavar="CAUSE", help="print errors whose section/side/cause contains these words, instead of the table")
    ask.add_argument("--limit", type=int, default=10, help="how many of them (default: %(default)s)")
    args = ask.parse_args(argv)
    if args.show and args.gold == "dev":
        ask.error("dev is for measuring: errors are read on folds of train (--gold foldK)")
    gold = records_of(args.gold)

    def analysis(path: Path) -> Analysis:
        said = predictions(path)
        warn(path, args.gold, said, gold)
        return analyse(gold, said, args.min_confidence)

    try:
        now, before = analysis(args.predicted), analysis(args.before) if args.before else None
    except (OSError, ValueError) as problem:
        sys.exit(f"{problem}")
    if not args.show:
        print(table(now, before))
        return
    found = wanted(now.errors, args.show)
    if not found:
        known = sorted({f"{e.section}/{e.side}/{e.cause}" for e in now.errors})
        sys.exit("\n".join([f"no error has {args.show!r} in its section/side/cause; there are:", *known]))
    print("\n\n".join(example(now.views[e.paper], e) for e in found[: args.limit]))
    print(f"\n{min(args.limit, len(found))} of {len(found)}", file=sys.stderr)


if __name__ == "__main__":
    main()
