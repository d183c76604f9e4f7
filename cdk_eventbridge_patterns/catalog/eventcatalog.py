"""The catalogue as a project of EventCatalog 3: a folder that it builds a website from.

The fields of its pages, and where they lie, are those of `content.config.ts` in `@eventcatalog/core` 3.48.4.
https://www.eventcatalog.dev/docs
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from cdk_eventbridge_patterns.catalog.directory import Directory
from cdk_eventbridge_patterns.catalog.entries import BusEntry, EventEntry, ServiceEntry
from cdk_eventbridge_patterns.catalog.grouped import grouped
from cdk_eventbridge_patterns.catalog.markup import Markup
from cdk_eventbridge_patterns.catalog.names import Names
from cdk_eventbridge_patterns.catalog.pages import Pages
from cdk_eventbridge_patterns.catalog.participant import Participant, ParticipantKind
from cdk_eventbridge_patterns.catalog.schemas import Schemas
from cdk_eventbridge_patterns.catalog.slugs import slugs

CORE_VERSION = "3.48.4"

# EventCatalog asks for a version of everything; a template knows those of events only.
_ONE = "1"

# What is in a folder of these names anywhere in the project is of this sort to EventCatalog; some it passes over.
_RESERVED = frozenset(
    {
        "adrs", "agents", "channels", "commands", "containers", "data-products", "diagrams", "dist", "docs", "domains",
        "entities", "events", "flows", "node_modules", "pages", "public", "queries", "services", "subdomains", "teams",
        "users", "versioned",
    }
)  # fmt: skip

# In MDX braces hold JavaScript; a colon before a letter begins a directive.
_ESCAPED = str.maketrans({"{": "&#123;", "}": "&#125;", ":": "&#58;"})

# A word joiner: two brackets begin a link, and two hyphens are made a dash of.
_NOTHING = "\u2060"

_COLOURS = {"public": "green", "internal": "blue", "confidential": "orange", "restricted": "red"}

_EXTERNAL = (ParticipantKind.ACCOUNT, ParticipantKind.AWS)


def eventcatalog_files(directory: Directory, domains: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the pages and schemas, by their paths.

    Args:
        directory: What is listed.

        domains: The services of each domain, which no template says.
    """
    return dict(_Project(directory, domains).files())


def eventcatalog_settings(organization: str) -> dict[str, str]:
    """Return the files that a project begins with and that are its owner's from then on.

    Args:
        organization: Whose catalogue it is.
    """
    package = {
        "name": "eventcatalog",
        "private": True,
        "scripts": {"build": "eventcatalog build", "dev": "eventcatalog dev"},
        "dependencies": {"@eventcatalog/core": f"^{CORE_VERSION}"},
    }
    return {
        "package.json": json.dumps(package, indent=2) + "\n",
        "eventcatalog.config.js": _CONFIG % json.dumps(organization, ensure_ascii=False),
        ".gitignore": "node_modules\ndist\n.eventcatalog-core\n",
    }


_CONFIG = """\
/** @type {import('@eventcatalog/core/bin/eventcatalog.config').Config} */
export default {
  cId: 'cdk-eventbridge',
  title: 'EventBridge catalogue',
  organizationName: %s,
  tagline: false,
  output: 'static',
  rss: { enabled: false },
  llmsTxt: { enabled: false },
};
"""


@dataclass(frozen=True)
class _Ids:
    """What EventCatalog knows everything by; of an event, with its version."""

    services: Mapping[str, str]
    events: Mapping[str, tuple[str, str]]
    buses: Mapping[str, str]

    @classmethod
    def of(cls, directory: Directory) -> _Ids:
        names = Names.of(directory, _RESERVED)
        titles = {each.title: _title_and_version(each) for each in directory.events}
        of_events = slugs([title for title, _ in titles.values()], _RESERVED)
        events = {title: (of_events[unversioned], version) for title, (unversioned, version) in titles.items()}
        return cls(services=names.services, events=events, buses=names.buses)


def _title_and_version(event: EventEntry) -> tuple[str, str]:
    """Return what an event is called whatever its version, and that."""
    if event.name is None:
        return event.title, _ONE
    return f"{event.name.service}.{event.name.event}", str(event.name.version)


class _Links(Markup):
    """Text and links in MDX."""

    def __init__(self, ids: _Ids) -> None:
        self._ids = ids

    def text(self, text: str) -> str:
        apart = text.replace("[[", f"[{_NOTHING}[").replace("--", f"-{_NOTHING}-")
        return super().text(apart).translate(_ESCAPED)

    def service(self, participant: Participant) -> str:
        return f"[[service|{self._ids.services[str(participant)]}@{_ONE}]]"

    def event(self, event: EventEntry) -> str:
        id, version = self._ids.events[event.title]
        return f"[[event|{id}@{version}]]"

    def bus(self, arn: str) -> str:
        return f"[[channel|{self._ids.buses[arn]}@{_ONE}]]"


