/* A claim in words: who, by how much, on what, and the sentence that says so. */
kg.claims = (() => {
  const { el, theirs, link } = kg.dom;
  const HEDGE = { max: "up to ", min: "at least ", mean: "on average ", approx: "about " };

  /** `by up to 2.2%`, or the two figures, or nothing where the text gives no number. */
  function margin(claim) {
    if (claim.delta) return `by ${HEDGE[claim.hedge] || ""}${claim.delta}`;
    if (claim.subject_value && claim.object_value) return `${claim.subject_value} against ${claim.object_value}`;
    return claim.subject_value || "";
  }

  /** `top-1 accuracy · ImageNet-1K · image classification`, as far as the text gives them. */
  const where = (claim) => [claim.metric, claim.dataset, claim.dataset ? null : claim.task].filter(Boolean).join(" · ");

  function name(id, go) {
    const node = kg.data.nodes[id];
    return el("button", { type: "button", class: "name", "data-node": id, onclick: () => go(id) }, theirs(node.label));
  }

  const VERB = { OUTPERFORMS: "outperforms", COMPARABLE_TO: "is comparable to" };

  /** The line above the sentence; `view` says from whose side it is told, `self` is the node whose panel it stands in. */
  function line(claim, view, self, go) {
    const kin = (id) => id !== self && kg.data.nodes[id];
    const parts = [];
    if (view === "winner") parts.push(name(claim.from, go), kin(claim.to) && el("span", { class: "small" }, " beats ", theirs(kin(claim.to).label)));
    else if (view === "loser") parts.push(name(claim.to, go), kin(claim.from) && el("span", { class: "small" }, " by ", theirs(kin(claim.from).label)));
    else if (view === "peer") parts.push(name(kg.data.family(self).has(claim.from) ? claim.to : claim.from, go));
    else if (view === "pair") parts.push(name(claim.from, go), ` ${VERB[claim.relation]} `, name(claim.to, go));
    else if (view === "result") parts.push(claim.from !== self && [name(claim.from, go), " "]);
    else if (view === "sota") parts.push(name(claim.from === self ? claim.to : claim.from, go));
    else if (view === "object") parts.push(name(claim.to, go));
    else if (view === "subject") parts.push(name(claim.from, go));
    const figures = claim.delta && claim.subject_value && claim.object_value ? `${claim.subject_value} against ${claim.object_value}` : null;
    return el("div", { class: "line" }, parts,
      margin(claim) && el("strong", { class: "margin" }, theirs(margin(claim))),
      figures && el("span", { class: "small" }, theirs(figures)),
      where(claim) && el("span", { class: "where" }, theirs(where(claim))),
      claim.condition && el("span", { class: "small" }, theirs(claim.condition)),
      claim.background && el("span", { class: "tag", title: "Known before this paper, or a general observation" }, "background"));
  }

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  /** The sentence with the names and figures of its claims marked. */
  function marked(sentence, claims, self) {
    const kinds = new Map();
    const put = (text, kind) => { if (text && String(text).length > 1 && !kinds.has(text)) kinds.set(String(text), kind); };
    for (const c of claims) {
      for (const figure of [c.delta, c.subject_value, c.object_value]) put(figure, "figure");
      for (const id of [c.from, c.to]) {
        const node = kg.data.nodes[id];
        if (node.group === "Paper") continue;
        for (const form of [node.label, ...(node.aliases || [])]) put(form, id === self ? "self" : "other");
      }
    }
    const forms = [...kinds.keys()].sort((a, b) => b.length - a.length);
    if (!forms.length) return theirs(sentence);
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.map(escape).join("|")})(?![\\p{L}\\p{N}])`, "gu");
    const parts = [];
    let last = 0;
    for (const found of sentence.matchAll(pattern)) {
      parts.push(sentence.slice(last, found.index), el("mark", { class: kinds.get(found[0]) }, found[0]));
      last = found.index + found[0].length;
    }
    return theirs([...parts, sentence.slice(last)]);
  }

  /** Where it stands: title (a link where there is an address), year, and the way to the paper's own claims. */
  function cite(paperId, go) {
    const paper = kg.data.nodes[paperId];
    return el("p", { class: "cite" }, link(paper.url, paper.label), paper.year && ` (${paper.year})`, " ",
      el("button", { type: "button", class: "more", "data-node": paperId, onclick: () => go(paperId) }, "all its claims"));
  }

  /** Claims of one sentence under one another, and then the sentence: `cards` in order of their best claim. */
  function cards(section, self, go) {
    const groups = new Map();
    for (const claim of section.claims) {
      const key = `${claim.paper} ${claim.sentence}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(claim);
    }
    return [...groups.values()].map((claims) => {
      const seen = new Set();
      const lines = section.view === "paper" ? [] : claims.map((c) => line(c, section.view, self, go)).filter((l) => !seen.has(l.textContent) && seen.add(l.textContent));
      const sentence = kg.data.sentence(claims[0]);
      const told = sentence && sentence !== (claims[0].paper !== undefined && kg.data.nodes[claims[0].paper].label);
      return el("li", { class: "card" }, lines, told && el("blockquote", {}, marked(sentence, claims, self)),
        claims[0].paper !== undefined && claims[0].paper !== self && cite(claims[0].paper, go));
    });
  }

  return { cards, margin, where, VERB };
})();
