"""The page as a reader meets it, in a real Chromium."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chromium
import networkx as nx
import pytest
from small_graph import SKI_SENTENCE, Claims

from kg.explore import write_page

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser
PATIENCE = 60.0
TAB, ENTER, ESCAPE, RIGHT = "\ue004", "\ue007", "\ue00c", "\ue014"


class Reader:
    """What a reader does with the page, and what they see of it."""

    def __init__(self, driver: Chrome, path: Path) -> None:
        self.driver, self.address = driver, path.as_uri()
        for log in ("browser", "performance"):
            driver.get_log(log)
        self.go("")

    def go(self, fragment: str) -> None:
        self.driver.get("about:blank")
        self.driver.get(self.address + fragment)

    def wait(self, condition: str, *arguments: Any) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, PATIENCE, 0.05).until(lambda d: d.execute_script(f"return Boolean({condition})", *arguments), condition)

    def text(self, selector: str) -> str:
        return str(self.driver.execute_script("return document.querySelector(arguments[0])?.innerText ?? ''", selector))

    def shows(self, heading: str) -> None:
        self.wait("document.querySelector('#panel h2').textContent === arguments[0]", heading)

    def type(self, keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(keys).perform()

    def search(self, words: str) -> list[str]:
        from selenium.webdriver.common.by import By

        field = self.driver.find_element(By.ID, "search")
        field.clear()
        field.send_keys(words)
        self.wait("document.querySelector('#found').children.length")
        return [item.text for item in self.driver.find_elements(By.CSS_SELECTOR, "#found li")]

    def click(self, selector: str) -> None:
        from selenium.webdriver.common.by import By

        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def click_map(self, *keys: str) -> None:
        """Click on a node, or between two, as a mouse does."""
        x, y = self.driver.execute_script(
            "const at = arguments[0].map((k) => kg.canvas.at(kg.data.byKey.get(k)));"
            "const r = document.querySelector('#map').getBoundingClientRect();"
            "return [r.left + at.reduce((s, p) => s + p.x, 0) / at.length, r.top + at.reduce((s, p) => s + p.y, 0) / at.length]",
            list(keys),
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})

    def requests(self) -> list[str]:
        """Every address that the page asked for and was not kept from by its own policy."""
        said = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        kept = {m["params"]["requestId"] for m in said if m["params"].get("blockedReason") == "csp"}
        asked = [m["params"] for m in said if m["method"] == "Network.requestWillBeSent"]
        return [request["request"]["url"] for request in asked if request["requestId"] not in kept]

    def complaints(self) -> list[str]:
        """What the console says: errors and warnings alike."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="module")
