"""What is read of global endpoints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.assembly import topology_of
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.topology.endpoint import Endpoint
from cdk_eventbridge_patterns.undecided import Undecided

BUSES = [f"arn:aws:events:{region}:111111111111:event-bus/acme-prod-orders" for region in ("eu-west-1", "us-east-1")]
WRITTEN = [{"EventBusArn": bus} for bus in BUSES]


def the_endpoint(**properties: Any) -> Endpoint:
    """The endpoint that a template makes."""
    body = {
        "Parameters": {"State": {"Type": "String"}, "Buses": {"Type": "CommaDelimitedList"}},
        "Resources": {"Endpoint": {"Type": "AWS::Events::Endpoint", "Properties": properties}},
    }
    (endpoint,) = topology_of([Template(file=Path("template.json"), stack="Orders", body=body)]).endpoints
    return endpoint


def test_an_endpoint_has_its_buses_in_order_and_its_role() -> None:
    endpoint = the_endpoint(Name="acme-prod-orders", EventBuses=WRITTEN, RoleArn="arn:aws:iam::111111111111:role/it")

    assert (endpoint.name, endpoint.bus_arns) == ("acme-prod-orders", tuple(BUSES))
    assert endpoint.role_arn == "arn:aws:iam::111111111111:role/it"


def test_an_endpoint_replicates_unless_it_says_otherwise() -> None:
    assert the_endpoint(EventBuses=WRITTEN).replicates is True
    assert the_endpoint(EventBuses=WRITTEN, ReplicationConfig={"State": "ENABLED"}).replicates is True
    assert the_endpoint(EventBuses=WRITTEN, ReplicationConfig={"State": "DISABLED"}).replicates is False


def test_what_is_given_at_deployment_is_undecided() -> None:
    endpoint = the_endpoint(EventBuses={"Ref": "Buses"}, ReplicationConfig={"State": {"Ref": "State"}})

    assert isinstance(endpoint.replicates, Undecided)
    assert isinstance(endpoint.bus_arns, Undecided)
