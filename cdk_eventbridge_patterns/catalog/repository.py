"""The catalogue as Markdown, for a repository: an index, and a page for each service, event and bus."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.catalog.directory import Directory
from cdk_eventbridge_patterns.catalog.entries import EventEntry
from cdk_eventbridge_patterns.catalog.markup import Markup
from cdk_eventbridge_patterns.catalog.names import Names
from cdk_eventbridge_patterns.catalog.pages import Pages
from cdk_eventbridge_patterns.catalog.participant import Participant
from cdk_eventbridge_patterns.catalog.schemas import Schemas
from cdk_eventbridge_patterns.catalog.talks import MOST_EDGES, edges, graph
from cdk_eventbridge_patterns.reports.called import called


def markdown_catalog(directory: Directory) -> dict[str, str]:
    """Return the files, by their paths."""
    return dict(_Repository(directory).files())


class _Links(Markup):
    """Links from the pages of one folder."""

    def __init__(self, names: Names, above: str) -> None:
        self._names = names
        self._above = above

    def service(self, participant: Participant) -> str:
        name = str(participant)
        return self._link(name, "services", self._names.services[name])

    def event(self, event: EventEntry) -> str:
        return self._link(event.title, "events", self._names.events[event.title])

    def bus(self, arn: str) -> str:
        return self._link(called(arn).removeprefix("bus "), "buses", self._names.buses[arn])

    def _link(self, text: str, folder: str, slug: str) -> str:
        return f"[{self.text(text)}]({self._above}{folder}/{slug}.md)"


class _Repository:
    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._names = Names.of(directory)
        self._edges = edges(directory.services)
        self._index = _Links(self._names, "")
        self._links = _Links(self._names, "../")
        self._pages = Pages(self._links, directory)

    def files(self) -> Iterator[tuple[str, str]]:
        yield "README.md", _page("EventBridge catalogue", self._of_index())
        for service in self._directory.services:
            name = str(service.participant)
            own = [each for each in self._edges if name in each[:2]]
            drawn = ["## Who it talks to", _mermaid(graph(own))] if own else []
            page = self._titled(name, [*self._pages.service(service), *drawn])
            yield f"services/{self._names.services[name]}.md", page
        for event in self._directory.events:
            slug = self._names.events[event.title]
            schemas = Schemas.of(event, self._names.buses)
            links = [f"- [{file}](../schemas/{slug}/{file})" for file in schemas.files]
            paragraphs = [*self._pages.event(event), *(["## Schema", "\n".join(links)] if links else [])]
            yield f"events/{slug}.md", self._titled(event.title, paragraphs)
            for file, schema in schemas.files.items():
                yield f"schemas/{slug}/{file}", json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for bus in self._directory.buses:
            yield f"buses/{self._names.buses[bus.arn]}.md", self._titled(bus.name, self._pages.bus(bus))

    def _titled(self, title: str, paragraphs: Sequence[str]) -> str:
        return _page(self._links.text(title), paragraphs)

    def _of_index(self) -> Iterator[str]:
        link = self._index
        if len(self._edges) > MOST_EDGES:
            yield f"Who talks to whom is drawn on the page of each service; here it would be {len(self._edges)} lines."
        elif self._edges:
            yield _mermaid(graph(self._edges))
        yield from _section("Services", [link.service(each.participant) for each in self._directory.services])
        declared = [each for each in self._directory.events if each.declared]
        others = [each for each in self._directory.events if not each.declared]
        yield from _section("Events", [self._event(each) for each in declared])
        yield from _section("Events that nobody who was read declares", [self._event(each) for each in others])
        yield from _section("Buses", [link.bus(each.arn) for each in self._directory.buses])

    def _event(self, event: EventEntry) -> str:
        consumers = ", ".join(map(self._index.service, event.consumers)) or "nobody"
        return f"{self._index.event(event)}, received by {consumers}"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "\n".join(f"- {line}" for line in lines)] if lines else []


def _mermaid(drawing: str) -> str:
    return f"```mermaid\n{drawing}\n```"


def _page(title: str, paragraphs: Iterator[str] | Sequence[str]) -> str:
    return "\n\n".join([f"# {title}", *paragraphs]) + "\n"
