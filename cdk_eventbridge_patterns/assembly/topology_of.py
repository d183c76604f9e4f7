"""Templates of all stacks and accounts, as one topology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdk_eventbridge_patterns.assembly.elements.alarms import alarms
from cdk_eventbridge_patterns.assembly.elements.buckets import buckets
from cdk_eventbridge_patterns.assembly.elements.buses import archives, buses, discoverers, log_deliveries
from cdk_eventbridge_patterns.assembly.elements.endpoints import endpoints
from cdk_eventbridge_patterns.assembly.elements.feeds import feeds
from cdk_eventbridge_patterns.assembly.elements.keys import key_aliases, keys
from cdk_eventbridge_patterns.assembly.elements.policies import policies
from cdk_eventbridge_patterns.assembly.elements.receivers import receivers
from cdk_eventbridge_patterns.assembly.elements.roles import roles
from cdk_eventbridge_patterns.assembly.elements.rules import rules
from cdk_eventbridge_patterns.assembly.elements.schemas import schemas
from cdk_eventbridge_patterns.assembly.names import names_of
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.tags import tagged_resources
from cdk_eventbridge_patterns.assembly.template import Template, metadata_of
from cdk_eventbridge_patterns.errors import AssemblyError, DeclarationError
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledged, Acknowledgement
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.topology import Topology


def topology_of(templates: Iterable[Template]) -> Topology:
    """Return all that *templates* say about EventBridge, as one topology.

    Raises:
        AssemblyError: If a stamp or an acknowledgement in them is not of its form.
    """
    resolution = Resolution(templates)
    return Topology(
        buses=tuple(buses(resolution)),
        rules=tuple(rules(resolution)),
        archives=tuple(archives(resolution)),
        discoverers=tuple(discoverers(resolution)),
        log_deliveries=tuple(log_deliveries(resolution)),
        endpoints=tuple(endpoints(resolution)),
        receivers=tuple(receivers(resolution)),
        feeds=tuple(feeds(resolution)),
        buckets=tuple(buckets(resolution)),
        policies=tuple(policies(resolution)),
        roles=tuple(roles(resolution)),
        keys=tuple(keys(resolution)),
        key_aliases=tuple(key_aliases(resolution)),
        schemas=tuple(schemas(resolution)),
        alarms=tuple(alarms(resolution)),
        names=tuple(names_of(resolution)),
        tagged=tuple(tagged_resources(resolution)),
        acknowledged=tuple(_acknowledged(resolution.templates)),
        unread=resolution.unread,
        environments=resolution.environments,
    )


def _acknowledged(templates: Iterable[Template]) -> Iterator[Acknowledged]:
    """Return the acknowledgements in the metadata of templates and of resources."""
    for template in templates:
        file = str(template.file)
        places = [(Location(stack=template.stack, logical_id="", template_file=file), metadata_of(template.body))]
        for logical_id, resource in template.resources.items():
            metadata = metadata_of(resource)
            if metadata:
                location = Location(
                    stack=template.stack,
                    logical_id=logical_id,
                    template_file=file,
                    construct_path=template.construct_path(logical_id),
                )
                places.append((location, metadata))
        for location, metadata in places:
            yield from (Acknowledged(location=location, acknowledgement=each) for each in _all(metadata, location))


def _all(metadata: object, location: Location) -> list[Acknowledgement]:
    try:
        return Acknowledgement.all_from_metadata(metadata)  # type: ignore[arg-type]
    except DeclarationError as error:
        msg = f"'{location.template_file}': {location}: {error}"
        raise AssemblyError(msg) from None
