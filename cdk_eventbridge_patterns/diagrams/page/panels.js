// The details: what is selected, who consumes what, what was found, who may what.

const para = (...children) => el("p", {}, ...children);
const field = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];
const listed = (items, make, options) => (items.length ? longList(items, make, options) : [el("p", { class: "none" }, "none")]);
const between = (items, separator = ", ") => items.flatMap((item, place) => (place ? [separator, item] : [item]));

// --- about ----------------------------------------------------------------------------------------------------------

function aboutView(state) {
  const thing = state.selected;
  return thing === undefined ? overview() : ABOUT[thing.kind](thing);
}

function overview() {
  const faults = data.findings.filter((finding) => finding.severity !== "info" && !finding.acknowledged);
  return [
    el("h2", {}, "All that was read"),
    para("Search, or click in the picture. An event lights its whole path; its trace tells every decision on the way."),
    el("ul", { class: "figures" },
      figure(data.services.length, "services", link({ view: "consumers" })),
      figure(data.events.length, "events", link({ view: "trace" })),
      figure(data.buses.length, "buses", link({ view: "access" })),
      figure(faults.length, "findings", link({ view: "findings" }))),
    el("h3", {}, "Events with most consumers"),
    ...listed([...data.events].sort((one, other) => consumersOf(other).length - consumersOf(one).length).slice(0, 8), (event) =>
      el("li", {}, linkTo(eventThing(event), event.title), el("span", { class: "muted" }, ` ${counted(consumersOf(event).length, "consumer")}`))),
  ];
}

const figure = (count, name, href) => el("li", {}, el("a", { href }, el("strong", {}, String(count)), ` ${name}`));

function consumersOf(event) {
  const receipts = event.publications.flatMap((publication) => publication.receipts);
  return [...new Set(receipts.filter((receipt) => receipt.answer !== "no").map((receipt) => receipt.consumer))];
}

const ABOUT = { event: aboutEvent, service: aboutService, account: aboutAccount, bus: aboutBus, rule: aboutRule, target: aboutNode, finding: aboutFinding };

function title(thing, kind) {
  return el("h2", {}, el("span", { class: "kind" }, kind), " ", thing.label);
}

function aboutEvent(thing) {
  const { event } = thing;
  const first = event.publications[0];
  return [
    title(thing, "Event"),
    el("p", { class: "go" }, el("a", { class: "button", href: link({ event: event.title, view: "trace" }) }, "Follow one step by step")),
    el("dl", {},
      event.service && field("Service", linkTo(thingsByKey.get(`service=${event.service}`) ?? thing, event.service)),
      first?.owner && field("Owner", first.owner),
      first?.dataClass && field("Data class", first.dataClass),
      !event.declared && field("Declared", "by nobody; rules ask for it")),
    ...event.publications.flatMap(publicationTold),
  ];
}

function publicationTold(publication) {
  return [
    el("h3", {}, "On ", nodeLink(publication.bus)),
    el("dl", {}, field("Source", el("code", {}, publication.source ?? "any")), field("Detail-type", el("code", {}, publication.detailType ?? "any"))),
    el("h4", {}, "Received by"),
    ...listed(publication.receipts, receiptTold, { attributes: { class: "plain" } }),
  ];
}

function receiptTold(receipt) {
  const service = serviceThing(receipt.consumer);
  return el("li", {}, answer(receipt.answer), " ", linkTo(service), " at ", nodeLink(receipt.target),
    el("div", { class: "way" }, "by ", between(receipt.rules.map((rule) => nodeLink(rule)), ", then "),
      receipt.fed?.length ? [", feeds ", ...between(receipt.fed.map((node) => nodeLink(node)))] : ""),
    receipt.reason && el("div", { class: "reason" }, linked(receipt.reason)),
    !receipt.declared && el("div", { class: "muted" }, "nobody declared it"));
}

function aboutService(thing) {
  const { service } = thing;
  const number = data.services.indexOf(service);
  return [
    title(thing, service.kind === "service" ? "Service" : ""),
    el("dl", {},
      service.owners.length > 0 && field("Owner", service.owners.join(", ")),
      service.places.length > 0 && field("Accounts", between(service.places.map((id) => accountLink(id)))),
      service.buses.length > 0 && field("Buses", between(service.buses.map((node) => nodeLink(node))))),
    ...publishesAndReceives(number),
    ...(service.unread.length ? [el("h3", {}, "Asks for what nobody publishes who was read"), ...longList(service.unread, (name) => el("li", {}, name))] : []),
  ];
}