def path(graph: nx.MultiDiGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(graph, path)
    return path


@pytest.fixture
def reader(driver: Chrome, path: Path) -> Iterator[Reader]:
    chromium.view(driver, 1440, 900)
    reader = Reader(driver, path)
    yield reader
    assert reader.complaints() == []
    assert {address.partition("#")[0] for address in reader.requests()} <= {"about:blank", reader.address}


def test_an_alias_finds_the_node_and_its_claims(reader: Reader) -> None:
    assert "Swin Transformer" in reader.search("swin transformers")[0]
    reader.type(ENTER)
    reader.shows("Swin Transformer")
    beaten = reader.text("#about-beaten")
    assert SKI_SENTENCE in beaten
    assert "by 1.5%" in beaten
    assert "top-1 accuracy · ImageNet-1K" in beaten
    assert "SkiNet: Downhill Networks (2023)" in beaten
    assert "82.0% against 81.3%" in beaten, "what beats a variant counts"
    assert "beats Swin-T" in beaten
    assert "background" in reader.text("#about-beats")
    assert "58.7" in reader.text("#about-results")
    assert "image classification" in reader.text("#about-sota")


def test_the_sentence_marks_who_and_how_much(reader: Reader) -> None:
    reader.go("#Model%3ASwin%20Transformer")
    reader.shows("Swin Transformer")
    marks = reader.driver.execute_script(
        "return [...document.querySelector('#about-beaten blockquote').querySelectorAll('mark')].map((m) => m.textContent)"
    )
    assert marks == ["SkiNet", "Swin", "1.5%"]


def test_a_misspelt_name_finds_the_nearest(reader: Reader) -> None:
    assert "OwlFormer" in reader.search("owlfromer")[0]
    assert reader.search("zzzzzzzz") == ["No such name here."]


def test_a_click_on_the_map_opens_the_node(reader: Reader) -> None:
    reader.click_map("Model:SkiNet")
    reader.shows("SkiNet")
    assert "earlier methods" in reader.text("#about-beats")
    assert "OwlFormer" in reader.text("#about-comparable")


def test_a_click_on_an_arrow_opens_what_it_stands_for(reader: Reader) -> None:
    reader.click_map("Model:SkiNet", "Model:Swin Transformer")
    reader.shows("SkiNet outperforms Swin Transformer")
    assert SKI_SENTENCE in reader.text("#panel")


def test_papers_are_on_the_map_when_their_box_is_ticked(reader: Reader) -> None:
    shown = "return kg.canvas.shown().map((id) => kg.data.nodes[id].group).filter((g) => g === 'Paper').length"
    assert reader.driver.execute_script(shown) == 0
    reader.click("input[value=Paper]")
    assert reader.driver.execute_script(shown) == 2
    reader.click_map("Paper:ski")
    reader.shows("SkiNet: Downhill Networks")
    assert "SkiNet outperforms Swin Transformer" in reader.text("#about-comparisons")


def test_what_a_filter_leaves_out_is_grey_and_not_gone(reader: Reader) -> None:
    colour = (
        "const skinet = kg.data.nodes[kg.data.byKey.get('Model:SkiNet')];"
        "return kg.paint.node(skinet, {layers: new Set(arguments[0]), roles: new Map()}).color.background"
    )
    before = reader.driver.execute_script("return kg.canvas.shown().length")
    reader.click("input[value=Model]")
    assert reader.driver.execute_script("return kg.canvas.shown().length") == before
    assert reader.driver.execute_script(colour, []) != reader.driver.execute_script(colour, ["Model"])


def test_all_is_reached_by_keyboard(reader: Reader) -> None:
    reader.type("/")
    assert reader.driver.switch_to.active_element.get_attribute("id") == "search"
    reader.search("ski")
    reader.type(ENTER)
    reader.shows("SkiNet")
    reader.wait("document.activeElement.id === 'panel'")
    reader.type(TAB + TAB)
    assert reader.driver.execute_script("return document.querySelector('#panel').contains(document.activeElement)")
    reader.driver.execute_script("document.querySelector('#about-beats button.name').focus()")
    reader.type(ENTER)
    reader.shows("Swin Transformer")
    reader.type(ESCAPE)
    reader.shows("Overview")
    reader.driver.execute_script("document.querySelector('#map').focus()")
    before = reader.driver.execute_script("return kg.canvas.at(0).x")
    reader.type(RIGHT)
    assert reader.driver.execute_script("return kg.canvas.at(0).x") < before


def test_what_is_selected_can_be_shared_and_gone_back_to(reader: Reader) -> None:
    reader.go("#Model%3ASkiNet")
    reader.shows("SkiNet")
    reader.click("#about-beats button.name")
    reader.shows("Swin Transformer")
    assert reader.driver.current_url.endswith("#Model%3ASwin%20Transformer")
    reader.driver.back()
    reader.shows("SkiNet")


def test_only_addresses_of_the_web_are_links(driver: Chrome, path: Path, claims: Claims, tmp_path: Path) -> None:
    reader = Reader(driver, path)
    reader.go("#Paper%3Aski")
    reader.shows("SkiNet: Downhill Networks")
    link = "return document.querySelector('#panel h2 a')?.href ?? null"
    assert driver.execute_script(link) == "https://example.org/ski"
    for i, address in enumerate(
        ["javascript:window.hacked=1", "data:text/html,<script>window.hacked=1</script>", " file:///etc/passwd", "//x", "x"]
    ):
        claims.paper(f"p{i}", f"Paper {i}", url=address)
    write_page(claims.graph, tmp_path / "links.html")
    other = Reader(driver, tmp_path / "links.html")
    for i in range(5):
        other.go(f"#Paper%3Ap{i}")
        other.shows(f"Paper {i}")
        assert driver.execute_script(link) is None


HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg/onload=window.hacked=1>",
    "{{ 7 * 7 }} {% include 'x' %} ${window.hacked=1}",
    "a\u2028b\u2029c \u202e reversed \x00 \x1b[31m",
    "<!--<script>",
    "__proto__",
    "\\u003c/script> \"'`",
]


def test_other_people_s_text_never_runs(driver: Chrome, tmp_path: Path) -> None:
    claims = Claims()
    names = [claims.node(f"Model:{text}", text + " alias", label=text) for text in HOSTILE]
    claims.node("Model:victim")
    for i, (name, text) in enumerate(zip(names, HOSTILE, strict=True)):
        claims.paper(f"p{i}{text}", text, url=f"javascript:{text}", date=text, authors=[text])
        optional = dict.fromkeys(
            ("dataset", "metric", "task", "delta", "hedge", "condition", "subject_value", "object_value", "unit"), text
        )
        claims.say(name, "OUTPERFORMS", "Model:victim", f"p{i}{text}", f"{text} beats the victim.", **optional)
        claims.say(f"Paper:p{i}{text}", "PROPOSES", name, f"p{i}{text}", text)
    write_page(claims.graph, tmp_path / "hostile.html", title=HOSTILE[0])
    reader = Reader(driver, tmp_path / "hostile.html")
    scripts = driver.execute_script("return document.scripts.length")
    reader.go("#Model%3Avictim")
    reader.shows("victim")
    beaten = driver.execute_script("return document.querySelector('#about-beaten').textContent")
    for text in HOSTILE:
        assert text in beaten
    for name in claims.graph:
        driver.execute_script("location.hash = '#' + encodeURIComponent(arguments[0])", name)
        reader.wait("location.hash === '#' + encodeURIComponent(arguments[0]) && document.querySelector('#panel h2')", name)
    for box in ("Paper", "More models"):
        driver.execute_script("document.querySelector(`input[value='${arguments[0]}']`)?.click()", box)
    reader.search("script")
    assert driver.execute_script("return typeof window.hacked") == "undefined"
    assert driver.execute_script("return document.scripts.length") == scripts
    assert driver.execute_script("return document.querySelectorAll('img, svg, iframe').length") == 0
    assert driver.title == HOSTILE[0]
    assert reader.complaints() == []
    assert {address.partition("#")[0] for address in reader.requests()} <= {"about:blank", reader.address}


