// What lights up in the picture when something is selected.

const WORST_FIRST = ["no", "undecided", "yes"];
const worse = (one, other) => (WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(other) ? one : other);

const better = (one, other) => (one !== undefined && worse(one, other) === other ? one : other);

/**
 * Return what one sample of an event passes: on each edge the worst answer, and the nodes that it reaches. An edge that
 * it comes to twice, as a rule may be on one bus or on another, has the better of both.
 */
function pathOf(sample) {
  const visits = new Map();
  for (const [step, depth, , edge] of sample.stops) {
    if (edge < 0 || data.edges[edge].kind === "dead-letters") continue;
    const word = data.steps[step][1] === "note" ? "yes" : data.steps[step][1]; // what a target feeds
    const visit = `${edge} ${depth}`;
    visits.set(visit, [edge, worse(word, visits.get(visit)?.[1] ?? "yes")]);
  }
  const edges = new Map();
  for (const [edge, word] of visits.values()) edges.set(edge, better(edges.get(edge), word));
  const nodes = new Map();
  for (const [edge, word] of edges) {
    nodes.set(data.edges[edge].from, "yes");
    if (word !== "no") nodes.set(data.edges[edge].to, "yes");
  }
  if (sample.stops.length) nodes.set(sample.stops[0][2], "yes");
  nodes.delete(-1);
  return { nodes, edges };
}

/** Return what all samples of the first publication pass. */
function firstPathOf(event) {
  return litByEvent({ ...event, publications: event.publications.slice(0, 1) });
}

/** Return what all samples of an event pass together: an edge that one of them passes is passed. */
function litByEvent(event) {
  const nodes = new Map();
  const edges = new Map();
  for (const sample of event.publications.flatMap((publication) => publication.samples)) {
    const path = pathOf(sample);
    for (const [node, word] of path.nodes) nodes.set(node, word);
    for (const [edge, word] of path.edges) edges.set(edge, better(edges.get(edge), word));
  }
  if (edges.size === 0) return litByNames(event);
  return { nodes, edges };
}

/** Without a sample event: what has its name. */
function litByNames(event) {
  const number = data.events.indexOf(event);
  const edges = data.edges.flatMap((edge, place) => (edge.events.includes(number) ? [place] : []));
  return around([], edges);
}

/** Return nodes and edges as they are, with the ends of the edges. */
function around(nodes, edges) {
  const ends = edges.flatMap((edge) => [data.edges[edge].from, data.edges[edge].to]);
  return { nodes: new Map([...nodes, ...ends].map((node) => [node, ""])), edges: new Map(edges.map((edge) => [edge, ""])) };
}

/** Return nodes with all edges at them. */
function withEdges(nodes) {
  return around(nodes, [...new Set(nodes.flatMap((node) => edgesAt[node]))]);
}

function litBy(thing) {
  const nodesWhere = (fits) => data.nodes.flatMap((node, number) => (fits(node) ? [number] : []));
  switch (thing.kind) {
    case "event": return litByEvent(thing.event);
    case "service": return withEdges([...thing.service.buses.filter((node) => node >= 0), ...nodesWhere((node) => node.service === thing.service.name)]);
    case "account": return { ...withEdges(nodesWhere((node) => node.frame === thing.frame)), frames: [thing.frame] };
    case "finding": return around(thing.finding.nodes, thing.finding.edges);
    default: return withEdges([thing.node]);
  }
}

const litOf = new Map();

/** Return the same, found once. */
function litNow(thing) {
  if (!litOf.has(thing)) litOf.set(thing, litBy(thing));
  return litOf.get(thing);
}
