/* Finding a node by what people call it. */
kg.search = (() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const tight = (text) => text.replaceAll(" ", "");
  let forms = null;

  /** Every name of every node, folded; made at the first search. */
  function all() {
    if (!forms) {
      forms = [];
      for (const node of kg.data.nodes) {
        for (const name of [node.label, ...(node.aliases || [])]) forms.push({ id: node.id, name, folded: fold(name), tight: tight(fold(name)) });
      }
    }
    return forms;
  }

  function pairs(text) {
    const found = new Set();
    for (let i = 0; i + 1 < text.length; i++) found.add(text.slice(i, i + 2));
    return found;
  }

  /** 0 for the same name, more the farther; null where it is another name. */
  function distance(form, query, squeezed, grams) {
    if (form.folded === query) return 0;
    if (form.tight === squeezed) return 0.5;
    if (form.tight.startsWith(squeezed)) return 1 + Math.min(form.tight.length / 100, 0.9);
    if (form.folded.includes(" " + query)) return 2;
    if (form.tight.includes(squeezed)) return 3;
    if (squeezed.length < 4 || Math.abs(form.tight.length - squeezed.length) > 4) return null;
    const other = pairs(form.tight);
    let shared = 0;
    for (const gram of grams) if (other.has(gram)) shared++;
    const alike = (2 * shared) / (grams.size + other.size);
    return alike >= 0.6 ? 5 - alike : null;
  }

  /** Up to `limit` nodes, nearest names first, among equals the most compared with its variants: `{id, alias}`, alias where that was met. */
  async function find(text, limit = 12) {
    const query = fold(text), squeezed = tight(query), grams = pairs(squeezed);
    if (!squeezed) return [];
    const best = new Map();
    for (const form of all()) {
      const far = distance(form, query, squeezed, grams);
      if (far === null) continue;
      const known = best.get(form.id);
      if (!known || far < known.far) best.set(form.id, { id: form.id, far, alias: form.name === kg.data.nodes[form.id].label ? null : form.name });
    }
    const named = (hit) => (kg.data.nodes[hit.id].group === "Paper" || kg.data.nodes[hit.id].group === "Baseline" ? 0 : 1000);
    const weight = (hit) => named(hit) + [...kg.data.family(hit.id)].reduce((sum, id) => sum + kg.data.compared(id), 0) * 4 + kg.data.joined[hit.id].length;
    return [...best.values()].sort((a, b) => Math.floor(a.far) - Math.floor(b.far) || weight(b) - weight(a) || a.far - b.far || a.id - b.id).slice(0, limit);
  }

  /** The search field as an ARIA combobox; `choose(id)` is called with the node that is picked. */
  function attach(input, list, choose) {
    const { el, fill, theirs } = kg.dom;
    let hits = [], at = -1, asked = 0;

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
      at = index;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", `found-${at}`);
        list.children[at].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    function pick(index) {
      if (!hits[index]) return;
      input.value = kg.data.nodes[hits[index].id].label;
      close();
      choose(hits[index].id);
    }

    async function refresh() {
      const ask = ++asked;
      const found = await find(input.value);
      if (ask !== asked) return;
      hits = found;
      fill(list, hits.map((hit, i) => {
        const node = kg.data.nodes[hit.id];
        return el("li", { role: "option", id: `found-${i}`, "aria-selected": "false", onpointerdown: (e) => e.preventDefault(), onclick: () => pick(i) },
          kg.legend.swatch(node.group), theirs(node.label, { class: "name" }),
          hit.alias && el("span", { class: "also" }, "also ", theirs(hit.alias)),
          el("span", { class: "kind" }, node.group, kg.data.compared(hit.id) ? `, compared ${kg.data.compared(hit.id)}×` : ""));
      }), !hits.length && fold(input.value) && el("li", { class: "none" }, "No such name here."));
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(hits.length ? 0 : -1);
    }

    input.addEventListener("input", refresh);
    input.addEventListener("focus", () => { input.select(); if (input.value) refresh(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && hits.length) { mark((at + 1) % hits.length); event.preventDefault(); }
      else if (event.key === "ArrowUp" && hits.length) { mark((at - 1 + hits.length) % hits.length); event.preventDefault(); }
      else if (event.key === "Enter") { pick(at); event.preventDefault(); }
      else if (event.key === "Escape") { close(); event.stopPropagation(); }
    });
  }

  return { find, attach };
})();