def test_nothing_can_be_fetched_or_run_that_is_not_the_page_s_own(driver: Chrome, path: Path) -> None:
    reader = Reader(driver, path)
    driver.execute_script(
        "window.refused = []; addEventListener('securitypolicyviolation', (e) => window.refused.push(e.effectiveDirective));"
        "fetch('https://example.org/').catch(() => {}); new Image().src = 'https://example.org/x.png';"
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 1'; document.body.append(s);"
    )
    reader.wait("window.refused.length >= 3")
    assert driver.execute_script("return window.refused.map((d) => d.split('-')[0]).sort()") == ["connect", "img", "script"]
    assert driver.execute_script("return typeof window.hacked") == "undefined"
    assert not [address for address in reader.requests() if address.startswith("http")]
    reader.complaints()


def test_it_fits_a_phone(reader: Reader) -> None:
    chromium.view(reader.driver, 390, 844)
    reader.go("#Model%3ASwin%20Transformer")
    reader.shows("Swin Transformer")
    assert reader.driver.execute_script("return document.documentElement.scrollWidth") <= 390
    for selector in ("#search", "#map", "#legend", "#panel"):
        box = reader.driver.execute_script(
            "const b = document.querySelector(arguments[0]).getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]", selector
        )
        assert 0 <= box[0] < box[1] <= 390, selector
        assert 0 <= box[2] < box[3] <= 844, selector


def test_light_and_dark(reader: Reader) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = reader.driver.execute_script(ground)
    chromium.view(reader.driver, 1440, 900, dark=True)
    dark = reader.driver.execute_script(ground)
    assert light != dark
    reader.click("#theme")
    assert reader.driver.execute_script(ground) == light


def test_a_page_of_thousands_opens_and_answers_at_once(driver: Chrome, tmp_path: Path) -> None:
    graph = many(papers=475)
    assert graph.number_of_nodes() > 2500
    assert graph.number_of_edges() >= 3800
    write_page(graph, tmp_path / "many.html")
    assert (tmp_path / "many.html").stat().st_size < 4_000_000
    driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    reader = Reader(driver, tmp_path / "many.html")
    reader.shows("Overview")
    opened = busy(driver)
    reader.search("model 7")
    reader.type(ENTER)
    reader.shows("model 7")
    answered = busy(driver) - opened
    assert opened + answered < 1.5, f"{opened:.2f} s to open, {answered:.2f} s to answer, of the page's own time"


def busy(driver: Chrome) -> float:
    """Seconds of processor time that the page has used: what a busy machine does not change."""
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def many(papers: int) -> nx.MultiDiGraph:
    """A graph of the size that a few hundred papers give: most models met once, a few met everywhere."""
    chance, claims = random.Random(7), Claims()
    known = [claims.node(f"Model:model {i}") for i in range(400)]
    tasks = [claims.node(f"Task:task {i}") for i in range(300)]
    datasets = [claims.node(f"Dataset:dataset {i}") for i in range(200)]
    for i in range(papers):
        paper = claims.paper(f"p{i}", f"Paper number {i} about one thing and another", year=2020)
        own = [claims.node(f"Model:new {i}-{j}") for j in range(3)]
        for j in range(8):
            sentence = (
                f"In paper {i} this is sentence number {j}, which goes on for about as long as such sentences do, as everybody knows."
            )
            if j < 3:
                other = known[int(chance.paretovariate(0.7)) % len(known)]
                claims.say(
                    own[j], "OUTPERFORMS", other, f"p{i}", sentence, delta=f"{j}.{i}%", dataset=chance.choice(datasets).partition(":")[2]
                )
            elif j < 6:
                claims.say(paper, "PROPOSES", own[j - 3], f"p{i}", sentence)
            else:
                claims.say(paper, "ADDRESSES", chance.choice(tasks), f"p{i}", sentence)
    return claims.graph
