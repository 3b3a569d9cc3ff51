"""A small graph with everything that a page can tell of, in sentences of our own."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.graph.edges import add_claim_edge, add_variant_edge

SWIN, TINY, SKI, OWL, YAK = "Model:Swin Transformer", "Model:Swin-T", "Model:SkiNet", "Model:OwlFormer", "Model:YakMLP"
IMAGENET, COCO, ACCURACY, CLASSIFICATION = "Dataset:ImageNet-1K", "Dataset:COCO", "Metric:top-1 accuracy", "Task:image classification"
EARLIER = "Baseline:earlier methods@ski"
SKI_SENTENCE = "On ImageNet-1K, SkiNet is ahead of Swin by 1.5% in top-1 accuracy."


class Claims:
    """Adds claims to a graph, each with an id of its own."""

    def __init__(self) -> None:
        self.graph = nx.MultiDiGraph()

    def node(self, key: str, *aliases: str, **known: Any) -> str:
        kind, _, name = key.partition(":")
        self.graph.add_node(key, type=kind, label=known.pop("label", name), aliases=[*aliases, name], **known)
        return key

    def paper(self, paper: str, title: str, **known: Any) -> str:
        key = f"Paper:{paper}"
        self.graph.add_node(key, type="Paper", label=title, aliases=[], paper=paper, title=title, **known)
        return key

    def say(self, source: str, relation: str, target: str, paper: str, sentence: str, **optional: Any) -> None:
        claim = f"c{self.graph.number_of_edges():04}"
        add_claim_edge(
            self.graph, source, target, relation=relation, claim=claim, paper=paper, sentence=sentence, confidence=0.9, **optional
        )


def small() -> nx.MultiDiGraph:
    claims = Claims()
    claims.node(SWIN, "Swin", "Swin Transformers")
    for key in (TINY, SKI, OWL, YAK, IMAGENET, COCO, ACCURACY, CLASSIFICATION):
        claims.node(key)
    claims.node(EARLIER, label="earlier methods (in “SkiNet…”)")
    claims.paper("ski", "SkiNet: Downhill Networks", url="https://example.org/ski", year=2023)
    claims.paper("owl", "Owls See Further", year=2022)
    add_variant_edge(claims.graph, TINY, SWIN)
    on = {"dataset": "ImageNet-1K", "metric": "top-1 accuracy"}
    claims.say(SKI, "OUTPERFORMS", SWIN, "ski", SKI_SENTENCE, delta="1.5%", **on)
    claims.say(SKI, "OUTPERFORMS", EARLIER, "ski", "SkiNet beats earlier methods.")
    claims.say(
        OWL, "OUTPERFORMS", TINY, "owl", "OwlFormer reaches 82.0% where Swin-T has 81.3%.", subject_value="82.0%", object_value="81.3%"
    )
    claims.say(SWIN, "OUTPERFORMS", YAK, "owl", "As is known, Swin Transformers leave YakMLP behind.", background=True)
    claims.say(OWL, "COMPARABLE_TO", SKI, "owl", "OwlFormer is on par with SkiNet.")
    claims.say(SWIN, "ACHIEVES", COCO, "owl", "Swin has 58.7 box AP on COCO.", subject_value="58.7", dataset="COCO")
    claims.say(SWIN, "SOTA_ON", CLASSIFICATION, "ski", "Swin held the record in image classification.", task="image classification")
    claims.say("Paper:ski", "PROPOSES", SKI, "ski", "We propose SkiNet.")
    claims.say("Paper:ski", "ADDRESSES", CLASSIFICATION, "ski", "We study image classification.")
    claims.say("Paper:ski", "EVALUATED_ON", IMAGENET, "ski", SKI_SENTENCE)
    claims.say(SKI, "BUILDS_ON", SWIN, "ski", "SkiNet starts from Swin.")
    return claims.graph
