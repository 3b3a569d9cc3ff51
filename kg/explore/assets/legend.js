/* Types with their colours and shapes; a tick puts a layer's nodes on the map, without it they are greyed. */
kg.legend = (() => {
  const { el, fill, byId } = kg.dom;
  const swatch = (type) => el("span", { class: `swatch ${type.toLowerCase()}`, "aria-hidden": "true" });

  /** One tick per layer: a type, or the models that the first view leaves out. */
  function draw(state, toggle) {
    fill(byId("legend"),
      el("fieldset", {}, el("legend", { class: "unseen" }, "Nodes on the map"),
        kg.data.layers.map(({ name, ids }) => el("label", {},
          el("input", { type: "checkbox", value: name, checked: state.layers.has(name), onchange: (e) => toggle(name, e.target.checked) }),
          swatch(kg.data.nodes[ids[0]].group), el("span", {}, plural(name, ids.length)), el("span", { class: "count" }, ids.length.toLocaleString("en"))))),
      el("ul", { class: "keys" },
        el("li", {}, el("span", { class: "stroke plain", "aria-hidden": "true" }), "better → worse"),
        el("li", {}, el("span", { class: "stroke won", "aria-hidden": "true" }), "beats the selected"),
        el("li", {}, el("span", { class: "stroke lost", "aria-hidden": "true" }), "beaten by it"),
        el("li", {}, el("span", { class: "stroke level", "aria-hidden": "true" }), "comparable")));
  }

  const plural = (name, n) => (n === 1 || name.endsWith("s") ? name : name + "s");

  return { draw, swatch };
})();
