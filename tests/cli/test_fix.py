"""`kg fix`"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from shutil import copytree

import pytest


@pytest.fixture
def out(graph: Path, tmp_path: Path) -> Path:
    """A graph of one's own."""
    return Path(copytree(graph, tmp_path / "my graph"))


def beaten(kg, out: Path, name: str) -> list[dict[str, object]]:
    done = kg("query", "outperforms", "--target", name, "--exact", "--format", "json", "-o", out)
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_a_wrong_claim_leaves_and_comes_back(kg, out: Path) -> None:
    shown = kg("query", "outperforms", "--target", "AlphaNet", "-o", out).stdout
    (row,) = beaten(kg, out, "AlphaNet")
    assert f"claim {row['claim']}" in shown
    done = kg("fix", "reject", str(row["claim"]), "--note", "see table 3", "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"1 claim left the graph: {row['claim']}." in done.stderr
    assert beaten(kg, out, "AlphaNet") == []
    listed = kg("fix", "list", "-o", out)
    assert "BetaNet is better than AlphaNet" in " ".join(listed.stdout.split())
    assert "see table 3" in listed.stdout
    hint = next(line for line in done.stderr.splitlines() if line.startswith("To take it back: kg "))
    assert kg(*shlex.split(hint.removeprefix("To take it back: kg "))).returncode == 0
    assert beaten(kg, out, "AlphaNet") == [row]
    assert not (out / "corrections.jsonl").exists()


def test_names_are_merged_split_and_renamed(kg, out: Path) -> None:
    assert kg("fix", "merge", "AlphaNet", "BetaNet", "--type", "model", "-o", out).returncode == 0
    assert kg("fix", "rename", "BaseNet", "Base Network", "-o", out).returncode == 0
    assert {row["object"] for row in beaten(kg, out, "base network")} == {"Base Network"}
    assert kg("fix", "split", "BaseNet", "--paper", "gamma", "-o", out).returncode == 0
    rows = beaten(kg, out, "Base Network")
    assert [(row["subject"], row["object"]) for row in rows] == [("AlphaNet", "Base Network")]
    listed = json.loads(kg("fix", "list", "--format", "json", "-o", out).stdout)
    assert [(row["n"], row["fix"], row["state"]) for row in listed] == [
        (1, "merge", "applies"), (2, "rename", "applies"), (3, "split", "applies"),
    ]  # fmt: skip
    assert (out / "corrections.jsonl").read_text().splitlines()[0] == (
        '{"fix": "merge", "type": "Model", "name": "AlphaNet", "also": "BetaNet"}'
    )


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["merge", "AlphaNett", "BaseNet"], 1, "AlphaNet"),
        (["rename", "TinyImagez", "Tiny"], 1, "TinyImages"),
        (["reject", "0123456789ab"], 1, "No claim has the id"),
        (["split", "BaseNet", "--paper", "delta"], 1, "does not speak of BaseNet"),
        (["merge", "AlphaNet", "TinyImages"], 2, "different types"),
        (["split", "BaseNet", "--paper", "alpha", "--from", "AlphaNet"], 2, "not both"),
        (["merge", "AlphaNet", "BaseNet", "--type", "Thing"], 2, "--type"),
        (["undo", "3"], 2, "no correction 3"),
        (["rename", "AlphaNet", " "], 2, "empty"),
    ],
)
def test_what_cannot_be_says_why_and_changes_nothing(kg, graph: Path, args: list[str], status: int, says: str) -> None:
    done = kg("fix", *args, "-o", graph)
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (graph / "corrections.jsonl").exists()


def test_a_folder_without_a_graph_is_bad_usage(kg, tmp_path: Path) -> None:
    done = kg("fix", "merge", "A", "B", "-o", "nowhere")
    assert done.returncode == 2
    assert "kg build -o nowhere" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_no_corrections_are_an_empty_list(kg, graph: Path) -> None:
    assert "No corrections" in kg("fix", "list", "-o", graph).stderr
    assert kg("fix", "list", "--format", "json", "-o", graph).stdout == "[]\n"


def test_a_damaged_line_is_listed_and_can_be_taken_out(kg, out: Path) -> None:
    (out / "corrections.jsonl").write_text('{"fix": "merge", "name": "A"}\n{"fix": "merge\x1b[31m"}\n')
    done = kg("fix", "list", "-o", out)
    assert done.returncode == 3
    assert "lacks" in done.stdout
    assert "\x1b" not in done.stdout
    for _ in range(2):
        assert kg("fix", "undo", "1", "-o", out).returncode == 0
    assert kg("fix", "list", "-o", out).returncode == 0


def test_export_writes_the_corrected_records_of_touched_papers(kg, out: Path, tmp_path: Path) -> None:
    assert kg("fix", "export", "-o", out).stdout == ""
    (row,) = beaten(kg, out, "AlphaNet")
    kg("fix", "reject", str(row["claim"]), "-o", out)
    line = kg("fix", "export", "-o", out).stdout
    assert (json.loads(line)["id"], json.loads(line)["comparisons"]) == ("beta", [])
    done = kg("fix", "export", "--out", "train.jsonl", "-o", out)
    assert done.stdout == ""
    assert (tmp_path / "train.jsonl").read_text() == line
