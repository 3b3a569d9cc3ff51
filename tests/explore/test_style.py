"""Colours that can be read: the contrasts of WCAG 2.2, AA, in light and in dark."""

from __future__ import annotations

import re

import pytest

from kg.explore.page import asset

TEXT, SHAPE = 4.5, 3.0


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", asset("page.css"))
    colours = [(name, dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))) for name, body in blocks]
    return {"light": colours[0][1], "dark": colours[1][1], "dark by wish of the system": colours[2][1]}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes())
def test_text_and_shapes_stand_out(theme: str) -> None:
    colour = themes()[theme]
    for name in ("ink", "faint", "accent", "won", "lost", "level"):
        for ground in ("ground", "sheet"):
            assert contrast(colour[name], colour[ground]) >= TEXT, (name, ground)
    for name in ("ink", "faint"):
        assert contrast(colour[name], colour["hit"]) >= TEXT, name
    for mark in ("mark", "markself", "marknumber"):
        assert contrast(colour["ink"], colour[mark]) >= TEXT, mark
    for name in ("model", "baseline", "dataset", "metric", "task", "paper"):
        assert contrast(colour[name], colour["ground"]) >= SHAPE, name


def test_the_two_darks_are_one() -> None:
    found = themes()
    assert found["dark"] == found["dark by wish of the system"]
