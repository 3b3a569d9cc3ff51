"""What every command shares: help, version, statuses, pipes, interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg import __version__


def test_version(kg) -> None:
    assert kg("--version").stdout == f"kg {__version__}\n"


@pytest.mark.parametrize("args", [["--help"], ["build", "--help"], ["query", "--help"], ["query", "outperforms", "--help"]])
def test_help_fits_a_terminal_of_80_columns(kg, args: list[str]) -> None:
    done = kg(*args)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: kg")
    assert max(map(len, done.stdout.splitlines())) <= 100


@pytest.mark.parametrize("args", [["nonsense"], ["build", "--nonsense"], ["query", "nonsense"]])
def test_bad_usage_is_status_2_with_a_way_out(kg, args: list[str]) -> None:
    done = kg(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--help" in done.stderr


def test_the_heavy_libraries_stay_out_until_they_are_needed() -> None:
    script = (
        "import sys, kg.cli, kg.present, kg.query, kg.store, kg.build\n"
        "heavy = {'spacy', 'onnxruntime', 'pyvis', 'tokenizers', 'networkx', 'numpy', 'rapidfuzz', 'rich', 'jinja2', 'torch'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0


def test_an_answer_needs_none_of_them_either(graph: Path) -> None:
    script = (
        "import sys\nfrom kg.cli import app\n"
        f"app(['query', 'outperforms', '--target', 'BaseNet', '-f', 'json', '-o', {str(graph)!r}], standalone_mode=False)\n"
        "heavy = {'spacy', 'onnxruntime', 'pyvis', 'tokenizers', 'networkx', 'numpy', 'rapidfuzz', 'rich', 'jinja2', 'torch'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_answer_that_nobody_reads_to_the_end_is_no_error(graph: Path) -> None:
    command = f"set -o pipefail; {sys.executable} -m kg query outperforms --target BaseNet -f json -o '{graph}' | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a Unix thing")
def test_an_interrupt_is_a_plain_line_and_status_130(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "papers")
    command = [sys.executable, "-m", "kg", "build", "papers"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as child:
        with open(tmp_path / "papers", "w"):  # opens when the other end does, which then waits for input
            child.send_signal(signal.SIGINT)
            said = child.stderr.read() if child.stderr else ""
        child.wait(timeout=60)
    assert child.returncode == 130
    assert said.strip() == "Interrupted."
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]


def test_output_is_utf8_whatever_the_locale(graph: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "kg", "query", "outperforms", "--target", "BaseNet", "-o", graph]
    done = subprocess.run(command, capture_output=True, env=env, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "·" in done.stdout.decode("utf-8")
