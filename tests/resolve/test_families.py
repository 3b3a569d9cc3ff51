"""Variants belong to their family; names that only share a word do not."""

from __future__ import annotations

import pytest
from made import record

from kg.resolve import resolve
from kg.resolve.families import bases

VARIANTS = {
    "Model": (
        "Swin-T > Swin, ViT-B/16 > ViT, PVT v2 > PVT, BERT-large > BERT, ResNet-50 > ResNet, "
        "ResNet50 > ResNet, EfficientNet-B5 > EfficientNet, GPT-4o > GPT-4, DINOv2 > DINO, "
        "LLaMA-7B > LLaMA, PointNet++ > PointNet, YOLOv5s > YOLOv5, HRNet-W48 > HRNet, T5-11B > T5, "
        "Swin V2 > Swin, MobileNetV3-Large > MobileNetV3, wav2vec 2.0 > wav2vec, Mixtral-8x7B > Mixtral, "
        "Swin-L > Swin Transformer, DeiT-Ti > DeiT"
    ),
    "Dataset": (
        "ImageNet-1K > ImageNet, ImageNet-21k > ImageNet, CIFAR-100 > CIFAR, COCO 2017 > COCO, "
        "SQuAD 2.0 > SQuAD, VQA v2 > VQA, COCO test-dev > COCO, PASCAL VOC 2012 > PASCAL VOC, "
        "KITTI 2015 > KITTI, MOT17 > MOT, Kinetics-400 > Kinetics, Cityscapes val > Cityscapes"
    ),
}
STRANGERS = {
    "Model": (
        "Swin-UNet > Swin, CSWin > Swin, DeepViT > ViT, MobileViT > ViT, DistilBERT > BERT, Mask2Former > Mask, "
        "GP2C > GP, C3D > C, DC3 > DC, Att-SwinU-Net > Swin, BERT4Rec > BERT, XLM-R > XLM, U-Net > U, GPT-J > GPT, "
        "Video Swin > Swin, conv4 > con"
    ),
    "Dataset": "ImageNet-C > ImageNet, COCO-Stuff > COCO, Tiny-ImageNet > ImageNet, nuImages > nuScenes, Fashion-MNIST > MNIST",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(type, *map(str.strip, pair.split(" > "))) for type, line in table.items() for pair in line.split(",")]  # type: ignore[misc]


def family_of(type: str, *names: str) -> set[tuple[str, str]]:
    resolution = resolve([record("p", "x", **{type: names})])
    return {(resolution.nodes[v].label, resolution.nodes[f].label) for v, f in resolution.families}


@pytest.mark.parametrize(("type", "variant", "family"), pairs(VARIANTS))
def test_variants_are_seen(type: str, variant: str, family: str) -> None:
    assert family_of(type, variant, family) == {(variant, family)}


@pytest.mark.parametrize(("type", "other", "name"), pairs(STRANGERS))
def test_strangers_are_not_variants(type: str, other: str, name: str) -> None:
    assert family_of(type, other, name) == set()


def test_a_variant_belongs_to_the_nearest_of_its_families() -> None:
    assert family_of("Model", "LLaMA-3-8B-Instruct", "LLaMA-3", "LLaMA") == {("LLaMA-3-8B-Instruct", "LLaMA-3"), ("LLaMA-3", "LLaMA")}


def test_two_variants_make_a_family_that_no_paper_names_and_one_does_not() -> None:
    assert family_of("Model", "PVT-Tiny", "PVT-Large") == {("PVT-Tiny", "PVT"), ("PVT-Large", "PVT")}
    assert family_of("Model", "PVT-Tiny") == set()


def test_families_end() -> None:
    assert list(bases("Top-1", "Model")) == []
    assert list(bases("EMOv2-5M", "Model")) == ["EMOv2", "EMO"]
