// Who may publish on a bus, and who may put rules on it.

function accessView(state) {
  const bus = busOf(state.selected);
  const select = el("select", { id: "bus" }, el("option", { value: "" }, "Choose a bus"),
    data.buses.map((each, number) => el("option", { value: number, selected: each === bus }, `${data.nodes[each.node]?.name} (${inWords(placeOf(data.nodes[each.node]))})`)));
  select.addEventListener("change", () => {
    if (select.value !== "") location.hash = link({ bus: data.nodes[data.buses[Number(select.value)].node].id, view: "access" });
  });
  return [el("h2", {}, "Who may"), el("label", { for: "bus", class: "field" }, "Bus"), select, ...(bus === undefined ? [] : accessTold(bus))];
}

/** Return the bus that is selected, or that what is selected has to do with first. */
function busOf(thing) {
  if (thing === undefined) return data.buses.length === 1 ? data.buses[0] : undefined;
  const of = { event: () => thing.event.publications[0]?.bus, service: () => thing.service.buses[0] }[thing.kind];
  const there = of === undefined ? [...litNow(thing).nodes.keys()].find((node) => busesByNode.has(node)) : of();
  return busesByNode.get(thing.kind === "bus" ? thing.node : there);
}

function accessTold({ access }) {
  const denials = new Map([...access.publish, ...(access.subscribe ?? [])].flatMap((grant) => grant.denials).map((each) => [each.by, each]));
  return [
    el("h3", {}, "May publish"),
    ...listed(access.publish, (grant) => grantTold(grant, "may publish events on it"), { attributes: { class: "grants" } }),
    ...(access.subscribe ? [el("h3", {}, "May subscribe: put rules on it"),
      ...listed(access.subscribe, (grant) => grantTold(grant, "may put rules on it"), { attributes: { class: "grants" } })] : []),
    ...(denials.size ? [el("h3", {}, "Denied"), ...longList([...denials.values()], wayTold)] : []),
    el("h3", {}, "Brought by rules of other buses"),
    ...listed(access.brought, ruleTold, { attributes: { class: "plain" } }),
    ...(access.there ? [el("h3", {}, "Rules there now, and whether the bus lets them be put"), ...listed(access.there, ruleTold, { attributes: { class: "plain" } })] : []),
    ...(access.notKnown.length ? [el("h3", {}, "Not known"), ...longList(access.notKnown, (note) => el("li", {}, note))] : []),
  ];
}

function grantTold(grant, doing) {
  const shared = grant.ways.length ? grant.ways[0].heldTo.filter((said) => grant.ways.every((way) => way.heldTo.includes(said))) : [];
  const may = { yes: doing, no: doing.replace("may", "may not"), undecided: `perhaps ${doing}` }[grant.answer];
  const own = grant.ways.length === 0 || grant.answer !== "yes";
  return el("li", {}, el("p", { class: "says" }, answer(grant.answer), " ", el("strong", {}, grant.who), ` ${may}`, shared.length ? `: ${shared.join(", ")}` : ""),
    own && grant.reason && el("p", { class: "reason" }, grant.reason),
    grant.provided && el("p", { class: "reason" }, grant.provided),
    grant.ways.length > 0 && el("ul", {}, grant.ways.map((way) => wayTold({ ...way, heldTo: way.heldTo.filter((said) => !shared.includes(said)) }))));
}

function wayTold(way) {
  return el("li", {}, way.does, way.heldTo.length ? `: ${way.heldTo.join(", ")}` : "", el("div", { class: "muted" }, `by ${way.by}`));
}

function ruleTold(said) {
  const thing = thingsByKey.get(`rule=${said.rule}`);
  return el("li", {}, answer(said.answer), " ", thing === undefined ? said.says : linkTo(thing, said.says), said.answer !== "yes" && el("div", { class: "reason" }, said.reason));
}
