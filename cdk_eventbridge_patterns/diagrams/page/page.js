// The page itself: what is selected is lit, and told in the tab that is open.

const MAKE = { about: aboutView, trace: traceView, consumers: consumersView, findings: findingsView, access: accessView };
const LINES = { "dead-letters": "what can't be delivered", unsure: "off, not read, or known at deployment only" };
let shown = { view: "about" };

function showView() {
  const panel = byId("panel");
  const hadFocus = panel.contains(document.activeElement);
  panel.setAttribute("aria-labelledby", `tab-${shown.view}`);
  panel.replaceChildren(...MAKE[shown.view](shown).flat().filter(Boolean));
  panel.scrollTop = 0;
  if (hadFocus) panel.focus();
}

/** Show what the address says; a view that it does not name stays. */
function apply() {
  const state = readAddress();
  const same = state.selected === shown.selected;
  shown = { ...state, view: state.view ?? shown.view };
  for (const tab of byId("tabs").children) {
    const isOpen = tab.id === `tab-${shown.view}`;
    tab.setAttribute("aria-selected", String(isOpen));
    tab.tabIndex = isOpen ? 0 : -1;
    if (isOpen) byId("tabs").scrollLeft = tab.offsetLeft - byId("tabs").offsetLeft - 24;
  }
  const isOther = showScene(shown.selected);
  if (shown.selected === undefined) {
    drawing.clear();
    setCaption("");
  } else {
    lightAll(!same || isOther);
    setCaption(summary(shown.selected));
    if (!same) say(summary(shown.selected));
  }
  showView();
  search.markSelected();
  document.title = shown.selected === undefined ? data.title : `${shown.selected.label} · ${data.title}`;
}

function lightAll(zoomed) {
  const first = shown.selected.kind === "event" ? firstPathOf(shown.selected.event) : undefined;
  drawing.light(litNow(shown.selected), { zoomed, first });
}

/** Show the picture that fits what is selected: all, or just its path or account. */
function showScene(thing) {
  const isEvent = thing?.kind === "event";
  byId("alone").hidden = !isEvent || drawing.isLarge;
  if (isEvent && (drawing.isLarge || isAlone())) {
    const number = data.events.indexOf(thing.event);
    if (data.paths[number].nodes) return drawing.show(`path ${number}`, data.paths[number], thing.event.title);
  }
  const box = drawing.isLarge && thing !== undefined ? boxOf(thing) : undefined;
  const part = data.parts[box];
  return part?.nodes === undefined ? drawing.show() : drawing.show(`box ${box}`, part);
}

const isAlone = () => byId("alone").getAttribute("aria-pressed") === "true";

/** Return the number of the box that shows something; an account may have several, and is shown among all. */
function boxOf(thing) {
  if (thing.kind === "account") {
    const inside = boxesIn(thing.frame);
    return inside.length === 1 ? inside[0] : undefined;
  }
  const node = thing.node ?? (thing.kind === "service" ? thing.service.buses[0] : undefined) ?? [...litNow(thing).nodes.keys()][0];
  return data.nodes[node]?.box;
}

const boxesIn = (frame) => data.boxes.flatMap((box, number) => (box.frame === frame ? [number] : []));

function summary(thing) {
  if (thing.kind !== "event") return `${ONE[thing.kind]} ${thing.label}`;
  const targets = thing.event.publications.flatMap((publication) => publication.receipts);
  const count = (word) => targets.filter((receipt) => receipt.answer === word).length;
  const not = count("no") ? `, ${count("no")} do not` : "";
  const perhaps = count("undecided") ? `, ${count("undecided")} perhaps` : "";
  return `${thing.event.title}: ${counted(count("yes"), "target receives it", "targets receive it")}${not}${perhaps}`;
}

function setCaption(text, word) {
  byId("caption").hidden = text === "";
  byId("caption").firstElementChild.replaceChildren(...(word && word !== "note" ? [answer(word), ` ${text}`] : [text]));
}

