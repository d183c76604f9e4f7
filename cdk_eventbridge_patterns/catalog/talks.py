"""Who talks to whom, as a Mermaid graph."""

from __future__ import annotations

from collections.abc import Iterable

from cdk_eventbridge_patterns.catalog.entries import ServiceEntry
from cdk_eventbridge_patterns.catalog.grouped import grouped
from cdk_eventbridge_patterns.catalog.participant import Participant
from cdk_eventbridge_patterns.reports.called import called
from cdk_eventbridge_patterns.reports.mermaid import in_mermaid
from cdk_eventbridge_patterns.undecided import Answer, any_of

MOST_EDGES = 100
"""More edges in one graph nobody can follow; by default Mermaid draws 500 at most.

https://mermaid.js.org/config/schema-docs/config-properties-maxedges.html
"""

Edge = tuple[str, str, Answer, int]


def edges(services: Iterable[ServiceEntry]) -> list[Edge]:
    """Return who gets how many events from whom, or may; of an event that nobody says who publishes, from which bus."""
    found = grouped(
        ((_publisher(each.publication.publisher, each.publication.bus_arn), str(entry.participant)), each)
        for entry in services
        for each in entry.consumes
        if each.arrives is not False
    )
    drawn = [
        (publisher, consumer, any_of(each.arrives for each in taken), len({each.publication.event for each in taken}))
        for (publisher, consumer), taken in found.items()
    ]
    return sorted(drawn, key=lambda edge: edge[:2])


def graph(edges: Iterable[Edge]) -> str:
    """Return *edges* as a Mermaid graph; what is undecided is dotted."""
    drawn = list(edges)
    ids = {name: f"n{number}" for number, name in enumerate(sorted({name for each in drawn for name in each[:2]}))}
    lines = ["graph LR", *(f'    {id}["{in_mermaid(name)}"]' for name, id in ids.items())]
    for publisher, consumer, answer, count in drawn:
        arrow = "-->" if answer is True else "-.->"
        lines.append(f'    {ids[publisher]} {arrow}|"{count} event{"" if count == 1 else "s"}"| {ids[consumer]}')
    return "\n".join(lines)


def _publisher(participant: Participant | None, bus_arn: str) -> str:
    return called(bus_arn) if participant is None else str(participant)
