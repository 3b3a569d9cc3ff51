"""Speed of the extraction against what it cannot be faster than, and against a larger encoder; `python -m pipelines.speed`.

One run, the same abstracts, the same number of threads, measured by turns so that whatever else the machine does falls on all alike:

- whole extraction: text in, records out
- bare encoder: `reader.onnx` (the encoder with its taggers) on wordpieces prepared beforehand, in the extraction's own threading:
  one session, one thread an abstract, so many abstracts side by side
- DeBERTa-v3-small-sized encoder: random weights, PyTorch fp32, all threads on one batch, prepared likewise; in whichever of
  `BATCHES` is fastest, on a part of the abstracts with the same spread of lengths, each as long as in our wordpieces

Then where one thread's time goes, stage by stage, and the peak memory of a process that only extracts.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import kg.nlp
from kg.paper import Paper
from pipelines.benchmark import processor
from pipelines.paths import SHARED

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.language import Language

    from kg.record import Record

T = TypeVar("T")
Feed = dict[str, Any]
"""One window as `reader.onnx` takes it."""

BATCHES = (1, 4, 8)
WARM = 16
"""So many abstracts behind the measured ones are read before a measurement, so that no loading of files falls into it."""

STAGES: dict[str, str] = {
    # stage, what the table calls it
    "make_doc": "tokenizer",
    "kg_sentences": "sentences",
    "wordpieces": "wordpieces",
    "encoder": "encoder (forward pass)",
    "kg_mentions": "tag decoding, figures",
    "kg_abbreviations": "abbreviations",
    "kg_entities": "entities",
    "relate": "relations (network)",
    "kg_claims": "nodes, reading off",
    "record": "record",
}
"""In the order in which a text goes through them."""


def first_abstracts(count: int) -> list[Paper]:
    """The first abstracts of the corpus. Raises FileNotFoundError that says where it is looked for."""
    path = SHARED / "corpus" / "abstracts.jsonl.gz"
    if not path.is_file():
        raise FileNotFoundError(f"no {path}: set KG_SHARED to the folder that holds corpus/abstracts.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [Paper.from_dict(json.loads(line)) for line in islice(lines, count)]


def evenly(items: Sequence[T], count: int) -> list[T]:
    """So many of the items, from the middles of as many equal parts: of sorted ones a sample that is spread as they are."""
    count = min(count, len(items))
    return [items[int((k + 0.5) * len(items) / count)] for k in range(count)]


def batches_of(lengths: Iterable[int], size: int) -> list[list[int]]:
    """The lengths in batches of at most `size`, sorted, so that little is padded."""
    ordered = sorted(lengths)
    return [ordered[k : k + size] for k in range(0, len(ordered), size)]


def bare_encoder(folder: Path) -> InferenceSession:
    """`reader.onnx` with the options that the extraction runs it with (`kg.nlp.runtime`)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])


def feeds_of(nlp: Language, papers: Iterable[Paper], session: InferenceSession) -> list[list[Feed]]:
    """The windows of every paper as the extraction cuts them, ready to be run."""
    from kg.nlp.components import sentences_of
    from kg.nlp.wordpiece import encode

    names = [x.name for x in session.get_inputs()]
    tokenizer = nlp.get_pipe("kg_mentions").network.tokenizer
    with nlp.select_pipes(enable=["kg_sentences"]):
        docs = list(nlp.pipe(p.text for p in papers))
    windows = [[w for w in encode(tokenizer, d.text, sentences_of(d)).windows if len(w.ids) > 2] for d in docs]
    return [[{n: getattr(w, n)[None] for n in names} for w in of_one] for of_one in windows]


def forward(session: InferenceSession, feeds: Iterable[Feed]) -> list[Any]:
    """The encoder's outputs for the windows of one paper."""
    return [session.run(None, feed) for feed in feeds]


def larger_encoder(lengths: Sequence[int], threads: int) -> Callable[[int], Callable[[], None]]:
    """For a batch size, what runs a DeBERTa-v3-small-sized encoder once over windows of these lengths.

    Sizes: microsoft/deberta-v3-small's config.json. The weights are random: they cost the same.
    """
    import torch
    from transformers import DebertaV2Config, DebertaV2Model

    torch.manual_seed(0)
    torch.set_num_threads(threads)
    config = DebertaV2Config(
        vocab_size=128100,
        hidden_size=768,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=3072,
        max_position_embeddings=512,
        type_vocab_size=0,
        position_biased_input=False,
        relative_attention=True,
        position_buckets=256,
        max_relative_positions=-1,
        pos_att_type=["p2c", "c2p"],
        share_att_key=True,
        norm_rel_ebd="layer_norm",
        layer_norm_eps=1e-7,
    )
    model = DebertaV2Model(config).float().eval()

    def of_size(size: int) -> Callable[[], None]:
        prepared = []
        for batch in batches_of(lengths, size):
            mask = torch.tensor([[int(k < n) for k in range(batch[-1])] for n in batch])
            prepared.append((torch.randint(1000, config.vocab_size, mask.shape) * mask, mask))

        def once() -> None:
            with torch.inference_mode():
                for ids, mask in prepared:
                    model(input_ids=ids, attention_mask=mask)

        return once

    return of_size


