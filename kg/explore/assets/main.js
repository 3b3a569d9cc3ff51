/* The state of the page, and what changes it. */
(() => {
  const { byId } = kg.dom;
  const first = kg.data.first;
  const state = { selected: null, edge: null, hover: null, layers: new Set(["Model"]), roles: new Map() };

  const go = (id) => { select(id); byId("panel").focus({ preventScroll: true }); };
  const home = () => { clear(); kg.canvas.frame(first); byId("search").value = ""; };

  function apply() {
    state.roles = state.edge === null ? kg.paint.roles(state.selected) : kg.paint.ends(state.edge);
    kg.canvas.render();
  }

  /** Land on a node: it and its neighbours are on the map, its claims in the panel. */
  function select(id, remember = true) {
    const around = neighbours(id);
    Object.assign(state, { selected: id, edge: null });
    kg.canvas.show([id, ...around]);
    apply();
    kg.canvas.frame([id, ...around.filter((n) => near(n, id))]);
    if (remember) address(`#${encodeURIComponent(kg.data.nodes[id].key)}`);
    return kg.panel.show(id, go, home);
  }

  const COMPARES = new Set(["OUTPERFORMS", "COMPARABLE_TO"]);
  const MOST = 80;

  /** Neighbours that come with a selection: what it is compared with, else whatever it is joined to; the most compared first. */
  function neighbours(id) {
    const kin = kg.data.family(id);
    const edges = [...kin].flatMap((k) => kg.data.joined[k]).map((i) => kg.data.edges[i]);
    const compared = edges.filter((e) => COMPARES.has(e.relation));
    const ends = new Set((compared.length ? compared : edges).flatMap((e) => [e.from, e.to]));
    return [...new Set([...kin, ...ends])].sort((a, b) => kg.data.compared(b) - kg.data.compared(a) || a - b).slice(0, MOST);
  }

  const near = (a, b) => Math.hypot(kg.data.nodes[a].x - kg.data.nodes[b].x, kg.data.nodes[a].y - kg.data.nodes[b].y) < 900;

  function selectEdge(id) {
    Object.assign(state, { selected: null, edge: id });
    apply();
    return kg.panel.showEdge(id, go, home);
  }

  function clear(remember = true) {
    Object.assign(state, { selected: null, edge: null });
    kg.canvas.only([...first, ...kg.data.layers.filter((layer) => state.layers.has(layer.name)).flatMap((layer) => layer.ids)]);
    apply();
    if (remember) address("");
    kg.panel.overview(go);
  }

  function toggle(name, on) {
    if (on) {
      state.layers.add(name);
      kg.canvas.show(kg.data.layers.find((layer) => layer.name === name).ids);
    } else state.layers.delete(name);
    apply();
  }

  /** What is selected stands in the address, so that it can be shared and gone back to. */
  function address(hash) {
    if (location.hash === hash) return;
    try { history.pushState(null, "", hash || location.pathname + location.search); } catch { /* a page inside a page may not */ }
  }

  function follow() {
    let key = "";
    try { key = decodeURIComponent(location.hash.slice(1)); } catch { /* not one of ours */ }
    if (kg.data.byKey.has(key)) select(kg.data.byKey.get(key), false);
    else if (state.selected !== null) clear(false);
  }

  function dress() {
    const chosen = document.documentElement.dataset.theme;
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    byId("theme").textContent = dark ? "☀" : "☾";
    kg.paint.forget();
    kg.canvas.render();
    return dark;
  }

  kg.canvas.start(byId("map"), state, { select, selectEdge, clear });
  kg.canvas.show(first);
  apply();
  kg.canvas.frame(first, 1.4, false);
  kg.legend.draw(state, toggle);
  kg.panel.overview(go);
  kg.search.attach(byId("search"), byId("found"), go);
  dress();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = byId("theme").textContent === "☀" ? "light" : "dark";
    dress();
  });
  byId("closer").addEventListener("click", () => kg.canvas.zoom(1.3));
  byId("farther").addEventListener("click", () => kg.canvas.zoom(1 / 1.3));
  byId("all").addEventListener("click", () => kg.canvas.frame(kg.canvas.shown()));
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement.tagName !== "INPUT") { byId("search").focus(); event.preventDefault(); }
    if (event.key === "Escape" && (state.selected !== null || state.edge !== null)) clear();
  });
  follow();
})();
