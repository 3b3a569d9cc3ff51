"""`write_page`: one HTML file that holds the graph, its claims and all that is needed to look at them."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx

from kg.explore.network import SHAPES, network
from kg.explore.select import choose

TITLE = "What beats what"
SCRIPTS = ("dom.js", "data.js", "search.js", "paint.js", "labels.js", "canvas.js", "claims.js", "panel.js", "legend.js", "main.js")
"""In the order in which they run: each uses only those before it."""
VIS = "lib/vis-9.1.2/vis-network.min.js"


def write_page(graph: nx.MultiDiGraph, path: Path, *, title: str = TITLE) -> None:
    """Write `graph` to `path` as one HTML page that fetches nothing; the same graph gives the same bytes."""
    path.write_bytes(page(graph, title=title).encode("utf-8", "replace"))


def page(graph: nx.MultiDiGraph, *, title: str = TITLE) -> str:
    """The page as text. Scripts and style are inlined, and named by hash in its Content-Security-Policy: no other can run."""
    from jinja2 import Environment, FunctionLoader
    from markupsafe import Markup

    view = choose(graph)
    net, beside = network(graph, view)
    nodes, edges, _, _, _, options = net.get_network_data()
    data = embedded({"title": title, "types": list(SHAPES), "nodes": nodes, "edges": edges, "options": json.loads(options), **beside})
    scripts = [vis_network(), *(inline(asset(name)) for name in SCRIPTS)]
    style = inline(asset("page.css"))
    template = Environment(loader=FunctionLoader(asset), autoescape=True, keep_trailing_newline=True).get_template("template.html")
    return template.render(
        title=title,
        policy=policy(scripts, style),
        style=Markup(style),
        scripts=[Markup(s) for s in scripts],
        data=Markup(data),
    )


def embedded(value: Any) -> str:
    """JSON that is inert inside a `<script>`: no character of it can end the element or start markup, all are ASCII."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def policy(scripts: list[str], style: str) -> str:
    """A Content-Security-Policy under which nothing can be fetched, and only these scripts and this style apply."""
    allowed = " ".join(f"'sha256-{digest(s)}'" for s in scripts)
    rules = ["default-src 'none'", f"script-src {allowed}", f"style-src 'sha256-{digest(style)}'", "base-uri 'none'", "form-action 'none'"]
    return "; ".join(rules)


def digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def asset(name: str) -> str:
    """The text of a file beside this one, line breaks as an HTML parser leaves them."""
    return (files("kg.explore") / "assets" / name).read_text("utf-8")


def vis_network() -> str:
    """vis-network as pyvis ships it, without the line that would make developer tools ask for a source map."""
    text = (files("pyvis") / VIS).read_text("utf-8")
    return inline("\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")))


def inline(text: str) -> str:
    """The text of a script or style, checked to be whole inside its element. Raises ValueError where it would end it."""
    if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
        raise ValueError("an inlined file would end its own element")
    return f"\n{text.strip()}\n".replace("\r\n", "\n").replace("\r", "\n")
