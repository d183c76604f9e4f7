"""Global endpoints."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.assembly.elements.values import common, entries, mapping, said, text, text_in
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.topology.endpoint import Endpoint
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.undecided import Undecided


def endpoints(resolution: Resolution) -> Iterator[Endpoint]:
    """Return the global endpoints; they replicate unless they say otherwise.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-endpoint.html
    """
    for resource in resolution.resources("AWS::Events::Endpoint"):
        written = resource.properties.get("EventBuses")
        state = text_in(resource.properties.get("ReplicationConfig"), "State")
        yield Endpoint(
            name=text(resource.properties.get("Name")) or resource.logical_id,
            bus_arns=written
            if isinstance(written, Undecided)
            else tuple(said(mapping(each).get("EventBusArn")) for each in entries(written)),
            replicates=True if state is None else same(state, "ENABLED"),
            role_arn=text(resource.properties.get("RoleArn")),
            **common(resource),
        )
