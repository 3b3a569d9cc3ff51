"""Every row of the tables that rules are read from does what its example says."""

from __future__ import annotations

import pytest

from kg.resolve import tables
from kg.resolve.amounts import amount
from kg.resolve.cues import cue
from kg.resolve.metrics import direction, unit
from kg.resolve.names import clean, normal, split_suffix


@pytest.mark.parametrize("row", tables.table("metrics.tsv"), ids=lambda row: row["example"])
def test_metrics(row: dict[str, str]) -> None:
    assert (direction(row["example"]) or "", unit(row["example"]) or "") == (row["direction"], row["unit"])


@pytest.mark.parametrize("row", tables.table("suffixes.tsv"), ids=lambda row: row["example"])
def test_suffixes(row: dict[str, str]) -> None:
    found = split_suffix(clean(row["example"]), row["types"])
    assert found is not None
    assert (found[0], found[1]) == (row["family"], row["kind"])
    assert normal(row["example"], row["types"]) != normal(row["family"], row["types"])


@pytest.mark.parametrize("row", tables.table("cues.tsv"), ids=lambda row: row["example"])
def test_cues(row: dict[str, str]) -> None:
    figure = next(word for word in row["example"].split() if word[0].isdigit())
    assert cue(figure, row["example"]) == row["says"]


@pytest.mark.parametrize("row", [r for r in tables.table("units.tsv") if r["kind"] == "unit"], ids=lambda row: row["means"])
def test_units(row: dict[str, str]) -> None:
    for written in row["written"].split("|"):
        assert amount(f"2.5 {written}").unit == row["means"]
        assert amount(f"2.5 {written}").value == 2.5


@pytest.mark.parametrize(
    ("metric", "way"),
    [
        ("accuracy", "higher"),
        ("error rate", "lower"),
        ("top-1 error", "lower"),
        ("mAP", "higher"),
        ("inference time", "lower"),
        ("inference speed", "higher"),
        ("memory reduction", "higher"),
        ("memory", "lower"),
        ("FLOPs", "lower"),
        ("perplexity", "lower"),
        ("FID", "lower"),
        ("PSNR", "higher"),
        ("word error rate", "lower"),
        ("frames per second", "higher"),
        ("macro accuracy", "higher"),
        ("computational efficiency", "higher"),
        ("computational cost", "lower"),
        ("accuracy drop", "lower"),
        ("negative log-likelihood", "lower"),
        ("log-likelihood", "higher"),
        ("Macro F1", "higher"),
        ("BLEU-4", "higher"),
        ("attack success rate", None),
        ("success rate", "higher"),
        ("speed/accuracy trade-off", None),
        ("charm", None),
        ("", None),
    ],
)
def test_directions(metric: str, way: str | None) -> None:
    assert direction(metric) == way