function accountLink(id) {
  const thing = thingsByKey.get(`account=${id}`);
  return thing === undefined ? id : linkTo(thing, inWords(data.frames[thing.frame]));
}

function publishesAndReceives(number) {
  const published = [...grouped(publishedBy[number], (each) => each.event)];
  const consumed = [...grouped(consumedBy[number], (each) => each.event)];
  const receivers = (event) => {
    const there = consumersOf(event);
    return there.length ? ["to ", ...between(there.map((each) => linkTo(serviceThing(each))))] : ["nobody receives it"];
  };
  return [
    el("h3", {}, "Publishes"),
    ...listed(published, ([event]) => el("li", {}, linkTo(eventThing(event), event.title), el("div", { class: "way" }, ...receivers(event)))),
    el("h3", {}, "Receives"),
    ...listed(consumed, ([event, all]) => el("li", {}, answer(best(all.map(({ receipt }) => receipt.answer))), " ",
      linkTo(eventThing(event), event.title),
      el("div", { class: "way" }, "at ", ...between([...new Set(all.map(({ receipt }) => receipt.target))].map((node) => nodeLink(node)))))),
  ];
}

const best = (words) => ["yes", "undecided", "no"].find((word) => words.includes(word));

function aboutAccount(thing) {
  const frame = data.frames[thing.frame];
  const inside = data.nodes.flatMap((node, number) => (node.frame === thing.frame && thingOfNode(number) ? [number] : []));
  const kinds = [...grouped(inside, (number) => data.nodes[number].kind)];
  return [
    title(thing, "Account"),
    el("dl", {}, field("Region", frame.region), frame.services.length > 0 && field("Services",
      between(frame.services.map((name) => { const service = thingsByKey.get(`service=${name}`); return service ? linkTo(service) : name; }))),
      !frame.read && field("Read", "no template of it was read")),
    ...kinds.flatMap(([kind, numbers]) => [el("h3", {}, kind, el("span", { class: "count" }, ` ${numbers.length}`)),
      ...longList(numbers, (number) => el("li", {}, nodeLink(number)), { shown: 20 })]),
  ];
}

function where(number) {
  const node = data.nodes[number];
  return [field("Account", accountLink(placeOf(node).id)), node.service && field("Service", serviceOf(node.service)), field("ARN", el("code", {}, node.id))];
}

function serviceOf(name) {
  const thing = thingsByKey.get(`service=${name}`);
  return thing === undefined ? name : linkTo(thing);
}

function saidOf(number) {
  const said = data.nodes[number].says ?? [];
  return said.length ? [el("ul", { class: "said" }, said.map((line) => el("li", {}, line)))] : [];
}

function aboutBus(thing) {
  const bus = busesByNode.get(thing.node);
  const events = data.events.filter((event) => event.publications.some((publication) => publication.bus === thing.node));
  return [
    title(thing, "Bus"),
    ...saidOf(thing.node),
    el("dl", {}, where(thing.node), bus && field("Owner", bus.owner)),
    el("p", { class: "go" }, el("a", { href: link({ bus: thing.id, view: "access" }) }, "Who may publish and subscribe")),
    el("h3", {}, "Events published on it"),
    ...listed(events, (event) => el("li", {}, linkTo(eventThing(event), event.title))),
    el("h3", {}, "Rules on it"),
    ...listed(next(thing.node, "takes"), ([, node]) => el("li", {}, nodeLink(node))),
    el("h3", {}, "Brought from"),
    ...listed(before(thing.node, "delivers"), ([, node]) => el("li", {}, nodeLink(node))),
    ...(bus?.unlisted.length ? [el("h3", {}, "Rules that ask for what can't be listed"),
      ...longList(bus.unlisted, ([node, reason]) => el("li", {}, nodeLink(node), el("div", { class: "reason" }, reason)))] : []),
  ];
}

const next = (node, kind) => edgesAt[node].filter((edge) => data.edges[edge].from === node && data.edges[edge].kind === kind).map((edge) => [edge, data.edges[edge].to]);
const before = (node, kind) => edgesAt[node].filter((edge) => data.edges[edge].to === node && data.edges[edge].kind === kind).map((edge) => [edge, data.edges[edge].from]);
const eventName = (event) => (Number.isInteger(event) ? linkTo(eventThing(data.events[event]), data.events[event].title) : event);

