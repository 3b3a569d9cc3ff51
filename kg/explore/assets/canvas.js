/* The map: a vis-network that holds what is shown, at the places computed beforehand. */
kg.canvas = (() => {
  const shown = new Map();
  let network, nodes, edges, box, act, state;

  /** Start in `container`; `actions` are `select(id)`, `selectEdge(id)`, `clear()`. */
  function start(container, initial, actions) {
    box = container;
    act = actions;
    state = initial;
    nodes = new vis.DataSet();
    edges = new vis.DataSet();
    network = new vis.Network(container, { nodes, edges }, { ...kg.data.options, interaction: { ...kg.data.options.interaction, dragNodes: false, keyboard: false } });
    network.on("beforeDrawing", (ctx) => kg.labels.regions(ctx, network.getScale(), state));
    network.on("afterDrawing", (ctx) => {
      const taken = kg.labels.draw(ctx, network.getScale(), visible(), state, [...shown.values()]);
      kg.labels.groupNames(ctx, network.getScale(), state, taken);
    });
    network.on("click", click);
    network.on("hoverNode", (e) => hover(e.node, kg.panel.brief(e.node), e.event));
    network.on("hoverEdge", (e) => hover(null, kg.panel.briefEdge(e.edge), e.event));
    network.on("blurNode", () => hover(null, null));
    network.on("blurEdge", () => hover(null, null));
    network.on("dragStart", () => hover(null, null));
    keys(container);
  }

  function visible() {
    const a = network.DOMtoCanvas({ x: 0, y: 0 }), b = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
    return { left: a.x, top: a.y, right: b.x, bottom: b.y };
  }

  function click(event) {
    const { x, y } = event.pointer.canvas;
    const named = event.nodes.length ? event.nodes[0] : kg.labels.at(x, y);
    if (named !== null && named !== undefined) act.select(named);
    else if (event.edges.length) act.selectEdge(event.edges[0]);
    else act.clear();
    network.unselectAll();
  }

  function hover(id, text, event) {
    state.hover = id;
    const tip = kg.dom.byId("tip");
    tip.hidden = !text;
    if (text && event) {
      kg.dom.fill(tip, text);
      const frame = box.getBoundingClientRect();
      const x = event.clientX - frame.left, y = event.clientY - frame.top;
      tip.style.left = `${Math.max(8, Math.min(x + 14, frame.width - tip.offsetWidth - 8))}px`;
      tip.style.top = `${y + 18 + tip.offsetHeight > frame.height ? y - tip.offsetHeight - 10 : y + 18}px`;
    }
    network.redraw();
  }

  /** Put more nodes on the map, with every edge between what is then shown. */
  function show(ids) {
    const fresh = ids.filter((id) => !shown.has(id));
    if (!fresh.length) return;
    for (const id of fresh) shown.set(id, kg.data.nodes[id]);
    const added = new Set(fresh.flatMap((id) => kg.data.joined[id]).filter((i) => shown.has(kg.data.edges[i].from) && shown.has(kg.data.edges[i].to)));
    nodes.add(fresh.map((id) => {
      const n = kg.data.nodes[id];
      return look(n, kg.paint.node(n, state), { id, x: n.x, y: n.y, size: n.size, shape: n.shape });
    }));
    edges.add([...added].sort((a, b) => a - b).map((i) => {
      const e = kg.data.edges[i];
      return look(e, kg.paint.edge(e, state), { id: i, from: e.from, to: e.to, ...(e.relation === "COMPARABLE_TO" ? { arrows: "" } : {}) });
    }));
  }

  const looks = new Map();

  /** vis-network's options of a node or edge, remembered so that only what changes is drawn anew. */
  function look(data, style, base) {
    const color = { ...style.color, highlight: style.color.color || style.color, hover: style.color.color || style.color };
    looks.set(data, JSON.stringify(style));
    return { ...base, ...style, color };
  }

  /** Take away all but these nodes. */
  function only(ids) {
    const keep = new Set(ids);
    const gone = [...shown.keys()].filter((id) => !keep.has(id));
    edges.remove([...new Set(gone.flatMap((id) => kg.data.joined[id]))].filter((i) => edges.get(i)));
    nodes.remove(gone);
    for (const id of gone) shown.delete(id);
    show(ids);
  }

  /** Bring every look up to the state. */
  function restyle() {
    const changedNodes = [], changedEdges = [];
    for (const n of shown.values()) {
      const style = kg.paint.node(n, state);
      if (looks.get(n) !== JSON.stringify(style)) changedNodes.push(look(n, style, { id: n.id }));
    }
    for (const i of edges.getIds()) {
      const e = kg.data.edges[i], style = kg.paint.edge(e, state);
      if (looks.get(e) !== JSON.stringify(style)) changedEdges.push(look(e, style, { id: i }));
    }
    if (changedNodes.length) nodes.update(changedNodes);
    if (changedEdges.length) edges.update(changedEdges);
    network.redraw();
  }

  /** Move so that these nodes fill the map, no nearer than `nearest`. */
  function frame(ids, nearest = 1.4, animate = true) {
    const places = ids.map((id) => kg.data.nodes[id]);
    if (!places.length) return;
    const xs = places.map((n) => n.x), ys = places.map((n) => n.y);
    const w = Math.max(...xs) - Math.min(...xs) + 160, h = Math.max(...ys) - Math.min(...ys) + 120;
    const scale = Math.min(box.clientWidth / w, box.clientHeight / h, nearest);
    const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({
      position: { x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2 },
      scale, animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" },
    });
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.max(0.02, Math.min(8, network.getScale() * factor)) });
  }

  function keys(container) {
    const STEP = 80;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    container.addEventListener("keydown", (event) => {
      const move = moves[event.key];
      if (move) {
        const at = network.getViewPosition(), step = STEP / network.getScale();
        network.moveTo({ position: { x: at.x + move[0] * step, y: at.y + move[1] * step } });
      } else if (event.key === "+" || event.key === "=") zoom(1.25);
      else if (event.key === "-") zoom(0.8);
      else if (event.key === "0") frame([...shown.keys()]);
      else return;
      event.preventDefault();
    });
  }

  return { start, show, only, restyle, frame, zoom, shown: () => [...shown.keys()], at: (id) => network.canvasToDOM(kg.data.nodes[id]) };
})();
