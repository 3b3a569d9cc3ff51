"""The shipped network in ONNX Runtime: `Reader` encodes and tags a text, `Relations` scores its nodes and their pairs.

A text is always run by itself, never in a batch: the scales of the quantised encoder span what is computed together, and
a document's record must not depend on its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.nlp.decode import Floats
from kg.nlp.labels import CONDITION_TAGS, NODE_LABELS, PAIR_LABELS, TAGS
from kg.nlp.nodes import Nodes
from kg.nlp.wordpiece import Pieces, encode, load_tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILES: tuple[str, ...] = ("reader.onnx", "relations.onnx", "tokenizer.json")
"""What a folder with a network holds."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text's wordpieces with `hidden` (pieces, size), `tags` (pieces, TAGS) and `conditions` (pieces, CONDITION_TAGS)."""

    pieces: Pieces
    hidden: Floats
    tags: Floats
    conditions: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities: `node` (nodes, NODE_LABELS), `pair` (pairs, PAIR_LABELS)."""

    node: Floats
    pair: Floats


class Network:
    """The network in `folder`; files are read at first use. Raises FileNotFoundError that names a missing one."""

    def __init__(self, folder: Path) -> None:
        for name in FILES:
            if not (folder / name).is_file():
                raise FileNotFoundError(f"no {name} in {folder}: a network folder holds {', '.join(FILES)}")
        self.folder = folder

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.folder / "tokenizer.json")

    @cached_property
    def _reader(self) -> InferenceSession:
        return _session(self.folder / "reader.onnx")

    @cached_property
    def _relations(self) -> InferenceSession:
        return _session(self.folder / "relations.onnx")

    def read(self, text: str, sentences: list[tuple[int, int]]) -> Encoded:
        """Encodes and tags `text`, window by window."""
        pieces = encode(self.tokenizer, text, sentences)
        parts = [self._reader.run(None, {"ids": w.ids[None], "shapes": w.shapes[None]}) for w in pieces.windows if len(w.ids) > 2]
        if not parts:
            return Encoded(pieces, np.zeros((0, 1)), np.zeros((0, len(TAGS))), np.zeros((0, len(CONDITION_TAGS))))
        hidden, tags, conditions = (np.concatenate([p[k] for p in parts]) for k in range(3))
        return Encoded(pieces, hidden, tags, conditions)

    def relate(self, encoded: Encoded, nodes: Nodes) -> Scores:
        """Scores the nodes of an encoded text."""
        if not len(nodes.pairs) or not len(encoded.hidden):
            return Scores(np.zeros((len(nodes.spans), len(NODE_LABELS))), np.zeros((0, len(PAIR_LABELS))))
        feed: dict[str, Any] = {"hidden": encoded.hidden}
        feed.update({k: getattr(nodes, k) for k in ("first", "last", "types", "sentences", "pairs", "distances")})
        node, pair = self._relations.run(None, feed)
        return Scores(_sigmoid(node), _sigmoid(pair))


def shipped() -> Path:
    """The folder of the network that the package carries."""
    return Path(__file__).resolve().parent.parent / "data" / "model"


def log_softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True) if scores.size else scores
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)) if scores.size else scores


def _sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(x, -60, 60)))


def _session(path: Path) -> InferenceSession:
    """One thread a session: documents are what runs side by side, and one thread always adds in the same order."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
