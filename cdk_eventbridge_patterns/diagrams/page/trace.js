// The trace of a sample event, step by step.

/** Return all samples of an event, each with where it is published. */
function samplesOf(event) {
  return event.publications.flatMap((publication) => publication.samples.map((sample) => ({ publication, sample })));
}

function traceView(state) {
  const thing = state.selected;
  if (thing?.kind !== "event") return [el("p", {}, "Select an event to follow one of its kind, step by step."), ...eventsToTrace(thing)];
  const samples = samplesOf(thing.event);
  if (samples.length === 0) {
    return [el("p", {}, "There is no sample event: no contract and no rule says in full what an event of this kind is, or its contract allows none.")];
  }
  const number = Math.min(state.sample, samples.length - 1);
  const { stops } = samples[number].sample;
  const step = Math.min(state.step, stops.length - 1);
  return [...chooser(thing, samples, number), ...stepper(thing, stops, number, step)];
}

/** Offer the events of what is selected. */
function eventsToTrace(thing) {
  if (thing === undefined) return [];
  const numbers = [...litNow(thing).edges.keys()].flatMap((edge) => data.edges[edge].events);
  const events = [...new Set(numbers)].filter(Number.isInteger).map((number) => data.events[number]);
  const item = (event) => el("li", {}, el("a", { href: link({ event: event.title, view: "trace" }) }, event.title));
  return events.length ? [el("h3", {}, `Events of ${thing.label}`), ...longList(events, item)] : [];
}

function chooser(thing, samples, number) {
  const select = el("select", { id: "sample" }, samples.map(({ publication, sample }, place) =>
    el("option", { value: place, selected: place === number }, `on ${data.nodes[publication.bus]?.name ?? "its bus"}: ${sample.title}`)));
  select.addEventListener("change", () => {
    location.hash = link({ ...keyOf(thing), view: "trace", sample: Number(select.value) + 1 });
  });
  const label = counted(samples.length, "sample event");
  return [el("label", { for: "sample", class: "field" }, label), select];
}

function stepper(thing, stops, sample, step) {
  const go = (to) => {
    if (to < 0 || to >= stops.length) return;
    history.replaceState(null, "", link({ ...keyOf(thing), view: "trace", sample: sample + 1, step: to + 1 }));
    showStep(to);
  };
  const [first, previous, next, last] = [["First", () => 0], ["Previous", () => now - 1], ["Next", () => now + 1], ["Last", () => stops.length - 1]]
    .map(([name, to]) => el("button", { type: "button", class: name === "Next" ? "main" : "", onclick: () => go(to()) }, name));
  const count = el("p", { class: "step-count" });
  const current = el("section", { class: "current", "aria-label": "This step" });
  const list = el("ol", { class: "steps", "aria-label": "All steps" }, stops.map(([number, depth], place) => {
    const [says, word] = data.steps[number];
    const button = el("button", { type: "button", class: `depth-${Math.min(depth, 6)}`, onclick: () => go(place) },
      sign(word), el("span", {}, plain(says)),
      word !== "note" && word !== "yes" ? el("span", { class: "unseen" }, `: ${word}`) : "");
    return el("li", {}, button);
  }));
  const buttons = [...list.querySelectorAll("button")];
  let now = -1;

  function showStep(to, { quiet = false } = {}) {
    buttons[now]?.removeAttribute("aria-current");
    now = to;
    buttons.forEach((button, place) => { button.tabIndex = place === now ? 0 : -1; });
    buttons[now].setAttribute("aria-current", "step");
    scrollWithin(list, buttons[now]);
    for (const [button, off] of [[first, now === 0], [previous, now === 0], [next, now === stops.length - 1], [last, now === stops.length - 1]]) {
      button.setAttribute("aria-disabled", String(off));
    }
    const [says, word, reason] = data.steps[stops[now][0]];
    count.textContent = `Step ${now + 1} of ${stops.length}`;
    current.replaceChildren(...stepDetails(stops, now));
    lightStep(stops, now);
    setCaption(plain(says), word);
    if (!quiet) say(plain(`Step ${now + 1} of ${stops.length}: ${says}${word === "note" ? "" : `: ${word}`}. ${reason}`));
  }

  list.addEventListener("keydown", (event) => {
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
    buttons[now].focus();
  });
  showStep(step, { quiet: true });
  const controls = el("div", { class: "controls", role: "group", "aria-label": "Steps" }, first, previous, next, last);
  return [el("div", { class: "stepping" }, controls, count), current, el("h3", {}, "All steps"), list];
}

function stepDetails(stops, place) {
  const [number, , node] = stops[place];
  const [says, word, reason, missing] = data.steps[number];
  const payload = payloadAt(stops, place);
  const rule = rulesByNode.get(node);
  return [
    el("p", { class: "says" }, answer(word), " ", linked(says)),
    reason && el("p", { class: "reason" }, linked(reason)),
    ...missing.map((statement) => el("p", { class: "missing" }, "Missing ", el("code", {}, statement))),
    el("p", { class: "place" }, "At ", nodeLink(node), node >= 0 ? ` in ${inWords(placeOf(data.nodes[node]))}` : ""),
    rule?.asks && folded("What the rule asks for", rule.asks),
    payload && folded(payload.title, payload.text, true),
  ].filter(Boolean);
}

/** Return what the event is like at a step: as it was last said there, or on the way there; not on another way. */
function payloadAt(stops, place) {
  let [, nearest, there] = stops[place];
  for (const [, depth, node, , payload] of stops.slice(0, place + 1).reverse()) {
    if (depth < nearest) [nearest, there] = [depth, node];
    if (depth === nearest && node === there && payload >= 0) {
      const isTarget = data.nodes[node] !== undefined && data.nodes[node].kind !== "bus";
      return { title: isTarget ? `What ${data.nodes[node].name} receives` : "The event here", text: pretty(data.payloads[payload]) };
    }
  }
  return undefined;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text || "(nothing)";
  }
}

function folded(title, text, open = false) {
  return el("details", { open }, el("summary", {}, title), el("pre", { tabindex: "0", role: "group", "aria-label": title }, text));
}

function lightStep(stops, now) {
  const path = pathOf({ stops });
  drawing.light(path, { zoomed: false });
  const [, , node, edge] = stops[now];
  drawing.point(node, edge);
}

function scrollWithin(list, item) {
  const top = item.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + item.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - list.clientHeight / 2;
  }
}
