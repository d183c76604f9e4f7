// What Python found out, and what points at what in it. Nothing here knows anything about AWS.

const data = JSON.parse(byId("data").textContent);

const RECEIVERS_HIDDEN = new Set(["bus", "rule", "publisher"]);
const nodeNumbers = new Map(data.nodes.map((node, number) => [node.id, number]));
const rulesByNode = new Map(data.rules.map((rule) => [rule.node, rule]));
const busesByNode = new Map(data.buses.map((bus) => [bus.node, bus]));

/** The edges at each node. */
const edgesAt = data.nodes.map(() => []);
data.edges.forEach((edge, number) => {
  edgesAt[edge.from].push(number);
  edgesAt[edge.to].push(number);
});

/** Who publishes and receives what: by service, lists of [event, publication] and [event, publication, receipt]. */
const publishedBy = data.services.map(() => []);
const consumedBy = data.services.map(() => []);
for (const event of data.events) {
  for (const publication of event.publications) {
    if (publication.publisher !== undefined) publishedBy[publication.publisher].push({ event, publication });
    for (const receipt of publication.receipts) consumedBy[receipt.consumer].push({ event, publication, receipt });
  }
}

const serviceName = (service) => (service.kind === "service" ? service.name : `${service.kind} ${service.name}`);
const placeOf = (node) => data.frames[node.frame];
const inWords = (frame) => `${frame.account} · ${frame.region}`;

/** All that can be searched and selected: kind, id (as in links), label, and what else it is found by. */
const things = [
  ...[...data.events].sort((one, other) => other.declared - one.declared).map((event) => ({ kind: "event", id: event.title, label: event.name, beside: event.service, event })),
  ...data.services.map((service) => ({
    kind: "service", id: serviceName(service), label: serviceName(service), beside: service.owners.join(", "), service,
  })),
  ...data.frames.map((frame, number) => ({
    kind: "account", id: frame.id, label: frame.account, beside: [frame.region, ...frame.services].join(" · "), frame: number,
  })),
  ...data.nodes.flatMap((node, number) => {
    const kind = RECEIVERS_HIDDEN.has(node.kind) ? node.kind : "target";
    if (kind === "publisher") return [];
    const where = inWords(placeOf(node));
    return [{ kind, id: node.id, label: node.name, beside: kind === "target" ? `${node.kind} · ${where}` : where, node: number }];
  }),
];
for (const thing of things) thing.text = `${thing.label} ${thing.beside} ${thing.id}`.toLowerCase();

data.findings.forEach((finding, number) => {
  things.push({ kind: "finding", id: String(number + 1), label: finding.check, beside: "", finding, text: null });
});
const thingsByKey = new Map(things.map((thing) => [`${thing.kind}=${thing.id}`, thing]));

const KINDS = { event: "Events", service: "Services", account: "Accounts", bus: "Buses", rule: "Rules", target: "Targets" };
const ONE = { event: "Event", service: "Service", account: "Account", bus: "Bus", rule: "Rule", target: "Target", finding: "Finding" };
