"""Spellings of one name have one normal form; names of different things do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import tables
from kg.resolve.names import clean, normal, without_heads

SAME = {
    "Model": [
        "Swin | Swin Transformer | Swin Transformers | Swin-Transformer | SwinTransformer | SWIN | swin transformer | the Swin Transformer",
        "Swin-T | Swin-Tiny | Swin Transformer Tiny | Swin Transformer-T | swin tiny",
        "ViT | Vision Transformer | vision transformers | Visual Transformer | ViTs | vit",
        "ViT-B/16 | ViT-Base/16 | ViT B/16 | ViT-B16",
        "SwinV2 | Swin V2 | Swin Transformer V2",
        "BERT-large | BERT-LARGE | BERT_{large} | $\\text{BERT}_\\text{large}$ | BERT large",
        "ResNet-50 | ResNet50 | Resnet 50 | ResNet-50 model | resnet-50",
        "PVT v2 | PVTv2 | PVT-V2",
        "LLaMA-2-7B | Llama2-7B | Llama 2 7B | Llama-2 (7B)",
        "Faster R-CNN | Faster-RCNN | Faster RCNN | FasterRCNN",
        "U-Net | UNet | U-net | U‑Net",
        "CNN | CNNs | convolutional neural network | Convolutional Networks | ConvNet | CNN architecture",
        "$\\beta$-VAE | β-VAE | beta-VAE",
        "MobileNetV2 | MobileNet-v2 | MobileNet V2",
        "LoRA | LoRA method | low-rank adaptation",
    ],
    "Dataset": [
        "ImageNet-1K | ImageNet-1k | ImageNet1K | ILSVRC-2012 | ILSVRC2012 | ImageNet 2012 | ImageNet-1000 | ImageNet-$1$k | IN-1K",
        "COCO | MS-COCO | MS COCO | MSCOCO | Microsoft COCO | COCO dataset | the COCO benchmark",
        "COCO 2017 | MS-COCO 2017 | MS COCO 2017",
        "PASCAL VOC 2012 | Pascal VOC2012 | VOC12 | VOC 2012 | VOC 2012 dataset",
        "CIFAR-10 | CIFAR10 | Cifar 10",
        "GTA-to-Cityscapes | GTA5 → Cityscapes | GTA5 to Cityscapes",
        "Something-Something v2 | Something-Something~v2 | SSv2 | SSV2",
    ],
    "Metric": [
        "top-1 accuracy | top1 accuracy | Top-1 acc. | Top-1 Accuracy | top-1",
        "mIoU | mIOU | mean IoU | mean intersection-over-union",
        "F1 | F1 score | F1-score | F1-Score | F$_1$",
        "AP50 | AP$_{50}$ | AP@50 | AP_{50}",
        "FLOPs | FLOPS | floating-point operations",
        "parameters | number of parameters | #params | params | parameter count",
        "accuracy | accuracies | Accuracy",
    ],
    "Task": [
        "language modeling | language modelling | Language Modeling",
        "VQA | visual question answering",
        "image classification | image classification task | Image Classification tasks",
    ],
}

DIFFERENT = {
    "Model": (
        "Swin | Swin-UNet | CSWin | Video Swin | DeepViT | ViT | MobileViT | Swin-T | Swin-B | Swin V2 | "
        "Sparse Transformer | Vision Mamba | CAT-S | CATS | BERT | DistilBERT | BERT4Rec | ReLU | "
        "ReLU network | RNN | RNN language model | Bayesian network | Bayesian method | WRN-28-10 | "
        "WRN-281-0 | GPT-3 | GPT-3.5 | GPT-35 | U-Net | U-Net++ | autoencoder | encoder | Transformer"
    ),
    "Dataset": (
        "ImageNet | ImageNet-1K | ImageNet-21K | ImageNet-C | CIFAR-10 | CIFAR-100 | COCO | COCO 2017 | "
        "COCO-Stuff | MAR | MARS | VOC 2007 | VOC 2012"
    ),
    "Metric": (
        "accuracy | top-1 accuracy | top-5 accuracy | AP | AP50 | AP75 | mAP | mAP50 | F1 | F0.5 | error | "
        "error rate | loss | latency | FPS"
    ),
    "Task": ("object detection | 3D object detection | semantic segmentation | instance segmentation"),
}


def lines(table: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    return [(type, [n.strip() for n in line.split(" | ")]) for type, all_lines in table.items() for line in all_lines]


@pytest.mark.parametrize(("type", "names"), lines(SAME), ids=lambda x: x if isinstance(x, str) else x[0])
def test_spellings_and_synonyms_of_one_name_have_one_normal_form(type: str, names: list[str]) -> None:
    assert {name: normal(name, type) for name in names} == dict.fromkeys(names, normal(names[0], type))


@pytest.mark.parametrize("type", sorted(DIFFERENT))
def test_different_things_keep_different_forms(type: str) -> None:
    names = [n.strip() for n in DIFFERENT[type].split(" | ")]
    forms: dict[str, list[str]] = {}
    for name in names:
        forms.setdefault(normal(name, type), []).append(name)
    assert [same for same in forms.values() if len(same) > 1] == []


@pytest.mark.parametrize("row", tables.table("heads.tsv"), ids=lambda row: f"{row['type']} {row['head']}")
def test_every_head_word_has_an_example_that_shows_it(row: dict[str, str]) -> None:
    assert without_heads(clean(row["example"]), row["type"]) == row["same"]
    assert normal(row["example"], row["type"]) == normal(row["same"], row["type"])


@pytest.mark.parametrize("type", ["model", "dataset", "metric", "task"])
def test_no_name_is_listed_under_two_others(type: str) -> None:
    seen: dict[str, str] = {}
    for first, *others in tables.rows("synonyms", f"{type}.tsv"):
        for name in (first, *others):
            form = normal(name, type.capitalize())
            assert seen.setdefault(form, first) == first, f"{name!r} stands under {seen[form]!r} and {first!r}"


@given(st.text(max_size=40), st.sampled_from(["Model", "Dataset", "Metric", "Task", "Baseline"]))
def test_no_text_breaks_it_and_spaces_and_case_do_not_matter(name: str, type: str) -> None:
    assert isinstance(normal(name, type), str)
    assert normal(f"  {name} ", type) == normal(name, type)


# Not in a v: `Absv50` is the fiftieth version of Abs.
@given(st.from_regex(r"[A-Z][a-z]{2,6}(Net|Former|BERT)?(?<!v)", fullmatch=True), st.sampled_from(["-", " ", ""]))
def test_hyphen_space_and_plural_do_not_matter_for_coined_names(name: str, between: str) -> None:
    assert normal(f"{name}{between}50", "Model") == normal(f"{name}-50", "Model")
    if not name.endswith(("s", "u", "i", "a", "o")):
        assert normal(f"{name}s", "Model") == normal(name, "Model")
