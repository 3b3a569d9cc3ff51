"""Answers by hand: ordinary rows, and rows that a hostile abstract would make."""

from __future__ import annotations

from typing import Any

import pytest

from kg.query.answer import CLAIM_COLUMNS, Answer

READ = "475 papers, 312 of them with claims"


def row(**said: Any) -> dict[str, Any]:
    ordinary = {
        "claim": "c1",
        "relation": "OUTPERFORMS",
        "subject": "ConvNeXt",
        "object": "Swin-T",
        "dataset": "ImageNet-1K",
        "metric": "top-1 accuracy",
        "delta": "0.8%",
        "delta_value": 0.8,
        "delta_kind": "unknown",
        "paper": "conv",
        "title": "A network for tests",
        "url": "https://example.org/abs/1",
        "year": 2022,
        "sentence": "ConvNeXt is 0.8% better than Swin-T in top-1 accuracy on ImageNet-1K.",
        "confidence": 0.934,
        "background": False,
        "own": True,
    }
    return {**dict.fromkeys(CLAIM_COLUMNS), **ordinary, **said}


def answered(*rows: dict[str, Any], notes: tuple[str, ...] = ()) -> Answer:
    return Answer("What outperforms Swin", CLAIM_COLUMNS, rows, READ, notes)


@pytest.fixture
def answer() -> Answer:
    second = row(claim="c2", dataset="COCO", metric="box AP", delta=None, subject_value="52.1", object_value="50.5", hedge=None)
    third = row(
        claim="c3", subject="EdgeNeXt", paper="edge", title=None, year=None, url=None, background=True, own=False, sentence="EdgeNeXt wins."
    )
    return answered(row(hedge="max", condition="zero-shot"), second, third, notes=("Swin was taken for Model:swin.",))


HOSTILE = [
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07link",
    "[bold red]markup[/] :smile: [link=http://evil]x[/link]",
    "right \u202eto left\u202c, zero\u200bwidth, \x9b31m, \x00\x07\x08\r\n\t, \u2028\u2029",
    "=cmd|' /C calc'!A0",
    "| pipe || <script>alert(1)</script> & `code` **bold** ![x](http://evil) [y](javascript:alert(1)) $\\times$ \\",
    "漢字 and кириллица, 👩‍👩‍👧 e\u0301\u0301\u0301\u0301",
    "\ud800 lone",
    "a" * 500,
    "",
]
