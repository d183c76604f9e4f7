// The picture: what is lit in it, and how it is moved.

const drawing = (() => {
  const frame = byId("picture");
  const STILL = matchMedia("(prefers-reduced-motion: reduce)");
  const LARGEST = 3;
  const READABLE = 0.5;
  const isLarge = byId("parts") !== null;
  const whole = wholeScene();
  const made = new Map();
  const nodesThere = isLarge ? numbered(byId("parts"), ".node", data.nodes, (element) => element.dataset.id) : whole.nodes;
  let scene = whole;

  /** Return the picture as Python drew it: of many services the wheel, in which these are all there is. */
  function wholeScene() {
    const svg = frame.querySelector("svg");
    const inner = svg.querySelector(".drawing");
    const ids = (element) => element.dataset.id;
    if (isLarge) return { svg, inner, nodes: new Map(), edges: new Map(), frames: new Map(), boxes: numbered(inner, ".box", data.boxes, ids) };
    const edges = data.edges.map((edge) => ({ id: [data.nodes[edge.from].id, data.nodes[edge.to].id, edge.kind].join("\n") }));
    return {
      svg,
      inner,
      nodes: numbered(inner, ".node", data.nodes, ids),
      edges: numbered(inner, ".edge", edges, (element) => [element.dataset.from, element.dataset.to, element.classList[1]].join("\n")),
      frames: numbered(inner, ".frame", data.frames, ids),
    };
  }

  /** Return the elements of things by their number. */
  function numbered(within, selector, things, idOf) {
    const found = new Map([...within.querySelectorAll(selector)].map((element) => [idOf(element), element]));
    return new Map(things.map(({ id }, number) => [number, found.get(id)]).filter(([, element]) => element !== undefined));
  }

  const colours = new Map([...new Set(data.edges.map((edge) => edge.service).filter(Boolean))].sort().map((name, place) => [name, `f${place % 8}`]));
  const colourOf = (edge) => colours.get(data.edges[edge].service) ?? "";

  /** Show another scene, which is drawn when it is first asked for; return whether it is another. */
  function show(name, parts, only) {
    if (name !== undefined && !made.has(name)) made.set(name, sceneOf(parts, nodesThere, colourOf, only));
    const next = name === undefined ? whole : made.get(name);
    if (next === scene) return false;
    clear();
    scene.svg.replaceWith(next.svg);
    scene = next;
    fit();
    return true;
  }

  let view = { x: 0, y: 0, scale: 1 };
  let marked = [];

  function place({ moving = false } = {}) {
    const { svg } = scene;
    svg.classList.toggle("gliding", moving && !STILL.matches);
    svg.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  }

  function size() {
    return { width: frame.clientWidth, height: frame.clientHeight };
  }

  /** Return the box around elements, in the pixels of the SVG: each with its own shift, and that of all of them. */
  function boxOf(which) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const element of which) {
      const [box, own] = [element.getBBox(), shiftOf(element)];
      left = Math.min(left, box.x + own.x);
      top = Math.min(top, box.y + own.y);
      right = Math.max(right, box.x + own.x + box.width);
      bottom = Math.max(bottom, box.y + own.y + box.height);
    }
    const all = which[0] === scene.inner ? { x: 0, y: 0 } : shiftOf(scene.inner);
    return { x: left + all.x, y: top + all.y, width: right - left, height: bottom - top };
  }

  function shiftOf(element) {
    const matrix = element.transform.baseVal.consolidate()?.matrix;
    return { x: matrix?.e ?? 0, y: matrix?.f ?? 0 };
  }

  /** Fit a box into what buttons and caption leave free. */
  function fitBox(box, largest) {
    const { width, height } = size();
    const [aside, above, below] = [24, 56, 76];
    const scale = Math.min(largest, (width - 2 * aside) / box.width, (height - above - below) / box.height);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    view = { scale, x: width / 2 - middle.x * scale, y: (height + above - below) / 2 - middle.y * scale };
    place({ moving: true });
  }

  function fit() {
    fitBox(boxOf([scene.inner]), 1.25);
  }

  function zoom(factor, at = { x: size().width / 2, y: size().height / 2 }, moving = true) {
    const scale = Math.min(LARGEST, Math.max(0.02, view.scale * factor));
    const real = scale / view.scale;
    view = { scale, x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real };
    place({ moving });
  }

  function move(x, y, moving = false) {
    view = { ...view, x: view.x + x, y: view.y + y };
    place({ moving });
  }

  function mark(element, name) {
    if (element === undefined) return;
    element.classList.add(name);
    marked.push([element, name]);
  }

  function clear() {
    for (const [element, name] of marked) element.classList.remove(name);
    marked = [];
    scene.svg.classList.remove("dim");
  }

  /** Light nodes and edges, each with its answer where it has one; all else is dimmed. */
  function light(lit, { zoomed = true, first } = {}) {
    clear();
    const on = [];
    for (const [number, word] of lit.nodes) on.push(put(scene.nodes.get(number), word));
    for (const [number, word] of lit.edges) on.push(put(scene.edges.get(number), word));
    for (const number of lit.frames ?? []) mark(scene.frames.get(number), "on");
    for (const number of new Set([...lit.nodes.keys()].map((each) => data.nodes[each].frame))) mark(scene.frames.get(number), "on");
    if (scene.boxes !== undefined) on.push(...lightBoxes(lit));
    const there = on.filter(Boolean);
    if (there.length === 0) return;
    scene.svg.classList.add("dim");
    if (zoomed) goTo(there, first);
  }

  /** Light what is lit on the wheel: services, and the lines between two of them. */
  function lightBoxes(lit) {
    const numbers = new Set([...lit.nodes.keys()].map((node) => data.nodes[node].box));
    const ids = new Set([...numbers].map((number) => data.boxes[number].id));
    const between = [...scene.inner.querySelectorAll(".flow")].filter(({ dataset }) => ids.has(dataset.from) && ids.has(dataset.to));
    return [...between, ...[...numbers].map((number) => scene.boxes.get(number))].map((element) => put(element, ""));
  }

  /** Go to what is lit; where that is too wide to be read, to *first* of it. */
  function goTo(there, first) {
    fitBox(boxOf(there), 1.1);
    if (view.scale > READABLE || first === undefined) return;
    const some = [...[...first.nodes.keys()].map((number) => scene.nodes.get(number)), ...[...first.edges.keys()].map((number) => scene.edges.get(number))];
    fitBox(boxOf(some.filter(Boolean)), 1.1);
  }

  function put(element, word) {
    mark(element, "on");
    if (word) mark(element, `is-${word}`);
    return element;
  }

  /** Mark where a step is, and go there if it is out of sight. */
  function point(node, edge) {
    const there = [scene.nodes.get(node), scene.edges.get(edge)].filter(Boolean);
    for (const element of there) {
      mark(element, "on");
      mark(element, "at");
    }
    if (there.length) reveal(boxOf(there));
  }

  function reveal(box) {
    const { width, height } = size();
    const [left, top] = [box.x * view.scale + view.x, box.y * view.scale + view.y];
    const [right, bottom] = [left + box.width * view.scale, top + box.height * view.scale];
    const fits = right - left < width - 32 && bottom - top < height - 32;
    if (!fits || view.scale < READABLE) return fitBox(box, 0.9);
    const x = left < 16 ? 32 - left : right > width - 16 ? width - 32 - right : 0;
    const y = top < 16 ? 32 - top : bottom > height - 96 ? height - 112 - bottom : 0;
    if (x || y) move(x, y, true);
    return undefined;
  }

  /** Return what is under the pointer: a node, an edge or a frame, by its number. */
  function hit(event) {
    const badge = event.target.closest(".badge");
    if (badge !== null) return { finding: badge.querySelector("text").textContent };
    const element = event.target.closest(".node, .edge, .frame, .box");
    for (const [kind, those] of [["node", scene.nodes], ["edge", scene.edges], ["frame", scene.frames], ["box", scene.boxes ?? []]]) {
      const found = [...those].find(([, each]) => each === element);
      if (found !== undefined) return { [kind]: found[0] };
    }
    return undefined;
  }

  // On the wheel, a service shows what it gives and gets.
  frame.addEventListener("pointerover", (event) => {
    if (scene.boxes === undefined || marked.length) return;
    const id = event.target.closest(".box")?.dataset.id;
    scene.svg.classList.toggle("dim", id !== undefined);
    for (const each of scene.inner.children) {
      const { id: own, from, to } = each.dataset;
      each.classList.toggle("on", id !== undefined && (own === id || from === id || to === id));
    }
  });

  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    zoom(Math.exp(-pixels * 0.0015), { x: event.clientX - box.left, y: event.clientY - box.top }, false);
  }, { passive: false });

  const pointers = new Map();
  let dragged = 0;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) dragged = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  frame.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    dragged += Math.hypot(now.x - before.x, now.y - before.y);
    if (dragged > 4 && !frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
    if (other === undefined) {
      if (dragged > 4) move(now.x - before.x, now.y - before.y);
    } else {
      const box = frame.getBoundingClientRect();
      const apart = (each) => Math.hypot(each.x - other.x, each.y - other.y) || 1;
      zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2 - box.left, y: (now.y + other.y) / 2 - box.top }, false);
    }
    pointers.set(event.pointerId, now);
  });
  for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, (event) => pointers.delete(event.pointerId));

  const KEYS = {
    ArrowLeft: () => move(80, 0, true), ArrowRight: () => move(-80, 0, true),
    ArrowUp: () => move(0, 80, true), ArrowDown: () => move(0, -80, true),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit,
  };
  frame.addEventListener("keydown", (event) => {
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.25));
  byId("zoom-out").addEventListener("click", () => zoom(0.8));
  byId("fit").addEventListener("click", fit);

  const wasDragged = () => dragged > 4;
  return { clear, colours, fit, frame, hit, isLarge, light, point, show, wasDragged };
})();
