"""Turns a checkpoint into the files that the package ships; `python -m pipelines.export CHECKPOINT [--out FOLDER] [--fp32]`.

The encoder's weights become 8-bit integers (activations are quantised as they come, one document at a time), the taggers
and the relation scorer stay in floating point: they are small, and their scores are what confidence is made of.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from pipelines.network import Network, Reader
from pipelines.paths import SHIPPED, encoder_folder


class OneWindow(nn.Module):
    """The reader for one window of one document, [CLS] and [SEP] cut off its output."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hidden, tags, conditions = self.reader(ids, shapes, torch.ones_like(ids))
        return hidden[0, 1:-1], tags[0, 1:-1], conditions[0, 1:-1]


def export(checkpoint: Path, out: Path, *, fp32: bool = False) -> None:
    """Writes reader.onnx, relations.onnx and tokenizer.json into `out`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    folder = encoder_folder()
    net = Network.from_folder(folder)
    net.load_state_dict(torch.load(checkpoint, weights_only=True)["net"])
    net.reader.encoder.set_attn_implementation("eager")
    net.eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "raw.onnx"
        ids = torch.randint(1000, 2000, (1, 17))
        torch.onnx.export(
            OneWindow(net.reader).eval(),
            (ids, torch.zeros_like(ids)),
            str(raw),
            input_names=["ids", "shapes"],
            output_names=["hidden", "tags", "conditions"],
            dynamic_axes={
                "ids": {1: "pieces"},
                "shapes": {1: "pieces"},
                "hidden": {0: "inner"},
                "tags": {0: "inner"},
                "conditions": {0: "inner"},
            },
            opset_version=17,
            dynamo=False,
        )
        prepared = Path(scratch) / "prepared.onnx"
        quant_pre_process(str(raw), str(prepared), skip_symbolic_shape=True)
        if fp32:
            shutil.copyfile(prepared, out / "reader.onnx")
        else:
            small = ["/reader/tags/MatMul", "/reader/conditions/MatMul"]
            quantize_dynamic(
                str(prepared),
                str(out / "reader.onnx"),
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=False,
                nodes_to_exclude=small,
            )
    n, p = 5, 7
    nodes = [torch.arange(n), torch.arange(n) + 2, torch.zeros(n, dtype=torch.long), torch.zeros(n, dtype=torch.long)]
    example = (
        torch.randn(17, net.reader.encoder.config.hidden_size),
        *nodes,
        torch.zeros(p, 2, dtype=torch.long),
        torch.zeros(p, dtype=torch.long),
    )
    names = ["hidden", "first", "last", "types", "sentences", "pairs", "distances"]
    axes = {"hidden": {0: "pieces"}, **{k: {0: "nodes"} for k in names[1:5]}, "pairs": {0: "pairs"}, "distances": {0: "pairs"}}
    torch.onnx.export(
        net.relations,
        example,
        str(out / "relations.onnx"),
        input_names=names,
        output_names=["node", "pair"],
        dynamic_axes={**axes, "node": {0: "nodes"}, "pair": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary["truncation"] = vocabulary["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("checkpoint", type=Path)
    ask.add_argument("--out", type=Path, default=SHIPPED)
    ask.add_argument("--fp32", action="store_true", help="keep the encoder in floating point, to see what 8 bits cost")
    args = ask.parse_args()
    export(args.checkpoint, args.out, fp32=args.fp32)
    for path in sorted(args.out.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {path}")


if __name__ == "__main__":
    main()
