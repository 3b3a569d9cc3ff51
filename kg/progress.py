"""Bars on stderr for work that takes a while; silent where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")


def track(iterable: Iterable[T], description: str, total: int | None = None) -> Iterator[T]:
    """The items of `iterable`, with a bar of how many went by, at what rate, and the time left.

    `total` is the number of items, by default `len(iterable)` where it has one; without it the bar counts and knows no end.
    Where stderr is no terminal nothing is shown and nothing is imported.
    """
    if not sys.stderr.isatty():
        yield from iterable
        return
    if total is None and isinstance(iterable, Sized):
        total = len(iterable)
    with _bar() as bar:
        yield from bar.track(iterable, total=total, description=description)


@contextmanager
def step(description: str) -> Iterator[None]:
    """A clock beside `description` while one piece of work goes on that cannot be counted."""
    if not sys.stderr.isatty():
        yield
        return
    with _bar() as bar:
        task = bar.add_task(description, total=None)
        yield
        bar.update(task, total=1, completed=1)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.text import Text

    class Amount(ProgressColumn):
        """`120/475  12.3/s`; empty for a step that is not counted."""

        def render(self, task: Task) -> Text:
            if task.total in (None, 1) and task.completed in (0, 1):
                return Text()
            done = f"{task.completed:,.0f}" + (f"/{task.total:,.0f}" if task.total is not None else "")
            speed = task.finished_speed or task.speed
            rate = "" if speed is None else f"  {speed:,.1f}/s" if speed < 100 else f"  {speed:,.0f}/s"
            return Text(done + rate, style="progress.download")

    class Clock(ProgressColumn):
        """The time left while it can be told, else the time gone by."""

        def __init__(self) -> None:
            super().__init__()
            self._left, self._gone = TimeRemainingColumn(), TimeElapsedColumn()

        def render(self, task: Task) -> Text:
            if task.finished or task.time_remaining is None:
                return self._gone.render(task)
            return self._left.render(task).append(" left")

    return Progress(TextColumn("{task.description:<11}", markup=False), BarColumn(), Amount(), Clock(), console=Console(stderr=True))
