"""The bars: on a terminal a count, a rate and a time; nothing where stderr is none."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys

import pytest

SCRIPT = """
import time
from kg.progress import step, track
print(sum(time.sleep(0.02) or n for n in track(range(40), "Counting")))
print(sum(track((n for n in range(40)), "Streaming")))
with step("Thinking"):
    time.sleep(0.2)
"""


def on_a_terminal(script: str) -> tuple[str, str]:
    """What the script prints, and what a terminal at its stderr gets to see."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=theirs, env=env, text=True)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end has closed
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    printed, _ = child.communicate(timeout=30)
    assert child.returncode == 0
    return printed, shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix thing")
def test_on_a_terminal_a_bar_says_how_many_and_how_fast() -> None:
    printed, shown = on_a_terminal(SCRIPT)
    assert printed.split() == ["780", "780"]
    assert "Counting" in shown
    assert "40/40" in shown
    assert "/s" in shown
    assert "Streaming" in shown
    assert "Thinking" in shown


def test_elsewhere_it_is_silent_and_imports_nothing() -> None:
    command = SCRIPT + "\nimport sys; assert not any(m.startswith('rich') for m in sys.modules), 'rich was imported'"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["780", "780"]
    assert done.stderr == ""


def test_what_is_lazy_stays_lazy() -> None:
    from kg.progress import track

    taken: list[int] = []
    items = track((taken.append(n) or n for n in range(10)), "Reading")
    assert next(items) == 0
    assert taken == [0]
