"""Buses of either kind, and what belongs to one: archives, discoverers, logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.assembly.attributes import arn_of_resource, physical_name
from cdk_eventbridge_patterns.assembly.elements.arns import bus_arn
from cdk_eventbridge_patterns.assembly.elements.event_patterns import event_pattern
from cdk_eventbridge_patterns.assembly.elements.values import common, integer, said, text, text_in
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.topology.bus import Archive, Bus, BusKind, Discoverer, LogDelivery
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Undecided


def buses(resolution: Resolution) -> Iterator[Bus]:
    """Return the buses of either kind."""
    for resource in resolution.resources("AWS::Events::EventBus"):
        properties = resource.properties
        yield Bus(
            kind=BusKind.CLASSIC,
            arn=arn_of_resource(resource),
            name=physical_name(resource),
            key_arn=text(properties.get("KmsKeyIdentifier")) or None,
            dead_letter_arn=text_in(properties, "DeadLetterConfig", "Arn"),
            log_level=text_in(properties, "LogConfig", "Level"),
            **common(resource),
        )
    for resource in resolution.resources("AWS::EventsV2::EventBus"):
        yield Bus(
            kind=BusKind.V2,
            arn=arn_of_resource(resource),
            name=said(resource.properties.get("Name")),
            key_arn=text_in(resource.properties, "EncryptionConfiguration", "KmsKeyIdentifier") or None,
            **common(resource),
        )


def archives(resolution: Resolution) -> Iterator[Archive]:
    """Return the archives."""
    for resource in resolution.resources("AWS::Events::Archive"):
        properties = resource.properties
        yield Archive(
            name=physical_name(resource),
            bus_arn=said(properties.get("SourceArn")),
            key_arn=text(properties.get("KmsKeyIdentifier")) or None,
            retention_days=_days(properties.get("RetentionDays")),
            event_pattern=event_pattern(properties.get("EventPattern")),
            **common(resource),
        )


def _days(value: Any) -> int | Undecided | None:  # noqa: ANN401 - whatever a template holds
    written = text(value)
    if written is not None and not is_literal(written):
        return Undecided(f"it is {written}")
    return integer(value)


def discoverers(resolution: Resolution) -> Iterator[Discoverer]:
    """Return the discoverers."""
    for resource in resolution.resources("AWS::EventSchemas::Discoverer"):
        yield Discoverer(bus_arn=bus_arn(resource, resource.properties.get("SourceArn")), **common(resource))


def log_deliveries(resolution: Resolution) -> Iterator[LogDelivery]:
    """Return the logs that are delivered: a delivery joins a source, which names the bus, and a destination.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html
    """
    sources = {
        (resource.account, resource.region, text(resource.properties.get("Name"))): resource
        for resource in resolution.resources("AWS::Logs::DeliverySource")
    }
    destinations = {
        arn_of_resource(resource): text_in(resource.properties, "DestinationResourceArn")
        for resource in resolution.resources("AWS::Logs::DeliveryDestination")
    }
    for resource in resolution.resources("AWS::Logs::Delivery"):
        name = text(resource.properties.get("DeliverySourceName"))
        source = sources.get((resource.account, resource.region, name))
        if source is not None:
            arn = said(resource.properties.get("DeliveryDestinationArn"))
            yield LogDelivery(
                bus_arn=said(source.properties.get("ResourceArn")),
                log_type=said(source.properties.get("LogType")),
                destination_arn=destinations.get(arn) or arn,
                **common(resource),
            )
