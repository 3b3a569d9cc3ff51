"""What the explorer's tests share: a small graph, claims to add to one, and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import chromium
import networkx as nx
import pytest
from small_graph import Claims, small

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture
def claims() -> Claims:
    return Claims()


@pytest.fixture(scope="session")
def graph() -> nx.MultiDiGraph:
    return small()


@pytest.fixture(scope="session")
def driver() -> Iterator[Chrome]:
    if not chromium.available():
        pytest.skip(chromium.MISSING)
    with chromium.browser() as driver:
        yield driver
