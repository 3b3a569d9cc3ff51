"""Trains the network on gold train; `python -m pipelines.train --help`.

Checkpoints after every epoch and resumes from the last one. `--hold-out K` leaves fold K of ten out (decisions are made
there); `--hold-out -1` trains on everything, for shipping.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.nlp.decode import spans_of
from kg.nlp.labels import ENTITY_LABELS, NODE_LABELS, NODE_TYPES, TAGS
from kg.nlp.nodes import Span
from kg.nlp.wordpiece import load_tokenizer
from pipelines import batch
from pipelines.examples import Example, examples, overlap
from pipelines.network import Network
from pipelines.paths import WORK, encoder_folder, fold_of, gold

ENTITY_COLUMNS = [NODE_LABELS.index(x) for x in ENTITY_LABELS]
FIGURE_COLUMNS = [k for k, x in enumerate(NODE_LABELS) if x not in ENTITY_LABELS]


def invented(examples_: list[Example], tags: Tensor, starts: list[int]) -> list[set[Span]]:
    """Spans that the tagger finds where the gold has none: the scorer must learn to leave them alone."""
    found = []
    for e, start in zip(examples_, starts, strict=False):
        scores = tags[start : start + len(e.pieces)].float().log_softmax(-1).numpy()
        spans = spans_of(scores, e.pieces, e.text, TAGS)
        found.append({s for s in spans if not any(overlap(s, g) for g in e.spans)})
    return found


def losses(net: Network, docs: list[Example], *, noise: bool) -> Tensor:
    """The joint loss of a batch: tags, conditions, pairs, nodes."""
    t = batch.text(docs)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, tags, conditions = net.reader(t.ids, t.shapes, t.mask)
    hidden, tags, conditions = (x.float().flatten(0, 1)[t.take] for x in (hidden, tags, conditions))
    gold_tags = torch.cat([torch.from_numpy(e.tags) for e in docs])
    gold_conditions = torch.cat([torch.from_numpy(e.conditions) for e in docs])
    loss = functional.cross_entropy(tags, gold_tags) * 4 + functional.cross_entropy(conditions, gold_conditions)

    extra = invented(docs, tags.detach(), t.starts) if noise else [set[Span]() for _ in docs]
    g = batch.graph(docs, t.starts, extra)
    rel = net.relations
    x = rel.represent(hidden, g.first, g.last, g.types, g.sentences)
    widest = max(g.counts)
    where = torch.cat([torch.arange(n) + k * widest for k, n in enumerate(g.counts)])
    padded = x.new_zeros(len(docs) * widest, x.shape[-1]).index_copy(0, where, x).view(len(docs), widest, -1)
    bias = x.new_full((len(docs) * widest,), -1e4).index_fill(0, where, 0.0).view(len(docs), 1, 1, widest)
    place = torch.zeros(len(docs) * widest, dtype=torch.long).index_copy(0, where, g.sentences).view(len(docs), widest)
    hops = (place[:, :, None] - place[:, None, :]).clamp(-3, 3) + 3
    x = rel.mix(padded, bias, hops).flatten(0, 1)[where]

    scores = rel.score(x, g.pairs, g.distances)
    per_pair = functional.binary_cross_entropy_with_logits(scores, g.pair_labels, reduction="sum")
    loss = loss + per_pair / (g.pair_labels.sum() + 20)

    node = rel.node(x)
    if len(g.entity_labels):
        # An entity has a label when one of its mentions shows it.
        pooled = node.new_full((len(g.entity_labels), node.shape[1]), -1e4)
        pooled = pooled.scatter_reduce(0, g.entity_of[:, None].expand(-1, node.shape[1]), node[g.entity_nodes], "amax", include_self=True)
        loss = loss + functional.binary_cross_entropy_with_logits(pooled[:, ENTITY_COLUMNS], g.entity_labels[:, ENTITY_COLUMNS]) * 3
    figures = g.types == NODE_TYPES.index("Quantity")
    if figures.any():
        loss = loss + functional.binary_cross_entropy_with_logits(
            node[figures][:, FIGURE_COLUMNS], g.node_labels[figures][:, FIGURE_COLUMNS]
        )
    return loss


def train(out: Path, hold_out: int, epochs: int, rate: float, pieces: int, seed: int) -> Network:
    """Trains, writing `out` after every epoch; returns the moving average of the weights, which is what is exported."""
    torch.manual_seed(seed)
    # Adam's moments of words that no abstract uses decay into denormal numbers, which make a step ten times slower.
    torch.set_flush_denormal(True)
    folder = encoder_folder()
    tokenizer = load_tokenizer(folder / "tokenizer.json")
    data = [e for e in examples(gold("train"), tokenizer) if fold_of(e.id) != hold_out]
    net = Network.from_folder(folder)
    encoder = [p for n, p in net.named_parameters() if n.startswith("reader.encoder")]
    heads = [p for n, p in net.named_parameters() if not n.startswith("reader.encoder")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    steps = epochs * len(list(batch.batches(data, pieces, random.Random(0))))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [rate, 1e-3], total_steps=steps + epochs * 4, pct_start=0.1, anneal_strategy="linear", cycle_momentum=False
    )
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    done = 0
    if out.exists():
        state = torch.load(out, weights_only=True)
        net.load_state_dict(state["raw"])
        average.module.load_state_dict(state["net"])
        average.n_averaged.fill_(1)
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        done = state["epoch"]
        print(f"resumed after epoch {done}", flush=True)
    for epoch in range(done, epochs):
        rng = random.Random(seed * 1000 + epoch)
        torch.manual_seed(seed * 1000 + epoch)
        net.train()
        began, seen, sums = time.time(), 0, 0.0
        for docs in batch.batches(data, pieces, rng):
            loss = losses(net, docs, noise=epoch >= 2)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            average.update_parameters(net)
            if schedule.last_epoch < schedule.total_steps - 1:
                schedule.step()
            seen, sums = seen + 1, sums + loss.item()
            if seen % 20 == 0:
                print(f"epoch {epoch} step {seen} loss {sums / seen:.3f} {time.time() - began:.0f} s", flush=True)
        print(f"epoch {epoch} loss {sums / seen:.3f} {time.time() - began:.0f} s", flush=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        state = {"net": average.module.state_dict(), "raw": net.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "schedule": schedule.state_dict(), "epoch": epoch + 1}, part)
        part.replace(out)
    return average.module


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path)
    ask.add_argument("--hold-out", type=int, default=-1)
    ask.add_argument("--epochs", type=int, default=12)
    ask.add_argument("--rate", type=float, default=2e-4)
    ask.add_argument("--pieces", type=int, default=2560, help="wordpieces in a batch")
    ask.add_argument("--seed", type=int, default=1)
    args = ask.parse_args()
    name = "all" if args.hold_out < 0 else f"fold{args.hold_out}"
    train(args.out or WORK / f"{name}.pt", args.hold_out, args.epochs, args.rate, args.pieces, args.seed)


if __name__ == "__main__":
    main()
