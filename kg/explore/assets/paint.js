/* How a node or an edge looks in a state: pure functions from state and theme to vis-network's options. */
kg.paint = (() => {
  let colors = null;

  /** The theme's colours, read from the style sheet, which is where they are kept. */
  function theme() {
    if (!colors) {
      const style = getComputedStyle(document.documentElement);
      const get = (name) => style.getPropertyValue(`--${name}`).trim();
      colors = { ink: get("ink"), faint: get("faint"), ground: get("ground"), out: get("out"), outline: get("outline"), edge: get("edge"), outedge: get("outedge"),
        won: get("won"), lost: get("lost"), level: get("level"), dark: get("dark") === "1" };
      for (const type of kg.data.types) colors[type] = get(type.toLowerCase());
    }
    return colors;
  }

  /** What the selection makes of its neighbours: Map of node id to won (it beats the selection), lost, level or linked. */
  function roles(selected) {
    const found = new Map();
    if (selected === null) return found;
    const order = ["linked", "level", "lost", "won"];
    const kin = kg.data.family(selected);
    const put = (id, role) => {
      if (!kin.has(id) && order.indexOf(role) > order.indexOf(found.get(id) || "")) found.set(id, role);
    };
    for (const member of kin) {
      for (const i of kg.data.joined[member]) {
        const edge = kg.data.edges[i];
        if (edge.relation === "OUTPERFORMS") put(edge.to === member ? edge.from : edge.to, edge.to === member ? "won" : "lost");
        else if (edge.relation === "COMPARABLE_TO") put(edge.to === member ? edge.from : edge.to, "level");
        else if (!kg.data.compared(selected)) put(edge.to === member ? edge.from : edge.to, "linked");
      }
    }
    for (const member of kin) found.set(member, "self");
    return found;
  }

  /** The two ends of a selected edge. */
  const ends = (edge) => new Map([[kg.data.edges[edge].from, "self"], [kg.data.edges[edge].to, "self"]]);

  function node(data, state) {
    const t = theme();
    const role = state.roles.get(data.id);
    const out = state.roles.size ? !role : !state.layers.has(data.layer);
    if (out) return { color: { background: t.out, border: t.out }, borderWidth: 0 };
    const ring = role === "self" ? t.ink : role && role !== "linked" ? t[role] : t.ground;
    return { color: { background: t[data.group] || t.ink, border: ring }, borderWidth: role && role !== "linked" ? 3 : 1 };
  }

  function edge(data, state) {
    const t = theme();
    const ends = [kg.data.nodes[data.from], kg.data.nodes[data.to]];
    const dashes = data.relation === "COMPARABLE_TO" ? [5, 5] : data.relation !== "OUTPERFORMS" && [2, 4];
    const kin = ends.map((n) => state.roles.get(n.id) === "self");
    const chosen = state.edge === data.id;
    const out = state.edge !== null ? !chosen : state.roles.size ? !kin[0] && !kin[1] : ends.some((n) => !state.layers.has(n.layer));
    const pointed = data.relation !== "COMPARABLE_TO";
    if (out) return { color: { color: t.outedge }, width: 0.6, dashes, arrows: { to: { enabled: false } } };
    const arrows = { to: { enabled: pointed } };
    if (chosen) return { color: { color: t.ink }, width: data.width + 1.5, dashes, arrows };
    if (!state.roles.size) return { color: { color: t.edge }, width: data.width, dashes, arrows };
    const color = data.relation === "OUTPERFORMS" ? (kin[0] && kin[1] ? t.ink : kin[1] ? t.won : t.lost) : data.relation === "COMPARABLE_TO" ? t.level : t.edge;
    return { color: { color }, width: data.width + 0.8, dashes, arrows };
  }

  return { theme, roles, ends, node, edge, forget: () => { colors = null; } };
})();
