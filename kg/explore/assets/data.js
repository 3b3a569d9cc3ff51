/* What the page knows: the only file that reads the embedded JSON. Answers are promises, as a server's would be. */
kg.data = (() => {
  const OTHER = "More models";
  const embedded = JSON.parse(document.getElementById("data").textContent);
  const { nodes, edges, claims, sentences } = embedded;
  const shownFirst = new Set(embedded.first);
  for (const n of nodes) n.layer = n.group === "Model" && !shownFirst.has(n.id) ? OTHER : n.group;
  const byKey = new Map(nodes.map((n) => [n.key, n.id]));
  const touching = nodes.map(() => []);
  const joined = nodes.map(() => []);
  const variants = nodes.map(() => []);

  claims.forEach((claim, i) => {
    for (const id of new Set([claim.from, claim.to, claim.paper, ...(claim.on || [])])) if (id !== undefined) touching[id].push(i);
    if (claim.relation === "VARIANT_OF") variants[claim.to].push(claim.from);
  });
  for (const edge of edges) {
    joined[edge.from].push(edge.id);
    if (edge.to !== edge.from) joined[edge.to].push(edge.id);
  }

  const tally = nodes.map(() => ({ won: 0, lost: 0, level: 0 }));
  for (const c of claims) {
    if (c.relation === "OUTPERFORMS") { tally[c.from].won++; tally[c.to].lost++; }
    if (c.relation === "COMPARABLE_TO") { tally[c.from].level++; tally[c.to].level++; }
  }
  const compared = (id) => tally[id].won + tally[id].lost + tally[id].level;

  /** A node with all its variants, theirs too. */
  function family(id) {
    const all = new Set([id]);
    for (const member of all) for (const variant of variants[member]) all.add(variant);
    return all;
  }

  /** Best evidence first: this paper's own result, about the node itself and not a variant, with a margin, sure, recent. */
  const evidence = (id) => (a, b) => {
    const far = (c) => (id === undefined || c.from === id || c.to === id ? 0 : 1);
    const has = (c) => (c.delta || c.subject_value ? 1 : 0);
    const year = (c) => (c.paper === undefined ? 0 : nodes[c.paper].year || 0);
    return (a.background ? 1 : 0) - (b.background ? 1 : 0) || far(a) - far(b) || has(b) - has(a) || (b.confidence || 0) - (a.confidence || 0) || year(b) - year(a);
  };

  /** Sections of claims about a node: `{name, title, view, claims}`, empty ones left out, in the order of the panel. */
  async function about(id) {
    const kin = family(id);
    const mine = [...new Set([...kin].flatMap((k) => touching[k]))].sort((a, b) => a - b).map((i) => claims[i]);
    const type = nodes[id].group;
    const is = (...relations) => (c) => relations.includes(c.relation);
    const from = (...relations) => (c) => is(...relations)(c) && kin.has(c.from);
    const to = (...relations) => (c) => is(...relations)(c) && kin.has(c.to);
    const both = (c) => kin.has(c.from) && kin.has(c.to);
    const plans = type === "Model" || type === "Baseline" ? [
      ["beaten", "Beaten by", "winner", (c) => to("OUTPERFORMS")(c) && !both(c)],
      ["beats", "Beats", "loser", (c) => from("OUTPERFORMS")(c) && !both(c)],
      ["comparable", "Comparable to", "peer", is("COMPARABLE_TO")],
      ["within", "Among its variants", "pair", (c) => is("OUTPERFORMS")(c) && both(c)],
      ["results", "Results", "result", from("ACHIEVES")],
      ["sota", "Called state of the art", "sota", from("SOTA_ON")],
      ["proposed", "Proposed in", "paper", to("PROPOSES")],
      ["base", "Builds on", "object", from("BUILDS_ON")],
      ["used", "Built on by", "subject", to("BUILDS_ON")],
      ["variants", "Variants", "subject", to("VARIANT_OF")],
      ["variant", "Variant of", "object", (c) => from("VARIANT_OF")(c) && c.from === id],
    ] : [
      ["comparisons", "Comparisons", "pair", is("OUTPERFORMS", "COMPARABLE_TO")],
      ["results", "Results", "result", is("ACHIEVES")],
      ["sota", "Called state of the art", "sota", is("SOTA_ON")],
      ["proposes", type === "Paper" ? "Proposes" : "Proposed in", type === "Paper" ? "object" : "paper", is("PROPOSES")],
      ["evaluated", type === "Paper" ? "Evaluated on" : "Papers that evaluate on it", type === "Paper" ? "object" : "paper", is("EVALUATED_ON")],
      ["addresses", type === "Paper" ? "Addresses" : "Papers that address it", type === "Paper" ? "object" : "paper", is("ADDRESSES")],
      ["builds", "Builds on", "object", is("BUILDS_ON")],
    ];
    return plans
      .map(([name, title, view, keep]) => ({ name, title, view, claims: mine.filter(keep).sort(evidence(id)) }))
      .filter((section) => section.claims.length);
  }

  const layers = embedded.types.flatMap((type) => (type === "Model" ? [type, OTHER] : [type]))
    .map((name) => ({ name, ids: nodes.filter((n) => n.layer === name).map((n) => n.id) })).filter((layer) => layer.ids.length);

  return {
    ...embedded, layers, byKey, joined, tally, compared, family, about,
    sentence: (claim) => (claim.sentence === undefined ? null : sentences[claim.sentence]),
    between: async (edgeId) => edges[edgeId].claims.map((i) => claims[i]).sort(evidence()),
  };
})();
