/* What stands beside the map: an overview, or the claims of a node, or those behind one edge. */
kg.panel = (() => {
  const { el, fill, theirs, link, byId } = kg.dom;
  const FIRST = 12;
  const plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;

  function put(...content) {
    const panel = byId("panel");
    fill(panel, ...content);
    panel.scrollTop = 0;
  }

  /** The way in: what was read, how to read the map, and the models that are compared most. */
  function overview(go) {
    const { papers, nodes, tally, compared, left_out: leftOut } = kg.data;
    const top = nodes.filter((n) => n.group === "Model" && compared(n.id)).sort((a, b) => compared(b.id) - compared(a.id) || a.id - b.id).slice(0, 15);
    put(
      el("h2", {}, "Overview"),
      el("p", {}, `${plural(papers.read, "paper")} read, ${papers.comparing.toLocaleString("en")} of them with comparisons. An arrow runs from the better model to the worse; a larger node is compared more often. Pick a node to see its claims and the sentences they come from.`),
      leftOut > 0 && el("p", { class: "note" }, `This page holds the most connected part: ${plural(leftOut, "node")} more are in the database, where kg query finds them.`),
      top.length > 0 && el("h3", {}, "Most compared models"),
      el("ol", { class: "top" }, top.map((n) => el("li", {},
        el("button", { type: "button", class: "name", "data-node": n.id, onclick: () => go(n.id) }, theirs(n.label)),
        el("span", { class: "small" }, [tally[n.id].lost && `beaten by ${tally[n.id].lost}`, tally[n.id].won && `beats ${tally[n.id].won}`].filter(Boolean).join(" · "))))));
  }

  function section(part, id, go) {
    const cards = kg.claims.cards(part, id, go);
    const list = el("ol", { class: "cards" }, cards.slice(0, FIRST));
    const rest = cards.slice(FIRST);
    const more = rest.length > 0 && el("button", { type: "button", class: "rest", onclick: () => { list.append(...rest); rest[0].tabIndex = -1; rest[0].focus(); more.remove(); } }, `Show ${rest.length} more`);
    return el("section", { id: `about-${part.name}`, class: `about ${part.name}`, "aria-labelledby": `title-${part.name}` },
      el("h3", { id: `title-${part.name}` }, part.title, " ", el("span", { class: "count" }, part.claims.length)), list, more);
  }

  const back = (home) => el("button", { type: "button", class: "back", onclick: home }, "← Overview");

  /** A node's claims. */
  async function show(id, go, home) {
    const node = kg.data.nodes[id];
    const parts = await kg.data.about(id);
    const names = (node.aliases || []).slice(0, 8);
    put(
      back(home),
      el("p", { class: "kind" }, kg.legend.swatch(node.group), node.group, node.year && ` · ${node.year}`, node.author_count && ` · ${plural(node.author_count, "author")}`),
      el("h2", {}, node.group === "Paper" ? link(node.url, node.label) : theirs(node.label)),
      names.length > 0 && el("p", { class: "aliases" }, "Also written ", names.map((a, i) => [i > 0 && ", ", theirs(a)])),
      parts.length > 1 && el("p", { class: "jumps" }, parts.map((p) => el("button", { type: "button", class: `jump ${p.name}`, onclick: () => jump(p.name) }, `${p.title} `, el("span", { class: "count" }, p.claims.length)))),
      parts.length === 0 && el("p", {}, "The papers read here make no claim about it."),
      parts.map((p) => section(p, id, go)));
    byId("said").textContent = `${node.label}: ${parts.map((p) => `${p.title} ${p.claims.length}`).join(", ") || "no claims"}`;
  }

  function jump(name) {
    const title = byId(`title-${name}`);
    title.tabIndex = -1;
    title.scrollIntoView({ block: "start" });
    title.focus({ preventScroll: true });
  }

  /** The claims that one edge of the map stands for. */
  async function showEdge(edgeId, go, home) {
    const claims = await kg.data.between(edgeId);
    const edge = kg.data.edges[edgeId];
    const view = kg.claims.VERB[edge.relation] ? "pair" : edge.relation === "ACHIEVES" ? "result" : edge.relation === "SOTA_ON" ? "sota" : "paper";
    put(back(home), el("p", { class: "kind" }, plural(claims.length, "claim")),
      el("h2", {}, theirs(kg.data.nodes[edge.from].label), ` ${relation(edge)} `, theirs(kg.data.nodes[edge.to].label)),
      el("ol", { class: "cards" }, kg.claims.cards({ view, claims }, null, go)));
  }

  const relation = (edge) => kg.claims.VERB[edge.relation] || edge.relation.toLowerCase().replaceAll("_", " ");

  /** Tooltips: plain text. */
  function brief(id) {
    const node = kg.data.nodes[id], t = kg.data.tally[id];
    const told = [t.lost && `beaten by ${t.lost}`, t.won && `beats ${t.won}`, t.level && `comparable to ${t.level}`].filter(Boolean).join(", ");
    return `${node.label} — ${node.group}${told ? `: ${told}` : ""}`;
  }

  function briefEdge(edgeId) {
    const edge = kg.data.edges[edgeId];
    const claims = edge.claims.map((i) => kg.data.claims[i]);
    const best = claims.find((c) => c.delta) || claims[0];
    const said = [kg.claims.margin(best), kg.claims.where(best)].filter(Boolean).join(", ");
    return `${kg.data.nodes[edge.from].label} ${relation(edge)} ${kg.data.nodes[edge.to].label}${said ? ` — ${said}` : ""}${claims.length > 1 ? ` (${claims.length} claims)` : ""}`;
  }

  return { overview, show, showEdge, brief, briefEdge };
})();