function eventsAlong(edges) {
  return [...new Set(edges.flatMap(([edge]) => data.edges[edge].events))];
}

function aboutRule(thing) {
  const rule = rulesByNode.get(thing.node);
  const taken = before(thing.node, "takes");
  return [
    title(thing, "Rule"),
    ...saidOf(thing.node),
    el("dl", {}, taken.map(([, bus]) => field("Bus", nodeLink(bus))), where(thing.node),
      rule && field("Made in", accountOrText(rule.account)), rule?.schedule && field("Schedule", rule.schedule), rule && field("Written at", rule.where)),
    el("h3", {}, "Takes"),
    ...listed(eventsAlong(taken), (event) => el("li", {}, eventName(event))),
    el("h3", {}, "Delivers to"),
    ...listed(next(thing.node, "delivers"), ([, node]) => el("li", {}, nodeLink(node))),
    el("h3", {}, "What can't be delivered goes to"),
    ...listed(next(thing.node, "dead-letters"), ([, node]) => el("li", {}, nodeLink(node))),
    rule?.asks && folded("Event pattern", rule.asks, true),
  ];
}

function accountOrText(account) {
  const frame = data.frames.find((each) => each.account === account);
  return frame === undefined ? account : accountLink(frame.id);
}

function aboutNode(thing) {
  const from = [...before(thing.node, "delivers"), ...before(thing.node, "feeds"), ...before(thing.node, "dead-letters")];
  const feeds = next(thing.node, "feeds");
  return [
    title(thing, data.nodes[thing.node].kind),
    ...saidOf(thing.node),
    el("dl", {}, where(thing.node)),
    el("h3", {}, "Receives"),
    ...listed(eventsAlong(from), (event) => el("li", {}, eventName(event))),
    el("h3", {}, "From"),
    ...listed(from, ([edge, node]) => el("li", {}, nodeLink(node), data.edges[edge].kind === "dead-letters" ? " (what can't be delivered)" : "")),
    ...(feeds.length ? [el("h3", {}, "Feeds"), ...longList(feeds, ([, node]) => el("li", {}, nodeLink(node)))] : []),
  ];
}

function aboutFinding(thing) {
  const number = data.findings.indexOf(thing.finding);
  return [el("h2", {}, "Finding"), findingTold(number, "h3")];
}

// --- who consumes what ----------------------------------------------------------------------------------------------

let consumersBy = "event";

function consumersView(state) {
  const choice = (by, name) => el("button", { type: "button", "aria-pressed": String(consumersBy === by), onclick: () => { consumersBy = by; showView(); byId("consumers-by").querySelector(`[aria-pressed="true"]`).focus(); } }, name);
  const table = consumersBy === "event" ? byEvent(state.selected) : byService(state.selected);
  return [
    el("h2", {}, "Who consumes what"),
    el("div", { class: "choices", id: "consumers-by", role: "group", "aria-label": "Sorted" }, choice("event", "By event"), choice("service", "By service")),
    ...onlyOf(state.selected),
    ...table,
  ];
}

function onlyOf(thing) {
  return thing === undefined ? [] : [para(`Only what ${thing.label} has to do with. `, el("a", { href: link({ view: "consumers" }) }, "Show all"))];
}

function eventsOf(thing) {
  if (thing === undefined) return data.events;
  if (thing.kind === "event") return [thing.event];
  if (thing.kind === "service") {
    const number = data.services.indexOf(thing.service);
    return [...new Set([...publishedBy[number], ...consumedBy[number]].map((each) => each.event))];
  }
  const numbers = new Set([...litNow(thing).edges.keys()].flatMap((edge) => data.edges[edge].events));
  return data.events.filter((_, number) => numbers.has(number));
}

function servicesOf(thing) {
  if (thing?.kind === "service") return [data.services.indexOf(thing.service)];
  const all = data.services.map((_, number) => number);
  if (thing === undefined) return all;
  const events = new Set(eventsOf(thing));
  return all.filter((number) => [...publishedBy[number], ...consumedBy[number]].some((each) => events.has(each.event)));
}

