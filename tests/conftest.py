"""What every test may need: the data folder, and a loud word about what was left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
NOTHING_LEFT_OUT = os.environ.get("KG_CI") == "1"

# A property does not depend on how busy the machine is.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data folder: `KG_SHARED`, by default `shared` beside the checkout. Skips where it is missing."""
    folder = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold" / "dev.jsonl").is_file():
        pytest.skip(f"no data folder at {folder}: name it in KG_SHARED")
    return folder


def _strictly(report: Any) -> Any:
    """Under KG_CI=1 a skip is a failure, whoever asked for it."""
    if NOTHING_LEFT_OUT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"left out under KG_CI=1: {_reason(report)}"
    return report


def _reason(report: Any) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    return _strictly((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    return _strictly((yield))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if not hasattr(r, "wasxfail")]
    if skipped:
        terminalreporter.section("NOT EVERYTHING WAS TESTED", sep="!", red=True, bold=True)
        for reason, count in sorted(Counter(map(_reason, skipped)).items()):
            terminalreporter.line(f"{count} left out: {reason}", red=True)
