// The search: all that can be selected, found by any part of its name, and by several words.

const search = (() => {
  const query = byId("query");
  const results = byId("results");
  const chosen = { kind: "" };
  const shownOfKind = { all: 12, one: 60 };

  /** Return what all words are in, that which begins with the first word first. */
  function find(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = things.filter((thing) => thing.text !== null && words.every((word) => thing.text.includes(word)));
    if (words.length === 0) return found;
    const begin = found.filter((thing) => thing.text.startsWith(words[0]));
    return [...begin, ...found.filter((thing) => !thing.text.startsWith(words[0]))];
  }

  function show() {
    const found = find(query.value);
    const groups = grouped(found, (thing) => thing.kind);
    const kinds = Object.keys(KINDS).filter((kind) => groups.has(kind) && (chosen.kind === "" || chosen.kind === kind));
    const shown = kinds.length === 1 ? shownOfKind.one : shownOfKind.all;
    results.replaceChildren(...kinds.flatMap((kind) => section(kind, groups.get(kind), shown)));
    if (query.value.trim()) tell(kinds, groups);
    else byId("found").textContent = "";
    markSelected();
  }

  function tell(kinds, groups) {
    const counts = kinds.map((kind) => counted(groups.get(kind).length, ONE[kind].toLowerCase(), KINDS[kind].toLowerCase()));
    byId("found").textContent = counts.length ? `Found: ${counts.join(", ")}` : "Nothing found. Fewer letters find more.";
  }

  function section(kind, items, shown) {
    const id = `results-${kind}`;
    const list = longList(items, result, { shown, attributes: { "aria-labelledby": id } });
    return [el("h2", { id }, KINDS[kind], el("span", { class: "count" }, ` ${items.length}`)), ...list];
  }

  function result(thing) {
    return el("li", {}, el("a", { href: link(keyOf(thing)), class: `result ${thing.kind}` },
      el("span", { class: "label" }, thing.label), thing.beside && el("span", { class: "beside" }, thing.beside)));
  }

  function markSelected() {
    for (const each of results.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
    const now = readAddress().selected;
    if (now === undefined) return;
    const href = link(keyOf(now));
    for (const each of results.querySelectorAll("a")) if (each.getAttribute("href") === href) each.setAttribute("aria-current", "true");
  }

  const all = () => [...results.querySelectorAll("a, button:not([hidden])")];

  query.addEventListener("input", show);
  query.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      all()[0]?.focus();
    } else if (event.key === "Enter") {
      results.querySelector("a")?.click();
    } else if (event.key === "Escape" && query.value) {
      query.value = "";
      show();
    }
  });
  results.addEventListener("keydown", (event) => {
    const there = all();
    const at = there.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: there.length - 1, Escape: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (next < 0) query.focus();
    else there[Math.min(next, there.length - 1)].focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    query.focus();
    query.select();
  });

  for (const [kind, name] of [["", "All"], ...Object.entries(KINDS)]) {
    const button = el("button", { type: "button", "aria-pressed": String(kind === "") }, name);
    button.addEventListener("click", () => {
      chosen.kind = kind;
      for (const each of byId("kinds").children) each.setAttribute("aria-pressed", String(each === button));
      show();
    });
    byId("kinds").append(button);
  }
  return { show, markSelected };
})();
