// Who consumes what: by event, and by service.

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
