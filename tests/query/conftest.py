"""A small graph with what makes questions hard: variants, spellings, one name for two things, background, missing years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from kg.query.source import GraphSource, Source
from kg.store import Store


def toy() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()

    def node(key: str, label: str, *aliases: str, **data: Any) -> None:
        graph.add_node(key, type=key.partition(":")[0], label=label, aliases=sorted({label, *aliases}), **data)

    def edge(source: str, target: str, relation: str, paper: str | None = None, **data: Any) -> None:
        said = {"paper": paper, "sentence": f"Evidence for {data.get('claim')}.", "confidence": 0.9} if paper else {}
        graph.add_edge(source, target, relation=relation, **{**said, **data})

    for id, year in (("windows", 2021), ("conv", 2022), ("edge", None), ("survey", 2023), ("silent", None)):
        node(f"Paper:{id}", f"The {id} paper", paper=id, title=f"The {id} paper", year=year, url=f"https://example.org/{id}")
    node("Model:swin", "Swin", "Swin Transformer", "Swin Transformers")
    node("Model:swin-t", "Swin-T", "Swin-Tiny")
    node("Model:swin-v2", "Swin V2")
    node("Model:swin-v2-t", "Swin V2-T")
    node("Model:convnext", "ConvNeXt", "ConvNeXts")
    node("Model:edgenext", "EdgeNeXt")
    node("Model:edgenext-s", "EdgeNeXt-S")
    node("Model:THIS@survey", "method of “The survey paper”")
    node("Model:spt", "SPT", "Solvation Pretrained Transformer")
    node("Model:spt-2", "SPT", "Spectral Transformer")
    node("Task:swin", "swin")
    node("Dataset:imagenet", "ImageNet", "ILSVRC")
    node("Dataset:imagenet-1k", "ImageNet-1K")
    node("Dataset:coco", "COCO")
    node("Metric:top1accuracy", "top-1 accuracy", "Top-1")
    node("Task:imageclassification", "image classification")
    node("Baseline:previous@edge", "previous methods (in “The edge paper”)", "previous methods")
    node("Baseline:previous@conv", "previous methods (in “The conv paper”)", "previous methods")

    for variant, family in (("swin-t", "swin"), ("swin-v2", "swin"), ("swin-v2-t", "swin-v2"), ("edgenext-s", "edgenext")):
        edge(f"Model:{variant}", f"Model:{family}", "VARIANT_OF")
    edge("Dataset:imagenet-1k", "Dataset:imagenet", "VARIANT_OF")
    for paper, model in (("windows", "swin"), ("conv", "convnext"), ("edge", "edgenext")):
        edge(f"Paper:{paper}", f"Model:{model}", "PROPOSES", paper)

    top1, in1k = {"metric": "top-1 accuracy"}, {"dataset": "ImageNet-1K"}
    beats = "OUTPERFORMS"
    edge("Model:convnext", "Model:swin", beats, "conv", claim="c1", dataset="COCO", confidence=0.95)
    edge("Model:convnext", "Model:swin-t", beats, "conv", claim="c2", **in1k, **top1, delta="0.8%", delta_value=0.8, delta_kind="unknown")
    edge(
        "Model:edgenext-s", "Model:swin-t", beats, "edge", claim="c3", **in1k, subject_value="79.4%", object_value="79.1%", confidence=0.85
    )
    edge("Model:THIS@survey", "Model:swin-v2-t", beats, "survey", claim="c4", confidence=0.6, task="image classification", delta="3%")
    edge("Model:convnext", "Model:swin", beats, "survey", claim="c5", background=True, confidence=0.99, delta="9%")
    edge("Model:swin-v2", "Model:swin", beats, "survey", claim="c6", condition="zero-shot", confidence=0.97)
    edge("Model:edgenext", "Baseline:previous@edge", beats, "edge", claim="c7")
    edge("Model:convnext", "Baseline:previous@conv", beats, "conv", claim="c8")
    edge("Model:spt", "Model:spt-2", "COMPARABLE_TO", "survey", claim="c9")
    return graph


@pytest.fixture(scope="session")
def graph() -> nx.MultiDiGraph:
    return toy()


@pytest.fixture(params=["store", "graph"])
def source(request: pytest.FixtureRequest) -> Iterator[Source]:
    """The same questions over a store and over a graph."""
    if request.param == "graph":
        yield GraphSource(toy())
    else:
        with Store(":memory:") as store:
            store.save_graph(toy())
            yield store
