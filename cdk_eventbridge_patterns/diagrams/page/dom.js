"use strict";
// What the page makes elements with. Names in templates are anyone's: they become text, never markup.

const byId = (id) => document.getElementById(id);

/** Return an element. Attributes that are false or missing are left out; children are elements or text. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

/** Return an element of SVG. */
function drawn(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Drawn, as not every font has them.
const SIGNS = { yes: "M3 8.5l3.2 3.5L13 4.5", no: "M4 4l8 8M12 4l-8 8", undecided: "M5 6a3 3 0 1 1 4.5 2.6C8.4 9.2 8 9.8 8 10.6M8 13.4v.1", note: "M8 8v.1" };

/** Return the sign of an answer. */
function sign(word) {
  return drawn("svg", { class: `sign ${word}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, drawn("path", { d: SIGNS[word] }));
}

/** Return an answer: a sign and a word, as colour alone says nothing to some. */
function answer(word) {
  return word === "note" ? sign(word) : el("span", { class: `answer ${word}` }, sign(word), ` ${word}`);
}

/** Return a list that shows so many items, and the others when asked: what nobody looks at is not made. */
function longList(items, make, { tag = "ul", shown = 50, attributes = {} } = {}) {
  const list = el(tag, attributes);
  const more = el("button", { type: "button", class: "more" });
  let next = 0;
  const grow = (count) => {
    const first = next;
    for (; next < Math.min(items.length, first + count); next += 1) list.append(make(items[next], next));
    more.hidden = next >= items.length;
    more.textContent = `Show ${Math.min(200, items.length - next)} more of ${items.length}`;
    return list.children[first];
  };
  more.addEventListener("click", () => grow(200)?.querySelector("a, button")?.focus());
  grow(shown);
  return items.length > shown ? [list, more] : [list];
}

const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Return the items under what *key* says of each. */
function grouped(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}

/** Tell those who do not see it. */
function say(text) {
  byId("said").textContent = text;
}

const para = (...children) => el("p", {}, ...children);
const field = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];
const listed = (items, make, options) => (items.length ? longList(items, make, options) : [el("p", { class: "none" }, "none")]);
const between = (items, separator = ", ") => items.flatMap((item, place) => (place ? [separator, item] : [item]));
