// What was found, and where.

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
