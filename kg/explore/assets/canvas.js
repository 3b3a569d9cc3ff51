/* The map: a vis-network that holds what is shown, at the places computed beforehand. */
kg.canvas = (() => {
  const shown = new Map(), nodeLooks = new Map(), edgeLooks = new Map();
  let network, nodes, edges, box, act, state;

  /** Start in `container`; `actions` are `select(id)`, `selectEdge(id)`, `clear()`. */
  function start(container, initial, actions) {
    box = container;
    act = actions;
    state = initial;
    nodes = new vis.DataSet();
    edges = new vis.DataSet();
    network = new vis.Network(container, { nodes, edges }, { ...kg.data.options, interaction: { ...kg.data.options.interaction, dragNodes: false, keyboard: false } });
    network.on("beforeDrawing", (ctx) => kg.labels.regions(ctx, state));
    network.on("afterDrawing", (ctx) => kg.labels.draw(ctx, network.getScale(), visible(), state, [...shown.values()], joinedEdges()));
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

  /** Edges of what is selected. */
  const joinedEdges = () => [...state.roles].filter(([, role]) => role === "self").flatMap(([id]) => kg.data.joined[id]).filter((i) => edgeLooks.has(i)).map((i) => kg.data.edges[i]);

  /** The node whose rim is within a finger's breadth of a point, or null. */
  function nearest(x, y) {
    let best = null, least = 10 / network.getScale();
    for (const n of shown.values()) {
      const far = Math.hypot(n.x - x, n.y - y) - n.size;
      if (far < least) { best = n.id; least = far; }
    }
    return best;
  }

  function click(event) {
    const { x, y } = event.pointer.canvas;
    const named = event.nodes.length ? event.nodes[0] : kg.labels.at(x, y) ?? nearest(x, y);
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

  /** Put more nodes on the map; `render` draws them. */
  const show = (ids) => { for (const id of ids) shown.set(id, kg.data.nodes[id]); };

  /** Leave only these nodes on the map. */
  const only = (ids) => { shown.clear(); show(ids); };

  /** Comparisons are always drawn, what else joins two models only where one of them is selected and nothing compares it. */
  function drawn(edge) {
    if (!shown.has(edge.from) || !shown.has(edge.to)) return false;
    if (kg.claims.VERB[edge.relation] || state.edge === edge.id) return true;
    if (kg.data.nodes[edge.from].group !== "Model" || kg.data.nodes[edge.to].group !== "Model") return true;
    const kin = [edge.from, edge.to].filter((id) => state.roles.get(id) === "self");
    return kin.length > 0 && (edge.relation === "VARIANT_OF" ? kin.length === 2 : state.selected !== null && !kg.data.compared(state.selected));
  }

  /** Bring the map up to the state; only what has changed is handed to vis-network. */
  function render() {
    bring(nodes, [...shown.values()], kg.paint.node, (n) => ({ x: n.x, y: n.y, size: n.size, shape: n.shape }));
    bring(edges, kg.data.edges.filter(drawn), kg.paint.edge, (e) => ({ from: e.from, to: e.to }));
    network.redraw();
  }

  function bring(set, wanted, paint, place) {
    const looks = set === nodes ? nodeLooks : edgeLooks;
    const fresh = [], changed = [], keep = new Set(wanted.map((item) => item.id));
    for (const item of wanted) {
      const style = paint(item, state), look = JSON.stringify(style);
      if (looks.get(item.id) === look) continue;
      const color = style.color.color || style.color;
      const options = { id: item.id, ...style, color: { ...style.color, highlight: color, hover: color } };
      if (looks.has(item.id)) changed.push(options);
      else fresh.push({ ...options, ...place(item) });
      looks.set(item.id, look);
    }
    const gone = [...looks.keys()].filter((id) => !keep.has(id));
    for (const id of gone) looks.delete(id);
    if (gone.length) set.remove(gone);
    if (fresh.length) set.add(fresh);
    if (changed.length) set.update(changed);
  }

  /** Move so that these nodes fill the map, no nearer than `nearest`. */
  function frame(ids, nearest = 1.8, animate = true) {
    const places = ids.map((id) => kg.data.nodes[id]);
    if (!places.length) return;
    const xs = places.map((n) => n.x), ys = places.map((n) => n.y);
    const w = Math.max(...xs) - Math.min(...xs) , h = Math.max(...ys) - Math.min(...ys);
    const roomX = box.clientWidth - Math.min(150, box.clientWidth * 0.3), roomY = box.clientHeight - Math.min(90, box.clientHeight * 0.2);
    const scale = Math.min(roomX / Math.max(w, 1), roomY / Math.max(h, 1), nearest);
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

  return { start, show, only, render, frame, zoom, shown: () => [...shown.keys()], at: (id) => network.canvasToDOM(kg.data.nodes[id]) };
})();