class Stopwatch:
    """Seconds by stage; what a stage within another takes is not the outer one's."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._stage = ""
        self._since = time.perf_counter()

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        outer = self._stage
        self._switch(stage)
        try:
            yield
        finally:
            self._switch(outer)

    def _switch(self, stage: str) -> None:
        now = time.perf_counter()
        self.spent[self._stage] += now - self._since
        self._stage, self._since = stage, now


class _Watched:
    """A `kg.nlp.runtime.Network` that tells a stopwatch what it does."""

    def __init__(self, network: Any, clock: Stopwatch) -> None:
        self._network, self._clock = network, clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)

    def read(self, text: str, sentences: list[tuple[int, int]]) -> Any:
        from kg.nlp.wordpiece import encode

        with self._clock("wordpieces"):  # once more, by themselves: `read` makes them too
            encode(self._network.tokenizer, text, sentences)
        with self._clock("read"):
            return self._network.read(text, sentences)

    def relate(self, *args: Any) -> Any:
        with self._clock("relate"):
            return self._network.relate(*args)


def profile(papers: Sequence[Paper], nlp: Language) -> tuple[dict[str, float], list[Record]]:
    """Milliseconds a paper by stage (`STAGES`, then components it does not know) in one thread, and the records. Marks `nlp`'s networks."""
    from kg.nlp.pipeline import record

    clock = Stopwatch()
    for _, pipe in nlp.pipeline:
        if hasattr(pipe, "network"):
            pipe.network = _Watched(pipe.network, clock)
    least = nlp.get_pipe("kg_claims").decoding.min_confidence
    records = []
    for paper in papers:
        with clock("make_doc"):
            doc = nlp.make_doc(paper.text)
        for name, pipe in nlp.pipeline:
            with clock(name):
                doc = pipe(doc)
        with clock("record"):
            records.append(record(paper, doc, least))
    spent = clock.spent
    spent["encoder"] = spent.pop("read") - spent["wordpieces"]
    others = [name for name, _ in nlp.pipeline if name not in STAGES]
    return {stage: 1000 * spent[stage] / len(papers) for stage in (*STAGES, *others)}, records


