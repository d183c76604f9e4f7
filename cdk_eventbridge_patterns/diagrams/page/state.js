// What is selected and shown, as the address has it: #event=orders/OrderPlaced.v1&view=trace&step=3

const VIEWS = { about: "About", trace: "Trace", consumers: "Consumers", findings: "Findings", access: "Access" };

/** Return an address within the page; what is undefined is left out. */
function link(parts) {
  const written = Object.entries(parts).filter(([, value]) => value !== undefined && value !== "");
  return `#${written.map(([key, value]) => `${key}=${readable(value)}`).join("&")}`;
}

/** Encode what would not survive in an address, and leave the rest as people read it. */
function readable(text) {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%3A", ":");
}

/** Return what the address says: the thing that is selected, the view, the sample and the step. */
function readAddress() {
  const parts = new Map();
  for (const part of location.hash.slice(1).split("&")) {
    const at = part.indexOf("=");
    if (at > 0) parts.set(part.slice(0, at), decoded(part.slice(at + 1)));
  }
  const selected = [...parts].map(([kind, id]) => thingsByKey.get(`${kind}=${id}`)).find(Boolean);
  const view = parts.get("view");
  return { selected, view: view in VIEWS ? view : undefined, sample: whole(parts.get("sample")), step: whole(parts.get("step")) };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Return a number of the address, counted from 0 as lists are. */
function whole(text) {
  return /^[1-9]\d*$/.test(text ?? "") ? Number(text) - 1 : 0;
}

const keyOf = (thing) => (thing === undefined ? {} : { [thing.kind]: thing.id });

/** Return a link to something that can be selected. */
function linkTo(thing, text = thing.label, attributes = {}) {
  return el("a", { href: link(keyOf(thing)), "data-kind": thing.kind, ...attributes }, text);
}

const thingOfNode = (number) => {
  const node = data.nodes[number];
  if (node === undefined) return undefined;
  const kind = node.kind === "bus" || node.kind === "rule" ? node.kind : "target";
  return thingsByKey.get(`${kind}=${node.id}`);
};
const eventThing = (event) => thingsByKey.get(`event=${event.title}`);
const serviceThing = (number) => thingsByKey.get(`service=${serviceName(data.services[number])}`);

/** Return a link to a node, or its name where nothing can be selected. */
function nodeLink(number, text) {
  const thing = thingOfNode(number);
  if (thing !== undefined) return linkTo(thing, text ?? thing.label, { title: thing.id });
  return data.nodes[number]?.name ?? "what is not drawn";
}

const POINTER = /\ue000(\d+)\ue001/;

/** Return a text with links in place of the numbers of nodes. */
function linked(text) {
  return text.split(POINTER).map((part, place) => (place % 2 ? nodeLink(Number(part)) : part));
}

/** Return a text with names in place of the numbers of nodes. */
function plain(text) {
  return text.split(POINTER).map((part, place) => (place % 2 ? data.nodes[Number(part)].name : part)).join("");
}
