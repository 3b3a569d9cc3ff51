"""`kg build`"""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import pytest

FILES = {"graph.html", "graph.json", "kg.db", "records.jsonl"}
SURE = "We present ZetaNet, a small network. ZetaNet outperforms ResNet-50 by 2.1% top-1 accuracy on ImageNet."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text(json.dumps({"id": "p", "title": "ZetaNet: a small network", "abstract": SURE}) + "\n")
    return path


def test_it_writes_four_files_and_says_what_to_type_next(kg, source: Path, tmp_path: Path) -> None:
    done = kg("build", source, "-o", "my graph")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert {path.name for path in (tmp_path / "my graph").iterdir()} == FILES
    assert "Read 1 abstract: 1 paper, 1 with claims" in done.stderr
    assert "-o 'my graph'" in done.stderr
    assert "graph.html" in done.stderr


def test_the_hint_is_a_command_that_works(kg, source: Path) -> None:
    hint = next(line for line in kg("build", source).stderr.splitlines() if line.startswith("Next: "))
    done = kg(*shlex.split(hint.removeprefix("Next: kg ")))
    assert done.returncode == 0
    assert done.stdout


def test_without_a_source_it_says_that_it_reads_the_sample(kg, tmp_path: Path) -> None:
    done = kg("build")
    assert done.returncode == 0, done.stderr
    assert "sample corpus" in done.stderr
    assert {path.name for path in (tmp_path / "output").iterdir()} == FILES
    answer = kg("query", "outperforms", "--target", "ResNet", "--format", "json")
    assert answer.returncode == 0
    assert json.loads(answer.stdout)


def test_a_source_that_cannot_be_read_is_named_and_the_rest_is_built(kg, source: Path, tmp_path: Path) -> None:
    done = kg("build", "missing.jsonl", source)
    assert done.returncode == 3
    assert "missing.jsonl" in done.stderr
    assert {path.name for path in (tmp_path / "output").iterdir()} == FILES


def test_when_nothing_can_be_read_nothing_is_written(kg, tmp_path: Path) -> None:
    done = kg("build", "missing.jsonl")
    assert done.returncode == 3
    assert "missing.jsonl" in done.stderr
    assert not (tmp_path / "output").exists()


def test_a_folder_that_cannot_be_written_is_bad_usage(kg, source: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands here")
    done = kg("build", source, "-o", "taken")
    assert done.returncode == 2
    assert "taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_files_can_be_read_by_others_as_the_umask_says(kg, source: Path, tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        kg("build", source)
    finally:
        os.umask(umask)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "output").iterdir()} == {0o644}


def test_control_characters_of_a_source_do_not_reach_the_terminal(kg, tmp_path: Path) -> None:
    name = "evil\x1b[2J.bin"
    (tmp_path / name).write_bytes(bytes(range(256)) * 20)
    done = kg("build", name)
    assert done.returncode == 3
    assert "evil" in done.stderr
    assert "\x1b" not in done.stderr