def seconds(work: Callable[[], object]) -> float:
    """Wall clock of one run."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def drained(items: Iterable[object]) -> None:
    """Takes all items and keeps none."""
    deque(items, maxlen=0)


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median, least and most."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def peak_memory(count: int, threads: int) -> float:
    """MB at most of a process that only extracts."""
    command = [sys.executable, "-m", "pipelines.speed", "--only-extract", "--abstracts", str(count), "--threads", str(threads)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def fresh(warm: Sequence[Paper], threads: int) -> Language:
    """A pipeline that has read its files and `warm` alone: one that knows the measured words already would not look them up again."""
    nlp = kg.nlp.load(threads=threads)
    drained(kg.nlp.extract(warm, nlp=nlp))
    return nlp


def only_extract(count: int, threads: int) -> None:
    """Extracts once and prints the peak memory of this process in MB."""
    drained(kg.nlp.extract(first_abstracts(count), nlp=kg.nlp.load(threads=threads)))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


def compare(papers: Sequence[Paper], warm: Sequence[Paper], threads: int, rounds: int, larger: int) -> dict[str, list[float]]:
    """Abstracts a second, round by round, of `extraction`, `encoder` and, unless `larger` abstracts for it are none, `larger`."""
    nlp = fresh(warm, threads)
    session = bare_encoder(nlp.get_pipe("kg_mentions").network.folder)
    feeds = feeds_of(nlp, papers, session)

    def pieces(of_one: list[Feed]) -> int:
        return sum(feed["ids"].shape[1] for feed in of_one)

    mean = statistics.mean(map(pieces, feeds))
    print(f"{len(papers)} abstracts of {mean:.0f} wordpieces on average, {threads} threads; {rounds} rounds, median (least to most)")
    sample = evenly(sorted(feeds, key=pieces), larger)
    once: Callable[[], object] | None = None
    if sample:
        of_size = larger_encoder([feed["ids"].shape[1] for of_one in sample for feed in of_one], threads)
        tried = {size: len(sample) / seconds(of_size(size)) for size in BATCHES}
        fastest = max(tried, key=lambda size: tried[size])
        told = ", ".join(f"{size}: {rate:.2f} a second" for size, rate in tried.items())
        print(f"larger encoder: {len(sample)} abstracts of {statistics.mean(map(pieces, sample)):.0f}, batches of {fastest} (tried {told})")
        once = of_size(fastest)
    drained(forward(session, of_one) for of_one in feeds[:WARM])
    gc.collect()
    gc.freeze()  # PyTorch's objects, which a user's process does not hold, would be walked through again and again
    rates: dict[str, list[float]] = defaultdict(list)
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(rounds):
            nlp = fresh(warm, threads)
            rates["extraction"].append(len(papers) / seconds(lambda nlp=nlp: drained(kg.nlp.extract(papers, nlp=nlp))))
            rates["encoder"].append(len(papers) / seconds(lambda: drained(pool.map(lambda of_one: forward(session, of_one), feeds))))
            if once:
                rates["larger"].append(len(sample) / seconds(once))
    return rates


def report(rates: dict[str, list[float]], threads: int, stages: dict[str, float], memory: float) -> None:
    """Prints what was measured beside its bar."""
    ours, encoder, larger = (rates.get(name, []) for name in ("extraction", "encoder", "larger"))
    print(f"(a) whole extraction             {spread(ours):>22} abstracts a second")
    print(f"(b) bare encoder, ONNX Runtime   {spread(encoder):>22} abstracts a second")
    print(f"    a/b                          {spread([x / y for x, y in zip(ours, encoder, strict=True)], 2):>22}   bar: at least 0.7")
    if larger:
        print(f"(c) larger encoder, PyTorch fp32 {spread(larger, 2):>22} abstracts a second")
        print(
            f"    a/c                          {spread([x / y for x, y in zip(ours, larger, strict=True)]):>22}   bar: at least 5 (goal 10)"
        )
    else:
        print("(c) larger encoder: NOT MEASURED")
    beside = [1000 / x - 1000 / y for x, y in zip(ours, encoder, strict=True)]
    print(f"(d) all but the forward pass     {spread(beside):>22} ms an abstract, wall clock, {threads} threads; in one thread:")
    total = sum(stages.values())
    for stage, ms in stages.items():
        print(f"      {STAGES.get(stage, stage):<26} {ms:7.2f} ms {100 * ms / total:5.1f} %")
    print(f"      {'together':<26} {total:7.2f} ms, without the forward pass {total - stages['encoder']:.2f} ms")
    print(f"(e) peak memory, extracting only {memory:>22.0f} MB   bar: below 1000")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--abstracts", type=int, default=400, help="the first so many of the corpus (400)")
    ask.add_argument("--threads", type=int, default=2, help="abstracts side by side, and PyTorch's threads (2)")
    ask.add_argument("--rounds", type=int, default=3, help="how often each is measured, by turns (3)")
    ask.add_argument("--larger", type=int, default=48, help="abstracts for the DeBERTa-sized encoder (48), 0 to leave it out")
    ask.add_argument("--only-extract", action="store_true", help="extract once and print the peak memory in MB")
    args = ask.parse_args()
    if min(args.abstracts, args.threads, args.rounds) < 1 or args.larger < 0:
        ask.error("--abstracts, --threads and --rounds are at least 1, --larger at least 0")
    if args.only_extract:
        only_extract(args.abstracts, args.threads)
        return
    load = os.getloadavg()[0]
    versions = ", ".join(f"{name} {version(name)}" for name in ("onnxruntime", "spacy", "tokenizers", "numpy"))
    print(f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}")
    if load > 0.3:
        print(f"NOT IDLE: load average {load:.1f} before the start; ratios may hold, rates do not")
    # Before anything large is loaded: Linux counts what the parent holds at the fork as the child's.
    memory = peak_memory(args.abstracts, args.threads)
    papers = first_abstracts(args.abstracts + WARM)
    papers, warm = papers[: args.abstracts], papers[args.abstracts :] or papers[:WARM]
    if args.larger:
        try:
            print(f"larger encoder: torch {version('torch')}, transformers {version('transformers')}")
        except ImportError:
            print("LARGER ENCODER LEFT OUT: it needs torch and transformers, pip install 'whatbeats[train]'")
            args.larger = 0
    rates = compare(papers, warm, args.threads, args.rounds, args.larger)
    stages, _ = profile(papers, fresh(warm, 1))
    report(rates, args.threads, stages, memory)


if __name__ == "__main__":
    main()
