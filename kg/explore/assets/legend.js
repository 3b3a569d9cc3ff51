/* Types with their colours and shapes; a tick puts a type's nodes on the map, without it they are greyed. */
kg.legend = (() => {
  const { el, fill, byId } = kg.dom;
  const swatch = (type) => el("span", { class: `swatch ${type.toLowerCase()}`, "aria-hidden": "true" });

  function draw(state, toggle) {
    const count = new Map();
    for (const n of kg.data.nodes) count.set(n.group, (count.get(n.group) || 0) + 1);
    fill(byId("legend-body"),
      el("fieldset", {}, el("legend", { class: "unseen" }, "Show nodes of type"),
        kg.data.types.filter((t) => count.get(t)).map((type) => el("label", {},
          el("input", { type: "checkbox", value: type, checked: state.types.has(type), onchange: (e) => toggle(type, e.target.checked) }),
          swatch(type), el("span", {}, type), el("span", { class: "count" }, count.get(type).toLocaleString("en"))))),
      el("ul", { class: "keys" },
        el("li", {}, el("span", { class: "stroke plain", "aria-hidden": "true" }), "better → worse"),
        el("li", {}, el("span", { class: "stroke won", "aria-hidden": "true" }), "beats the selected"),
        el("li", {}, el("span", { class: "stroke lost", "aria-hidden": "true" }), "beaten by the selected"),
        el("li", {}, el("span", { class: "stroke level", "aria-hidden": "true" }), "comparable")));
  }

  return { draw, swatch };
})();
