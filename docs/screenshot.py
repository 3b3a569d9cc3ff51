"""Take the pictures of graph.html that README.md shows: `docs/map.png`, what a reader sees first, and `docs/graph.png`, an answer.

python docs/screenshot.py                of the sample graph, which it builds
python docs/screenshot.py PAGE [NAME]    of another page, with the claims about NAME
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "support"))

import chromium  # noqa: E402

WIDTH, HEIGHT = 1200, 760
LARGEST = 300_000
"""Bytes that a picture may have: a README is read over slow lines too."""


def take(page: Path, name: str) -> list[Path]:
    """Both pictures, written to this folder; the second with what a search for `name` finds first."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    with chromium.browser(WIDTH, HEIGHT) as driver:
        driver.get(page.resolve().as_uri())
        WebDriverWait(driver, 60).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#panel h2"))
        settled(driver)
        driver.save_screenshot(str(HERE / "map.png"))
        driver.find_element(By.ID, "search").send_keys(name)
        WebDriverWait(driver, 60).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#found [role=option]"))
        driver.find_element(By.CSS_SELECTOR, "#found [role=option]").click()
        WebDriverWait(driver, 60).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#panel .about"))
        driver.execute_script("document.activeElement.blur()")
        settled(driver)
        driver.save_screenshot(str(HERE / "graph.png"))
    return [HERE / "map.png", HERE / "graph.png"]


def settled(driver: object) -> None:
    """Wait until what was drawn last is on the screen."""
    driver.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300)))"
    )  # type: ignore[attr-defined]


def main(arguments: list[str]) -> int:
    if not chromium.available():
        print(chromium.MISSING, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        if arguments:
            page = Path(arguments[0])
        else:
            from kg.build import build

            build([], folder)
            page = Path(folder) / "graph.html"
        pictures = take(page, arguments[1] if len(arguments) > 1 else "Swin Transformer")
    for picture in pictures:
        print(f"{picture}: {picture.stat().st_size:,} bytes")
    return int(any(picture.stat().st_size > LARGEST for picture in pictures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
