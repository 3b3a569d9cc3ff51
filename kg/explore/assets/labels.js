/* Names on the map. As many as can be read: the most important first, each only where no other stands. */
kg.labels = (() => {
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
  const widths = new Map();
  let drawn = [];

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
    const rank = { self: 4, won: 3, lost: 2, level: 2, linked: 1 };
    return shown
      .filter((n) => (state.selected !== null ? state.roles.has(n.id) : state.types.has(n.group)) || n.id === state.hover)
      .map((n) => ({ node: n, worth: (n.id === state.hover ? 1e6 : 0) + (rank[state.roles.get(n.id)] || 0) * 1e4 + kg.data.compared(n.id) * 10 + kg.data.joined[n.id].length }))
      .sort((a, b) => b.worth - a.worth || a.node.id - b.node.id);
  }

  /** Draw in vis-network's own coordinates, `scale` pixels to its unit; sizes on the screen stay the same at every zoom. */
  function draw(ctx, scale, view, state, shown) {
    const t = kg.paint.theme();
    const px = 1 / scale;
    const order = ranked(state, shown);
    const taken = order.slice(0, 60).filter(({ node }) => node.size > 12).map(({ node }) => disc(node, 0.72));
    drawn = [];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const { node } of order) {
      if (node.x < view.left || node.x > view.right || node.y < view.top || node.y > view.bottom) continue;
      const self = state.roles.get(node.id) === "self" || node.id === state.hover;
      const size = (self ? 14 : Math.min(10.5 + Math.sqrt(kg.data.compared(node.id)) * 0.7, 15)) * px;
      const weight = self ? 700 : node.size > 14 ? 600 : 400;
      const text = short(node.label);
      const w = width(ctx, text, size, weight) + 4 * px, h = size * 1.15;
      const gap = node.size + h / 2 + 2 * px;
      const spots = [[0, gap], [0, -gap], [node.size + w / 2 + 2 * px, 0], [-node.size - w / 2 - 2 * px, 0]];
      const boxes = spots.map(([dx, dy]) => ({ x: node.x + dx, y: node.y + dy, left: node.x + dx - w / 2, right: node.x + dx + w / 2, top: node.y + dy - h / 2, bottom: node.y + dy + h / 2, id: node.id }));
      const box = boxes.find((b) => taken.every((other) => other.id === node.id || !overlap(b, other))) || (self && boxes[0]);
      if (!box) continue;
      taken.push({ ...box, id: -1 });
      drawn.push(box);
      ctx.font = `${weight} ${size}px ${FONT}`;
      ctx.lineWidth = 3.5 * px;
      ctx.strokeStyle = t.ground;
      ctx.strokeText(text, box.x, box.y);
      const role = state.roles.get(node.id);
      ctx.fillStyle = role === "won" || role === "lost" || role === "level" ? t[role] : t.ink;
      ctx.fillText(text, box.x, box.y);
    }
    return taken;
  }

  const disc = (node, part) => ({ id: node.id, left: node.x - node.size * part, right: node.x + node.size * part, top: node.y - node.size * part, bottom: node.y + node.size * part });

  /** The node whose name is drawn at a point, or null. */
  const at = (x, y) => { const box = drawn.find((b) => x >= b.left && x <= b.right && y >= b.top && y <= b.bottom); return box ? box.id : null; };

  /** Soft ground under each named group, and its name above it. */
  function regions(ctx, scale, state) {
    const t = kg.paint.theme();
    kg.data.groups.forEach((group, i) => {
      if (!group.name) return;
      const inside = new Set(group.members);
      const tint = `hsl(${(i * 137.5 + 210) % 360} ${t.dark ? "26% 15%" : "48% 94%"})`;
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

  /** Names of the groups, where nothing is selected and they do not cover the names of nodes. */
  function groupNames(ctx, scale, state, taken) {
    if (state.selected !== null || state.edge !== null) return;
    const t = kg.paint.theme();
    const px = 1 / scale;
    kg.data.groups.forEach((group, i) => {
      if (!group.name) return;
      const members = group.members.map((id) => kg.data.nodes[id]);
      const size = 13 * px;
      const text = group.name.toUpperCase();
      const w = width(ctx, text, size, 700), h = size * 1.2;
      const x = members.reduce((s, n) => s + n.x, 0) / members.length;
      const top = Math.min(...members.map((n) => n.y)) - 30, bottom = Math.max(...members.map((n) => n.y)) + 30;
      const middle = members.reduce((s, n) => s + n.y, 0) / members.length;
      for (const y of [top, bottom, (top + middle) / 2, (bottom + middle) / 2, middle]) {
        const box = { left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 };
        if (taken.some((other) => overlap(box, other))) continue;
        taken.push(box);
        ctx.font = `700 ${size}px ${FONT}`;
        ctx.lineWidth = 4 * px;
        ctx.strokeStyle = t.ground;
        ctx.strokeText(text, x, y);
        ctx.fillStyle = t.dark ? `hsl(${(i * 137.5 + 210) % 360} 55% 74%)` : `hsl(${(i * 137.5 + 210) % 360} 60% 30%)`;
        ctx.fillText(text, x, y);
        return;
      }
    });
  }

  return { draw, at, regions, groupNames, short };
})();