function byEvent(thing) {
  const row = (event) => {
    const receipts = event.publications.flatMap((publication) => publication.receipts);
    const consumers = [...grouped(receipts, (receipt) => receipt.consumer)];
    return el("tr", {}, el("th", { scope: "row" }, linkTo(eventThing(event), event.title)),
      el("td", {}, consumers.length ? el("ul", { class: "plain" }, consumers.map(([consumer, all]) =>
        el("li", {}, answer(best(all.map((receipt) => receipt.answer))), " ", linkTo(serviceThing(consumer))))) : el("span", { class: "none" }, "nobody")));
  };
  return tableOf(["Event", "Received by"], eventsOf(thing), row);
}

function byService(thing) {
  const events = (all) => (all.length ? el("ul", { class: "plain" }, [...new Set(all.map((each) => each.event))].map((event) => el("li", {}, linkTo(eventThing(event), event.title)))) : el("span", { class: "none" }, "nothing"));
  const row = (number) => el("tr", {}, el("th", { scope: "row" }, linkTo(serviceThing(number))),
    el("td", {}, events(publishedBy[number])), el("td", {}, events(consumedBy[number])));
  return tableOf(["Service", "Publishes", "Receives"], servicesOf(thing), row);
}

function tableOf(heads, items, row) {
  if (items.length === 0) return [el("p", { class: "none" }, "nothing")];
  const [body, more] = longList(items, row, { tag: "tbody" });
  const table = el("table", {}, el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), body);
  return more === undefined ? [table] : [table, more];
}

// --- findings -------------------------------------------------------------------------------------------------------

let severityShown = "";

function findingsView(state) {
  const numbers = data.findings.map((_, number) => number);
  const there = numbers.filter((number) => isOn(data.findings[number], state.selected));
  const groups = grouped(there, (number) => sort(data.findings[number]));
  const shown = there.filter((number) => severityShown === "" || sort(data.findings[number]) === severityShown);
  const choice = (name, label) => el("button", { type: "button", "aria-pressed": String(severityShown === name), onclick: () => { severityShown = name; showView(); byId("severities").querySelector(`[aria-pressed="true"]`)?.focus(); } }, label);
  const choices = [...groups].map(([name, all]) => choice(name, `${name} ${all.length}`));
  return [
    el("h2", {}, "Findings"),
    ...(state.selected === undefined ? [] : [para(`Only those on what is lit. `, el("a", { href: link({ view: "findings" }) }, "Show all"))]),
    el("div", { class: "choices", id: "severities", role: "group", "aria-label": "Severity" }, choice("", `all ${there.length}`), choices),
    ...(shown.length ? longList(shown, (number) => el("li", {}, findingTold(number, "h3")), { shown: 40, attributes: { class: "findings" } })
      : [el("p", { class: "none" }, data.findings.length ? "None here." : "Nothing was found, or no checks were run.")]),
  ];
}

const sort = (finding) => (finding.acknowledged ? "acknowledged" : finding.undecided ? "undecided" : finding.severity);

function isOn(finding, thing) {
  if (thing === undefined) return true;
  if (thing.kind === "finding") return thing.finding === finding;
  const lit = litNow(thing);
  return finding.nodes.some((node) => lit.nodes.has(node)) || finding.edges.some((edge) => lit.edges.has(edge));
}

function findingTold(number, heading) {
  const finding = data.findings[number];
  const places = [...new Set([...finding.nodes, ...finding.edges.map((edge) => data.edges[edge].to)])];
  return el("article", { class: `finding ${sort(finding)}` },
    el(heading, {}, el("span", { class: `severity ${sort(finding)}` }, sort(finding)), ` ${finding.check}`, el("span", { class: "muted" }, ` no. ${number + 1}`)),
    para(...linked(finding.message)),
    !finding.undecided && finding.fix && para(el("strong", {}, "Fix: "), finding.fix),
    finding.acknowledged && para(el("strong", {}, "Acknowledged: "), finding.acknowledged),
    el("p", { class: "muted" }, finding.where),
    places.length ? para("On ", between(places.slice(0, 6).map((node) => nodeLink(node))), " · ",
      el("a", { href: link({ finding: number + 1, view: "findings" }) }, "Show in the picture")) : el("p", { class: "muted" }, "On nothing that is drawn"));
}

// --- access ---------------------------------------------------------------------------------------------------------

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
