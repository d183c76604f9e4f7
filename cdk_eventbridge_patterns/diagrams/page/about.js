// What is selected, or all that was read.

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
