"""Text -> wordpieces with their places and the shape of their letters, cut into windows that the encoder can take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

MAX_PIECES = 510
"""Wordpieces in one window: the encoder has 512 positions, two of which hold [CLS] and [SEP]."""

SHAPES: tuple[str, ...] = ("special", "lower", "Title", "UPPER", "miXed", "digit", "other")


def shape(piece: str) -> int:
    """What kind of letters a piece has, as an index into `SHAPES`: the vocabulary is uncased, names are not."""
    if piece.isdigit():
        return 5
    if piece.islower():
        return 1
    if piece.isupper():
        return 3
    if piece[:1].isupper() and piece[1:].islower():
        return 2
    return 4 if any(c.isalpha() for c in piece) else 6


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `first` to `last` (exclusive) of a text as the encoder takes them: `ids` and `shapes`, [CLS] and [SEP] included."""

    first: int
    last: int
    ids: Ints
    shapes: Ints


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's wordpieces. `spans` is (pieces, 2): code points; `inside` marks pieces that continue a word."""

    spans: Ints
    ids: Ints
    shapes: Ints
    inside: npt.NDArray[np.bool_]
    windows: tuple[Window, ...]

    def __len__(self) -> int:
        return len(self.ids)


def load_tokenizer(path: Path) -> Tokenizer:
    """The wordpiece vocabulary at `path` (a `tokenizer.json`), without truncation or padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, text: str, sentences: list[tuple[int, int]]) -> Pieces:
    """All wordpieces of `text` and the windows that hold them; a window ends with a sentence where one fits."""
    encoding: Any = tokenizer.encode(text, add_special_tokens=False)
    spans = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    ids = np.array(encoding.ids, dtype=np.int64)
    shapes = np.array([shape(text[s:e]) for s, e in spans], dtype=np.int64)
    inside = np.array([t.startswith("##") for t in encoding.tokens], dtype=bool)
    cls, sep = ([_special(tokenizer, name)] for name in ("[CLS]", "[SEP]"))
    windows = tuple(
        Window(a, b, np.concatenate((cls, ids[a:b], sep)), np.concatenate(([0], shapes[a:b], [0]))) for a, b in _cuts(spans, sentences)
    )
    return Pieces(spans, ids, shapes, inside, windows)


def _special(tokenizer: Tokenizer, name: str) -> int:
    found = tokenizer.token_to_id(name)
    if found is None:
        raise ValueError(f"the vocabulary has no {name}: it is no BERT vocabulary")
    return int(found)


def _cuts(spans: Ints, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Even windows: a text that is a little too long gives two halves rather than a whole and a crumb."""
    total = len(spans)
    if total <= MAX_PIECES:
        return [(0, total)]
    starts = np.searchsorted(spans[:, 0], [s for s, _ in sentences]).tolist()
    target = -(-total // -(-total // MAX_PIECES))
    cuts, at = [], 0
    while total - at > MAX_PIECES:
        fitting = [s for s in starts if at < s <= at + MAX_PIECES]
        end = min(fitting, key=lambda s: abs(s - at - target)) if fitting else at + MAX_PIECES
        cuts.append((at, end))
        at = end
    return [*cuts, (at, total)]