function makeTabs() {
  const faults = data.findings.filter((finding) => ["error", "warning"].includes(sort(finding))).length;
  for (const [view, name] of Object.entries(VIEWS)) {
    const count = view === "findings" && faults ? el("span", { class: "count" }, ` ${faults}`) : "";
    const tab = el("button", { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": "panel" }, name, count);
    tab.addEventListener("click", () => { location.hash = link({ ...keyOf(shown.selected), view }); });
    byId("tabs").append(tab);
  }
  byId("tabs").addEventListener("keydown", (event) => {
    const tabs = [...byId("tabs").children];
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
  });
}

/** Tell what colours and lines mean; where several services share a colour, it means none of them. */
function makeLegend() {
  const has = (name, test) => (data.edges.some(test) ? [[name, LINES[name]]] : []);
  const rows = [
    ...(new Set(drawing.colours.values()).size === drawing.colours.size ? [...drawing.colours].map(([service, colour]) => [colour, `events of ${service}`]) : []),
    ...has("dead-letters", (edge) => edge.kind === "dead-letters"),
    ...has("unsure", (edge) => edge.unsure),
  ];
  byId("legend").querySelector("ul").append(...rows.map(([name, says]) => el("li", {}, el("span", { class: `line ${name}` }), says)));
  byId("legend").hidden = rows.length === 0;
}

function makeTheme() {
  const DARK = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const button = byId("theme");
  const isDark = () => (root.dataset.theme ?? (DARK.matches ? "dark" : "light")) === "dark";
  const name = () => { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"}`); };
  button.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; name(); });
  DARK.addEventListener("change", name);
  name();
}

byId("counts").textContent = [counted(data.frames.length, "account"), counted(data.services.length, "service"),
  counted(data.events.length, "event"), counted(data.buses.length, "bus", "buses"), counted(data.rules.length, "rule")].join(" · ");
makeTabs();
makeLegend();
makeTheme();
search.show();
drawing.fit();
addEventListener("hashchange", apply);
apply();

drawing.frame.addEventListener("click", (event) => {
  const found = drawing.wasDragged() ? undefined : drawing.hit(event);
  if (found === undefined) return;
  if (found.finding !== undefined) {
    location.hash = link({ finding: found.finding, view: "findings" });
    return;
  }
  const one = found.edge === undefined ? undefined : data.edges[found.edge].events.filter(Number.isInteger);
  const thing = found.node !== undefined ? thingOfNode(found.node) ?? serviceThingOfNode(found.node)
    : found.frame !== undefined ? accountThing(found.frame)
    : found.box !== undefined ? thingOfBox(data.boxes[found.box])
    : one.length === 1 ? eventThing(data.events[one[0]]) : thingOfNode(data.edges[found.edge].to) ?? thingOfNode(data.edges[found.edge].from);
  if (thing !== undefined) location.hash = link(keyOf(thing));
});
const accountThing = (frame) => thingsByKey.get(`account=${data.frames[frame].id}`);
const thingOfBox = (box) => (boxesIn(box.frame).length === 1 ? accountThing(box.frame) : thingsByKey.get(`service=${box.service}`) ?? accountThing(box.frame));
const serviceThingOfNode = (number) => thingsByKey.get(`service=${data.nodes[number].service ?? data.nodes[number].name}`);
drawing.frame.addEventListener("keydown", (event) => {
  if (event.key === "Escape") location.hash = link({ view: shown.view });
});
byId("alone").addEventListener("click", () => {
  byId("alone").setAttribute("aria-pressed", String(!isAlone()));
  apply();
});
byId("clear").addEventListener("click", (event) => {
  event.preventDefault();
  location.hash = link({ view: shown.view });
  drawing.frame.focus();
});
for (const skip of document.querySelectorAll("[data-skip]")) {
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    byId(skip.dataset.skip).focus();
  });
}
byId("keys-open").addEventListener("click", () => byId("keys").showModal());
