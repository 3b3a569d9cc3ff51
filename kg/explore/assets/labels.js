/* Names on the map. As many as can be read: the most important first, each only where no other stands. */
kg.labels = (() => {
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
  const HUBS = 20; /* names that come before those of the groups */
  const widths = new Map();
  let drawn = [];

  const hue = (i) => (i * 137.5 + 210) % 360;
  const short = (text) => (text.length > 34 ? text.slice(0, 32).trimEnd() + "…" : text);

  function width(ctx, text, size, weight) {
    const key = weight + text;
    if (!widths.has(key)) {
      ctx.font = `${weight} 100px ${FONT}`;
      widths.set(key, ctx.measureText(text).width / 100);
    }
    return widths.get(key) * size;
  }

  const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  /** Nodes worth a name, most important first. */
  function ranked(state, shown) {
    const rank = { won: 4, self: 3, lost: 2, level: 2, linked: 1 };
    return shown
      .filter((n) => (state.roles.size ? state.roles.has(n.id) : state.layers.has(n.layer)) || n.id === state.hover)
      .map((n) => ({ node: n, worth: (n.id === state.hover || n.id === state.selected ? 1e6 : 0) + (rank[state.roles.get(n.id)] || 0) * 1e4 + kg.data.compared(n.id) * 10 + kg.data.joined[n.id].length }))
      .sort((a, b) => b.worth - a.worth || a.node.id - b.node.id);
  }

  /** Draw in vis-network's own coordinates, `scale` pixels to its unit; sizes on the screen stay the same at every zoom. */
  function draw(ctx, scale, view, state, shown, edges) {
    const px = 1 / scale;
    const order = ranked(state, shown);
    const taken = order.slice(0, 60).filter(({ node }) => node.size > 12).map(({ node }) => disc(node, 0.72));
    drawn = [];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    order.forEach(({ node }, i) => {
      if (i === HUBS) groupNames(ctx, px, state, taken);
      if (node.x >= view.left && node.x <= view.right && node.y >= view.top && node.y <= view.bottom) name(ctx, px, node, view, state, taken);
    });
    if (order.length <= HUBS) groupNames(ctx, px, state, taken);
    for (const edge of edges) margin(ctx, px, edge, state, taken);
  }

  /** How much the better is better, in the middle of an edge of what is selected. */
  function margin(ctx, px, edge, state, taken) {
    const kin = [edge.from, edge.to].filter((id) => state.roles.get(id) === "self");
    const claim = kin.length && edge.relation === "OUTPERFORMS" && edge.claims.map((i) => kg.data.claims[i]).find((c) => c.delta);
    if (!claim) return;
    const a = kg.data.nodes[edge.from], b = kg.data.nodes[edge.to], size = 10.5 * px;
    const text = kg.claims.tidy(claim.delta);
    if (text.length > 14) return;
    const box = around((a.x + b.x) / 2, (a.y + b.y) / 2, width(ctx, text, size, 400) + 4 * px, size * 1.15);
    if (taken.some((other) => overlap(box, other))) return;
    taken.push({ ...box, id: -3 });
    write(ctx, text, box, `400 ${size}px ${FONT}`, px, kg.paint.theme().ink);
  }

  /** A node's name below it, else above or beside, where it covers nothing in `taken`, to which it is added. */
  function name(ctx, px, node, view, state, taken) {
    const t = kg.paint.theme();
    const role = state.roles.get(node.id);
    const always = node.id === state.selected || node.id === state.hover, self = always || role === "self";
    const size = (self ? 14 : Math.min(10.5 + Math.sqrt(kg.data.compared(node.id)) * 0.7, 15)) * px;
    const weight = self ? 700 : node.size > 14 ? 600 : 400;
    const text = short(node.label);
    const w = width(ctx, text, size, weight) + 4 * px, h = size * 1.15;
    const down = node.size + h / 2 + 2 * px, across = node.size + w / 2 + 2 * px;
    const boxes = [[0, down], [0, -down], [across, 0], [-across, 0]].map(([dx, dy]) => ({ ...around(node.x + dx, node.y + dy, w, h), id: node.id }));
    const inside = boxes.filter((b) => b.left >= view.left && b.right <= view.right && b.top >= view.top && b.bottom <= view.bottom);
    const box = inside.find((b) => taken.every((other) => other.id === node.id || !overlap(b, other))) || (always && (inside[0] || boxes[0]));
    if (!box) return;
    taken.push({ ...box, id: -1 });
    drawn.push(box);
    write(ctx, text, box, `${weight} ${size}px ${FONT}`, px, role === "won" || role === "lost" || role === "level" ? t[role] : t.ink);
  }

  const around = (x, y, w, h) => ({ x, y, left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 });

  function write(ctx, text, at, font, px, color) {
    ctx.font = font;
    ctx.lineWidth = 3.5 * px;
    ctx.strokeStyle = kg.paint.theme().ground;
    ctx.strokeText(text, at.x, at.y);
    ctx.fillStyle = color;
    ctx.fillText(text, at.x, at.y);
  }

  const disc = (node, part) => ({ id: node.id, left: node.x - node.size * part, right: node.x + node.size * part, top: node.y - node.size * part, bottom: node.y + node.size * part });

  /** The node whose name is drawn at a point, or null. */
  const at = (x, y) => { const box = drawn.find((b) => x >= b.left && x <= b.right && y >= b.top && y <= b.bottom); return box ? box.id : null; };

  /** Soft ground under each named group, and its name above it. */
  function regions(ctx, state) {
    if (state.roles.size) return;
    const t = kg.paint.theme();
    kg.data.groups.forEach((group, i) => {
      if (group.members.length < 5) return;
      const inside = new Set(group.members);
      const tint = `hsl(${hue(i)} ${t.dark ? "26% 15%" : "48% 94%"})`;
      ctx.fillStyle = ctx.strokeStyle = tint;
      ctx.lineWidth = 64;
      ctx.lineCap = "round";
      ctx.beginPath();
      for (const edge of kg.data.edges) {
        if (edge.relation !== "OUTPERFORMS" || !inside.has(edge.from) || !inside.has(edge.to)) continue;
        const a = kg.data.nodes[edge.from], b = kg.data.nodes[edge.to];
        ctx.moveTo(a.x, a.y);
        ctx.lineTo(b.x, b.y);
      }
      ctx.stroke();
      ctx.beginPath();
      for (const id of group.members) {
        const n = kg.data.nodes[id];
        ctx.moveTo(n.x, n.y);
        ctx.arc(n.x, n.y, n.size + 30, 0, 2 * Math.PI);
      }
      ctx.fill();
    });
  }

  /** Names of the groups, as long as nothing is selected: each at the rim of its ground or within, where there is room. */
  function groupNames(ctx, px, state, taken) {
    if (state.roles.size) return;
    const t = kg.paint.theme();
    kg.data.groups.forEach((group, i) => {
      if (!group.name) return;
      const members = group.members.map((id) => kg.data.nodes[id]);
      const text = short(group.name).toUpperCase(), size = 11.5 * px;
      const w = width(ctx, text, size, 700) + 8 * px, h = size * 1.3;
      const xs = members.map((n) => n.x).sort((a, b) => a - b), ys = members.map((n) => n.y).sort((a, b) => a - b);
      const x = xs[xs.length >> 1], y = ys[ys.length >> 1], top = ys[0] - 34, bottom = ys[ys.length - 1] + 34;
      const spots = [[x, top], [x, bottom], ...members.flatMap((n) => [[n.x, n.y - 44], [n.x, n.y + 44]])];
      const box = spots.map(([a, b]) => around(a, b, w, h)).find((b) => !taken.some((other) => overlap(b, other)));
      if (!box) return;
      taken.push({ ...box, id: -2 });
      write(ctx, text, box, `700 ${size}px ${FONT}`, px, `hsl(${hue(i)} ${t.dark ? "55% 74%" : "60% 30%"})`);
    });
  }

  return { draw, at, regions, short };
})();
