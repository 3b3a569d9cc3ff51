/* A claim in words: who, by how much, on what, and the sentence that says so. */
kg.claims = (() => {
  const { el, theirs, link } = kg.dom;
  const HEDGE = { max: "up to ", min: "at least ", mean: "on average ", approx: "about " };

  /** A figure without the backslashes of TeX. */
  const tidy = (text) => text.replace(/\\([%$&_#])/g, "$1");

  /** `by up to 2.2%`, or the two figures, or nothing where the text gives no number. */
  function margin(claim) {
    if (claim.delta) return `by ${HEDGE[claim.hedge] || ""}${tidy(claim.delta)}`;
    if (claim.subject_value && claim.object_value) return against(claim);
    return tidy(claim.subject_value || "");
  }

  const against = (claim) => tidy(`${claim.subject_value} against ${claim.object_value}`);

  /** `top-1 accuracy · ImageNet-1K · image classification`, as far as the text gives them. */
  const where = (claim) => [claim.metric, claim.dataset, claim.dataset ? null : claim.task].filter(Boolean).join(" · ");

  function name(id, go) {
    const node = kg.data.nodes[id];
    return el("button", { type: "button", class: "name", "data-node": id, onclick: () => go(id) }, theirs(node.short || node.label));
  }

  const VERB = { OUTPERFORMS: "outperforms", COMPARABLE_TO: "is comparable to" };

  /** Who a claim is about, told from the side of `self`, the node whose panel it stands in; `view` names the side. */
  function who(claim, view, self, go) {
    const kin = (id) => id !== self && theirs(kg.data.nodes[id].short || kg.data.nodes[id].label);
    switch (view) {
      case "winner": return [name(claim.from, go), kin(claim.to) && el("span", { class: "small" }, " beats ", kin(claim.to))];
      case "loser": return [name(claim.to, go), kin(claim.from) && el("span", { class: "small" }, " by ", kin(claim.from))];
      case "peer": return [name(kg.data.family(self).has(claim.from) ? claim.to : claim.from, go)];
      case "pair": return [name(claim.from, go), ` ${VERB[claim.relation]} `, name(claim.to, go)];
      case "result": return claim.from === self ? [] : [name(claim.from, go)];
      case "sota": return [name(claim.from === self ? claim.to : claim.from, go)];
      case "object": return [name(claim.to, go)];
      case "subject": return [name(claim.from, go)];
      default: return [];
    }
  }

  /** By how much, on what, under which condition. */
  function what(claim) {
    const figures = claim.delta && claim.subject_value && claim.object_value ? against(claim) : null;
    return [
      margin(claim) && el("strong", { class: "margin" }, theirs(margin(claim))),
      figures && el("span", { class: "small" }, theirs(figures)),
      where(claim) && el("span", { class: "where" }, theirs(where(claim))),
      claim.condition && el("span", { class: "small" }, "(", theirs(claim.condition), ")"),
      claim.background && el("span", { class: "tag", title: "Known before this paper, or a general observation" }, "background"),
    ].filter(Boolean);
  }

  /** The lines above the sentence: who once, and under it every margin; claims that would read alike are one line. */
  function lines(claims, view, self, go) {
    const heads = new Map();
    for (const claim of claims) {
      const head = el("div", { class: "who" }, who(claim, view, self, go));
      if (!heads.has(head.textContent)) heads.set(head.textContent, { head, margins: new Map() });
      const margins = heads.get(head.textContent).margins, line = el("li", {}, what(claim));
      if (line.childNodes.length && !margins.has(line.textContent)) margins.set(line.textContent, line);
    }
    return [...heads.values()].map(({ head, margins }) => el("div", { class: "line" }, head.childNodes.length > 0 && head, margins.size > 0 && el("ul", {}, [...margins.values()])));
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
      const told = section.view === "paper" ? [] : lines(claims, section.view, self, go);
      const sentence = kg.data.sentence(claims[0]);
      const said = sentence && sentence !== (claims[0].paper !== undefined && kg.data.nodes[claims[0].paper].label);
      return el("li", { class: "card" }, told, said && el("blockquote", {}, marked(sentence, claims, self)),
        claims[0].paper !== undefined && claims[0].paper !== self && cite(claims[0].paper, go));
    });
  }

  return { cards, tidy, margin, where, VERB };
})();
