"""`kg query outperforms`"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.store import Store

KEYS = (
    "claim relation subject object dataset metric task delta delta_value delta_kind unit hedge condition subject_value object_value "
    "paper title url year sentence confidence background own"
).split()


def test_a_table_has_the_winner_its_evidence_and_what_was_read(kg, graph: Path) -> None:
    done = kg("query", "outperforms", "--target", "AlphaNet", "-o", graph)
    assert done.returncode == 0
    assert "BetaNet" in done.stdout
    assert "0.4%" in done.stdout
    assert "BetaNet outperforms AlphaNet by 0.4% on TinyImages." in done.stdout
    assert "4 papers, 3 of them with claims" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert done.stderr == ""


@pytest.mark.parametrize("spelling", ["AlphaNet", "alphanet", "ALPHA-NET", "alpha net"])
def test_any_spelling_will_do(kg, graph: Path, spelling: str) -> None:
    done = kg("query", "outperforms", "--target", spelling, "-o", graph, "--format", "json")
    assert [row["subject"] for row in json.loads(done.stdout)] == ["BetaNet"]


def test_json_has_every_documented_key_and_nothing_else_on_stdout(kg, graph: Path) -> None:
    done = kg("query", "outperforms", "--target", "BaseNet", "-o", graph, "--format", "json")
    rows = json.loads(done.stdout)
    assert {row["subject"] for row in rows} == {"AlphaNet", "=GammaNet"}
    assert all(list(row) == KEYS for row in rows)
    assert "4 papers, 3 of them with claims" in done.stderr


def test_csv_is_read_back_and_runs_nothing_in_a_spreadsheet(kg, graph: Path) -> None:
    done = kg("query", "outperforms", "--target", "BaseNet", "-o", graph, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == KEYS
    assert {row["subject"] for row in rows} == {"AlphaNet", "'=GammaNet"}


def test_markdown_shows_other_peoples_html_as_text(kg, graph: Path) -> None:
    done = kg("query", "outperforms", "--target", "BaseNet", "-o", graph, "--format", "md")
    assert done.stdout.startswith("| Better |")
    assert "<b>" not in done.stdout


@pytest.mark.parametrize("format", ["table", "json", "csv", "md"])
def test_no_control_character_reaches_the_terminal(kg, graph: Path, format: str) -> None:
    done = kg("query", "outperforms", "--target", "BaseNet", "-o", graph, "--format", format)
    assert "GammaNet" in done.stdout
    assert not any(c < " " and c != "\n" for c in done.stdout + done.stderr)


@pytest.mark.parametrize(("format", "stdout"), [("json", "[]\n"), ("table", ""), ("csv", ""), ("md", "")])
def test_an_unknown_name_gets_the_nearest_ones_and_status_1(kg, graph: Path, format: str, stdout: str) -> None:
    done = kg("query", "outperforms", "--target", "AlphNet", "-o", graph, "--format", format)
    assert done.returncode == 1
    assert done.stdout == stdout
    assert "AlphNet" in done.stderr
    assert "AlphaNet" in done.stderr


def test_an_unknown_dataset_too(kg, graph: Path) -> None:
    done = kg("query", "outperforms", "--target", "BaseNet", "--dataset", "TinyImagez", "-o", graph, "--format", "json")
    assert (done.returncode, done.stdout) == (1, "[]\n")
    assert "TinyImages" in done.stderr


def test_a_known_name_that_nothing_beats_is_no_error(kg, graph: Path) -> None:
    done = kg("query", "outperforms", "--target", "BetaNet", "-o", graph, "--format", "json")
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_filters_reach_the_question(kg, graph: Path) -> None:
    def subjects(*options: str) -> set[str]:
        done = kg("query", "outperforms", "--target", "BaseNet", "-o", graph, "--format", "json", *options)
        return {row["subject"] for row in json.loads(done.stdout)}

    assert subjects("--dataset", "TinyImages") == {"AlphaNet"}
    assert subjects("--since", "2020") == {"AlphaNet"}
    assert subjects("--until", "2020") == set()
    assert subjects("--third-party") == set()
    assert subjects("--min-confidence", "0.95") == set()
    assert len(subjects("--limit", "1")) == 1
    assert subjects("--no-background", "--exact") == {"AlphaNet", "=GammaNet"}


def test_undated_papers_that_a_year_leaves_out_are_named(kg, graph: Path) -> None:
    done = kg("query", "outperforms", "--target", "AlphaNet", "--since", "2020", "-o", graph, "--format", "json")
    assert json.loads(done.stdout) == []
    assert "BetaNet: a second try" in done.stderr


def test_without_a_graph_it_says_what_to_type(kg) -> None:
    done = kg("query", "outperforms", "--target", "X")
    assert (done.returncode, done.stdout) == (2, "")
    assert "kg build -o output" in done.stderr


def test_a_folder_that_is_none_gets_a_hint_that_works(kg) -> None:
    done = kg("query", "outperforms", "--target", "X", "-o", "nowhere")
    assert done.returncode == 2
    assert "kg build -o nowhere" in done.stderr


def test_a_damaged_store_is_an_input_that_cannot_be_read(kg, tmp_path: Path) -> None:
    (tmp_path / "kg.db").write_bytes(b"not a database, by any means" * 100)
    done = kg("query", "outperforms", "--target", "X", "-o", tmp_path)
    assert done.returncode == 3
    assert "kg.db" in done.stderr


def test_a_store_without_a_graph_is_said_to_have_none(kg, tmp_path: Path) -> None:
    Store(tmp_path / "kg.db").close()
    done = kg("stats", "-o", tmp_path)
    assert done.returncode == 2
    assert "kg build" in done.stderr


@pytest.mark.parametrize("args", [[], ["--target", "X", "--format", "xml"], ["--target", "X", "--limit", "0"]])
def test_bad_usage_is_status_2(kg, args: list[str]) -> None:
    done = kg("query", "outperforms", *args)
    assert done.returncode == 2
    assert "--help" in done.stderr
