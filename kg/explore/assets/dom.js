"use strict";
/* Elements from values. Text of papers only ever becomes text nodes: there is no way from here to markup. */
const kg = {};

kg.dom = (() => {
  const ALLOWED = new Set(["class", "id", "type", "role", "href", "target", "rel", "for", "title", "lang", "dir", "tabindex", "value", "disabled", "checked", "hidden", "open", "start"]);

  /** An element with attributes, listeners (`onclick: f`) and children; a child that is no node becomes text. */
  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (typeof value === "function") node.addEventListener(name.slice(2), value);
      else if (ALLOWED.has(name) || name.startsWith("aria-") || name.startsWith("data-")) node.setAttribute(name, value === true ? "" : String(value));
      else throw new Error(`attribute ${name} is not allowed`);
    }
    add(node, children);
    return node;
  }

  function add(node, children) {
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false) continue;
      node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }

  /** Replace what is in `node`. */
  function fill(node, ...children) {
    node.replaceChildren();
    add(node, children);
  }

  /** Other people's text, kept from turning the direction of the text around it. */
  function theirs(text, attributes) {
    return el("bdi", attributes, text);
  }

  /** A link, where the address is one of the web's (http or https); else only the text. */
  function link(address, text) {
    let url = null;
    try { url = new URL(address); } catch { /* not an address */ }
    if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return theirs(text);
    return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, theirs(text));
  }

  const byId = (id) => document.getElementById(id);
  return { el, fill, theirs, link, byId };
})();