class _Project:
    def __init__(self, directory: Directory, domains: Mapping[str, Sequence[str]]) -> None:
        self._directory = directory
        self._domains = domains
        self._ids = _Ids.of(directory)
        of_services = (owner for each in directory.services for owner in each.owners)
        of_events = (owner for each in directory.events for owner in each.owners)
        self._teams = slugs([*of_services, *of_events], _RESERVED)
        self._pages = Pages(_Links(self._ids), directory)

    def files(self) -> Iterator[tuple[str, str]]:
        for service in self._directory.services:
            id = self._ids.services[str(service.participant)]
            yield f"services/{id}/index.mdx", self._service(id, service)
        yield from self._events()
        for bus in self._directory.buses:
            id = self._ids.buses[bus.arn]
            yield f"channels/{id}/index.mdx", self._channel(id, bus)
        for owner, id in sorted(self._teams.items()):
            yield f"teams/{id}.mdx", _page({"id": id, "name": owner}, ["Named as an owner by stamps."])
        of_domains = slugs(list(self._domains), _RESERVED)
        for domain, services in sorted(self._domains.items()):
            yield f"domains/{of_domains[domain]}/index.mdx", self._domain(of_domains[domain], domain, services)

    def _service(self, id: str, entry: ServiceEntry) -> str:
        sends = grouped((each.event, self._ids.buses[each.bus_arn]) for each in entry.publishes)
        # From the bus that it is published on, whatever other bus it comes by: where channels lead to each other,
        # EventCatalog draws any way along them, but EventBridge moves an event once.
        receives = grouped(
            (each.publication.event, self._ids.buses[each.publication.bus_arn])
            for each in entry.consumes
            if each.arrives is not False
        )
        head = {
            **self._head(id, str(entry.participant), _ONE, entry.owners),
            "sends": [self._message(event, "to", buses) for event, buses in sends.items()],
            "receives": [self._message(event, "from", buses) for event, buses in receives.items()],
            **({"externalSystem": True} if entry.participant.kind in _EXTERNAL else {}),
        }
        return _page(head, [*self._pages.service(entry), "## Graph", "<NodeGraph />"])

    def _message(self, event: str, way: str, buses: Sequence[str]) -> dict[str, Any]:
        id, version = self._ids.events[event]
        return {"id": id, "version": version, way: [_pointer(bus) for bus in dict.fromkeys(buses)]}

    def _events(self) -> Iterator[tuple[str, str]]:
        """Return the pages of events with their schemas: that of the latest version, and the others below it."""
        by_id = grouped((self._ids.events[each.title][0], each) for each in self._directory.events)
        for id, versions in by_id.items():
            *older, latest = sorted(versions, key=lambda each: int(self._ids.events[each.title][1]))
            for event in (latest, *older):
                version = self._ids.events[event.title][1]
                folder = f"events/{id}" if event is latest else f"events/{id}/versioned/{version}"
                schemas = Schemas.of(event, self._ids.buses).files
                yield f"{folder}/index.mdx", self._event(id, version, event, list(schemas))
                for file, schema in schemas.items():
                    yield f"{folder}/{file}", json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

    def _event(self, id: str, version: str, event: EventEntry, files: Sequence[str]) -> str:
        classes = sorted({stamp.data_class for stamp in event.stamps})
        name = event.title if event.name is None else event.name.event
        head = {
            **self._head(id, name, version, event.owners),
            "summary": " ".join(event.descriptions),
            "badges": [
                *([] if event.declared else [_badge("declared by nobody", "gray")]),
                *(_badge(each, _COLOURS.get(each, "gray")) for each in classes),
            ],
            **({"schemaPath": files[0]} if len(files) == 1 else {"schemas": [{"file": file} for file in files]}),
        }
        viewers = [f'<SchemaViewer file="{file}" title="{file}" />' for file in files]
        schema = ["## Schema of the detail", *viewers] if viewers else []
        return _page(head, [*self._pages.event(event), *schema, "## Graph", "<NodeGraph />"])

    def _channel(self, id: str, bus: BusEntry) -> str:
        owners = [each.owners for each in self._directory.services if each.participant == bus.owner]
        head = {
            **self._head(id, bus.name, _ONE, owners[0] if owners else ()),
            "address": bus.arn,
            "protocols": ["eventbridge"],
            "deliveryGuarantee": "at-least-once",
        }
        return _page(head, [*self._pages.bus(bus), "## Graph", "<NodeGraph />"])

    def _domain(self, id: str, domain: str, services: Sequence[str]) -> str:
        pointers = [_pointer(self._ids.services[service]) for service in services]
        return _page({**self._head(id, domain, _ONE, ()), "services": pointers}, ["<NodeGraph />"])

    def _head(self, id: str, name: str, version: str, owners: Sequence[str]) -> dict[str, Any]:
        return {"id": id, "name": name, "version": version, "owners": [self._teams[owner] for owner in owners]}


def _pointer(id: str) -> dict[str, str]:
    return {"id": id, "version": _ONE}


def _badge(content: str, colour: str) -> dict[str, str]:
    return {"content": content, "backgroundColor": colour, "textColor": colour}


def _page(head: Mapping[str, Any], paragraphs: Sequence[str]) -> str:
    said = {key: value for key, value in head.items() if value not in ([], "")}
    front = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=10_000)
    return "\n\n".join([f"---\n{front}---", *paragraphs]) + "\n"
