"""The network: one encoding of the abstract, two taggers over its wordpieces, one scorer over nodes and pairs of nodes.

Trained here with PyTorch, run at the user's as two ONNX graphs (`Reader`, `Relations`). The encoder is a BERT of six
layers and 384 dimensions that starts from all-MiniLM-L6-v2; an embedding of letter shapes is added to its input, since
its vocabulary is uncased and names are not.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from kg.nlp.labels import CONDITION_TAGS, NODE_LABELS, NODE_TYPES, PAIR_LABELS, REACH, TAGS
from kg.nlp.nodes import DISTANCE
from kg.nlp.wordpiece import SHAPES

NODE_SIZE = 256
PAIR_SIZE = 192
SENTENCES = 24
"""Sentences told apart by their place; later ones count as the last."""


class Reader(nn.Module):
    """Wordpieces -> hidden states and tag scores."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.shapes = nn.Embedding(len(SHAPES), size)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(size, len(TAGS))
        self.conditions = nn.Linear(size, len(CONDITION_TAGS))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(windows, pieces) ids, shapes and mask -> hidden (…, hidden), tags (…, TAGS), conditions (…, CONDITION_TAGS)."""
        embeds = self.encoder.embeddings.word_embeddings(ids) + self.shapes(shapes)
        hidden = self.encoder(inputs_embeds=embeds, attention_mask=mask).last_hidden_state
        seen = self.dropout(hidden)
        return hidden, self.tags(seen), self.conditions(seen)


class NodeLayer(nn.Module):
    """One pre-norm transformer layer over the nodes of a document, so that coordinated nodes see each other."""

    def __init__(self, size: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.between = nn.LayerNorm(size), nn.LayerNorm(size)
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.feed = nn.Sequential(nn.Linear(size, 2 * size), nn.GELU(), nn.Linear(2 * size, size))
        self.hops = nn.Embedding(2 * 3 + 1, heads)
        self.dropout = nn.Dropout(0.1)
        nn.init.zeros_(self.hops.weight)

    def forward(self, x: Tensor, bias: Tensor, hops: Tensor) -> Tensor:
        """x (docs, nodes, size), bias (docs, 1, nodes, nodes) with -inf at padding, hops (docs, nodes, nodes) in 0..6."""
        docs, nodes, size = x.shape
        q, k, v = self.qkv(self.before(x)).reshape(docs, nodes, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / (size // self.heads) ** 0.5 + bias + self.hops(hops).permute(0, 3, 1, 2)
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(docs, nodes, size)
        x = x + self.dropout(self.out(mixed))
        return x + self.dropout(self.feed(self.between(x)))


class Relations(nn.Module):
    """Hidden states and nodes -> scores of nodes and of pairs of nodes."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.types = nn.Embedding(len(NODE_TYPES), 48)
        self.places = nn.Embedding(SENTENCES, 48)
        self.enter = nn.Sequential(
            nn.Linear(3 * hidden + 96, 2 * NODE_SIZE), nn.GELU(), nn.Dropout(0.2), nn.Linear(2 * NODE_SIZE, NODE_SIZE)
        )
        self.layers = nn.ModuleList(NodeLayer(NODE_SIZE, 4) for _ in range(2))
        self.norm = nn.LayerNorm(NODE_SIZE)
        self.head, self.tail = nn.Linear(NODE_SIZE, PAIR_SIZE), nn.Linear(NODE_SIZE, PAIR_SIZE)
        self.left, self.right = nn.Linear(NODE_SIZE, PAIR_SIZE), nn.Linear(NODE_SIZE, PAIR_SIZE)
        self.distance = nn.Embedding((2 * REACH + 1) * (2 * DISTANCE + 1), PAIR_SIZE)
        self.pair = nn.Sequential(
            nn.GELU(), nn.Dropout(0.2), nn.Linear(PAIR_SIZE, PAIR_SIZE), nn.GELU(), nn.Linear(PAIR_SIZE, len(PAIR_LABELS))
        )
        self.node = nn.Sequential(nn.Dropout(0.2), nn.Linear(NODE_SIZE, NODE_SIZE), nn.GELU(), nn.Linear(NODE_SIZE, len(NODE_LABELS)))
        nn.init.constant_(self.pair[-1].bias, -4.0)
        nn.init.constant_(self.node[-1].bias, -2.0)
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(
        self, hidden: Tensor, first: Tensor, last: Tensor, types: Tensor, sentences: Tensor, pairs: Tensor, distances: Tensor
    ) -> tuple[Tensor, Tensor]:
        """One document: hidden (pieces, hidden), nodes' arrays (nodes), pairs (pairs, 2) -> (nodes, NODE_LABELS), (pairs, PAIR_LABELS)."""
        x = self.represent(hidden, first, last, types, sentences)
        hops = (sentences[None, :, None] - sentences[None, None, :]).clamp(-3, 3) + 3
        x = self.mix(x[None], torch.zeros(1, 1, 1, 1, dtype=x.dtype), hops)[0]
        return self.node(x), self.score(x, pairs, distances)

    def represent(self, hidden: Tensor, first: Tensor, last: Tensor, types: Tensor, sentences: Tensor) -> Tensor:
        """(nodes, NODE_SIZE): first piece, last piece, mean of the pieces, type and place."""
        sums = torch.cat([torch.zeros_like(hidden[:1]), hidden.cumsum(0)])
        mean = (sums[last + 1] - sums[first]) / (last - first + 1).unsqueeze(-1).to(hidden.dtype)
        parts = [hidden[first], hidden[last], mean, self.types(types), self.places(sentences.clamp(0, SENTENCES - 1))]
        return self.enter(torch.cat(parts, -1))

    def mix(self, x: Tensor, bias: Tensor, hops: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x, bias, hops)
        return self.norm(x)

    def score(self, x: Tensor, pairs: Tensor, distances: Tensor) -> Tensor:
        head, tail, left, right = self.head(x), self.tail(x), self.left(x), self.right(x)
        i, j = pairs[:, 0], pairs[:, 1]
        return self.pair(head[i] + tail[j] + left[i] * right[j] + self.distance(distances))


class Network(nn.Module):
    """Both halves, as they are trained: together."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.reader = Reader(encoder)
        self.relations = Relations(encoder.config.hidden_size)

    @classmethod
    def from_folder(cls, folder: Path) -> Network:
        """With the encoder's weights from `folder` (transformers' layout)."""
        # Attention without dropout takes the fused kernel: an epoch costs a fifth.
        options = {"add_pooling_layer": False, "attn_implementation": "sdpa", "attention_probs_dropout_prob": 0.0}
        return cls(BertModel.from_pretrained(str(folder), **options))
