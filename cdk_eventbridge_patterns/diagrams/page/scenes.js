// Pictures of parts: the path of one event, or one account. Python has laid them out; here they are drawn, when asked for.

const WRITTEN = new Set(["publishes", "takes"]); // the kinds of edges that have their events written on them
const MOST_WRITTEN = 4;

/** Return a scene as an element, made of copies of the nodes in the whole picture. */
function sceneOf({ size, frames, nodes, edges }, nodesThere, colourOf, only) {
  const parts = { frames: new Map(), nodes: new Map(), edges: new Map() };
  const put = (kind, number, element) => { parts[kind].set(number, element); return element; };
  const inner = drawn("g", { class: "drawing" },
    ...frames.map(([number, ...box]) => put("frames", number, frameDrawn(data.frames[number], box))),
    ...edges.map(([number, ...line]) => put("edges", number, edgeDrawn(data.edges[number], line, colourOf(number), only))),
    ...nodes.map(([number, x, y]) => put("nodes", number, nodeDrawn(nodesThere.get(number), x, y))));
  const svg = drawn("svg", { width: size[0], height: size[1], viewBox: `0 0 ${size.join(" ")}`, role: "img", "aria-label": "What is selected" }, inner);
  return { svg, inner, ...parts };
}

const LONGEST_LINE = 60;
const shortened = (line) => (line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`);

function frameDrawn(frame, [x, y, width, height]) {
  const lines = [...(frame.services.length ? [["services", shortened(frame.services.join(", "))]] : []),
    ["account", `${frame.account} · ${frame.region}${frame.read ? "" : " · not read"}`]];
  return drawn("g", { class: frame.read ? "frame" : "frame unread" }, drawn("rect", { class: "shape", x, y, width, height, rx: 12 }),
    ...lines.map(([name, text], place) => drawn("text", { class: name, x: x + 14, y: y + 20 + 14 * place }, text)));
}

function nodeDrawn(there, x, y) {
  const shape = there.querySelector(".shape");
  const copy = there.cloneNode(true);
  copy.setAttribute("class", there.getAttribute("class").replace(/ (on|at|is-\w+)\b/g, ""));
  copy.setAttribute("transform", `translate(${x - shape.getAttribute("x")} ${y - shape.getAttribute("y")})`);
  return copy;
}

function edgeDrawn(edge, [path, corners, x, y], colour, only) {
  const group = drawn("g", { class: `edge ${edge.kind}${edge.unsure ? " unsure" : ""} ${colour}` },
    drawn("path", { class: "line", d: path }), drawn("polygon", { class: "tip", points: corners }));
  if (x !== undefined && WRITTEN.has(edge.kind)) {
    written(edge, only).forEach((text, place) => group.append(drawn("text", { class: "event", x: x + 2, y: y + 11 + 14 * place }, text)));
  }
  return group;
}

/** Return the events that are written on an edge. */
function written(edge, only) {
  if (only !== undefined) return [only];
  const names = edge.events.map((event) => (Number.isInteger(event) ? data.events[event].title : event));
  return names.length <= MOST_WRITTEN ? names : [...names.slice(0, MOST_WRITTEN - 1), `and ${names.length - MOST_WRITTEN + 1} more`];
}
