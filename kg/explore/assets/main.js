/* The state of the page, and what changes it. */
(() => {
  const { byId } = kg.dom;
  const first = kg.data.first;
  const state = { selected: null, edge: null, hover: null, layers: new Set(["Model"]), roles: new Map() };

  function apply() {
    state.roles = kg.paint.roles(state.selected);
    kg.canvas.render();
  }

  /** Land on a node: it and its neighbours are on the map, its claims in the panel. */
  function select(id) {
    const around = neighbours(id);
    state.selected = id;
    state.edge = null;
    state.roles = kg.paint.roles(id);
    kg.canvas.show([id, ...around]);
    apply();
    kg.canvas.frame([id, ...around.filter((n) => near(n, id))]);
    address(`#${encodeURIComponent(kg.data.nodes[id].key)}`);
    document.body.classList.add("chosen");
    return kg.panel.show(id, go, clear);
  }

  /** Neighbours that are shown with a selection: what it is compared with; for others than models whatever is joined. */
  function neighbours(id) {
    const kin = kg.data.family(id);
    const compares = (e) => e.relation === "OUTPERFORMS" || e.relation === "COMPARABLE_TO" || e.relation === "VARIANT_OF";
    const all = [...kin].flatMap((k) => kg.data.joined[k]).map((i) => kg.data.edges[i]);
    const kept = all.some(compares) ? all.filter(compares) : all;
    return [...new Set(kept.flatMap((e) => [e.from, e.to]))].slice(0, 80);
  }

  const near = (a, b) => Math.hypot(kg.data.nodes[a].x - kg.data.nodes[b].x, kg.data.nodes[a].y - kg.data.nodes[b].y) < 900;

  function go(id) {
    select(id);
    byId("panel").focus({ preventScroll: true });
  }

  function selectEdge(id) {
    Object.assign(state, { selected: null, edge: id });
    apply();
    document.body.classList.add("chosen");
    return kg.panel.showEdge(id, go, clear);
  }

  function clear() {
    Object.assign(state, { selected: null, edge: null });
    kg.canvas.only([...first, ...kg.data.layers.filter((layer) => state.layers.has(layer.name)).flatMap((layer) => layer.ids)]);
    apply();
    address(" ");
    document.body.classList.remove("chosen");
    kg.panel.overview(go);
  }

  function toggle(name, on) {
    if (on) {
      state.layers.add(name);
      kg.canvas.show(kg.data.layers.find((layer) => layer.name === name).ids);
    } else state.layers.delete(name);
    apply();
  }

  let ours = "";
  function address(hash) {
    ours = hash.trim();
    if (location.hash !== ours) history.replaceState(null, "", ours || location.pathname + location.search);
  }

  function follow() {
    let key = "";
    try { key = decodeURIComponent(location.hash.slice(1)); } catch { /* not one of ours */ }
    if (kg.data.byKey.has(key)) select(kg.data.byKey.get(key));
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
    if (event.key === "Escape" && document.body.classList.contains("chosen")) clear();
  });
  follow();
})();
