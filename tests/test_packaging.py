"""What a user installs: everything that runs, nothing that only tests."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_it_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert there <= set(wheel.namelist())


def test_types_data_and_the_page_are_among_them(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "kg/py.typed" in names
    assert any(name.startswith("kg/data/sample/") for name in names)
    assert any(name.startswith("kg/data/model/") for name in names)
    assert any(name.startswith("kg/explore/assets/") and name.endswith(".js") for name in names)


def test_no_test_no_training_and_nothing_else_at_the_top(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}
    assert not any("test" in Path(name).name for name in wheel.namelist())


def test_it_is_small_enough_to_be_installed_without_a_thought(wheel: zipfile.ZipFile) -> None:
    assert sum(info.compress_size for info in wheel.infolist()) < 100e6  # PyPI's own limit for a file


def test_every_dependency_is_bounded_on_both_sides() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for requirement in [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]:
        assert (">=" in requirement and "<" in requirement) or "==" in requirement, requirement


def test_what_a_user_installs_never_pulls_in_torch() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert not any("torch" in r or "transformers" in r for r in [*project["dependencies"], *project["optional-dependencies"]["dev"]])


def test_spacy_finds_the_components_by_name_in_any_program() -> None:
    script = (
        "import spacy\n"
        "nlp = spacy.blank('en', config={'nlp': {'tokenizer': {'@tokenizers': 'kg.Tokenizer.v1'}}})\n"
        "nlp.add_pipe('kg_sentences')\n"
        "print([token.text for token in nlp('Swin-T is small.')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "['Swin-T', 'is', 'small', '.']\n", done.stderr


def test_every_entry_point_leads_to_something() -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    for target in (target for group in points.values() for target in group.values()):
        module, name = target.split(":")
        assert callable(getattr(importlib.import_module(module), name))
