"""The examples, deployed: each event arrives where the flow table says, and where the trace says, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.local import Deployment, Done
from cdk_eventbridge_patterns.matching.analysis.verdict import Live
from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.simulation.witness import witness_of
from cdk_eventbridge_patterns.testing import topology_in
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.e2e.functions import playable
from tests.e2e.left import left_in
from tests.e2e.receivers import Received, Receivers, called
from tests.examples.test_flows import ASSEMBLIES, FLOWS

# The two teams' apps are deployed as their teams do it: first both buses, then the rules on them.
BUSES_FIRST = {"two_apps": ["Orders", "Billing"]}


# Events of the one arrive in several Regions, and here one is looked into; the other has a function as a target, which
# the emulator can't make. `test_other_ways.py` deploys a route, a consumer in another Region, and a direct delivery.
DEPLOYABLE = [example for example in FLOWS if example not in {"cross_region", "direct_targets"}]


@pytest.mark.parametrize("example", DEPLOYABLE)
def test_every_event_arrives_where_it_is_declared_and_traced_to_and_nowhere_else(
    assemblies: Path, eventbridge_local: Deployment, example: str
) -> None:
    topology = _deployed(eventbridge_local, assemblies, example)
    published = [(bus, event) for bus in topology.buses if bus.stamp is not None for event in bus.stamp.publishes]

    with closing(Receivers(eventbridge_local)) as receivers:
        found = [_publish(eventbridge_local, receivers, topology, *each) for each in published]

    names = [f"{event.name} on {bus.name}" for bus, event in published]
    assert {name: {called for _, called in at} for name, at in zip(names, found, strict=True)} == FLOWS[example]
    assert found == [_traced(topology, *each) for each in published]


def test_a_second_deployment_changes_nothing(assemblies: Path, eventbridge_local: Deployment) -> None:
    first = eventbridge_local.deploy(assemblies / "reference")

    second = eventbridge_local.deploy(assemblies / "reference")

    assert set(first.values()) == {Done.CREATED}
    assert set(second.values()) == {Done.UNCHANGED}


def test_what_is_removed_leaves_nothing(assemblies: Path, eventbridge_local: Deployment) -> None:
    eventbridge_local.deploy(playable(assemblies / "shop"))
    accounts = eventbridge_local.accounts

    eventbridge_local.remove()

    left = {account: left_in(eventbridge_local.session(account)) for account in accounts}
    assert {account: found for account, found in left.items() if found} == {}


def test_two_topologies_in_the_same_accounts_know_nothing_of_each_other(
    assemblies: Path, eventbridge_local: Deployment
) -> None:
    reference = _deployed(eventbridge_local, assemblies, "reference")
    two_apps = _deployed(eventbridge_local, assemblies, "two_apps")
    published = [
        (topology, bus, event)
        for topology in (reference, two_apps)
        for bus in topology.buses
        if bus.stamp is not None
        for event in bus.stamp.publishes
    ]

    with closing(Receivers(eventbridge_local)) as receivers:
        found = [_publish(eventbridge_local, receivers, *each) for each in published]

    assert found == [_traced(*each) for each in published]


def _deployed(deployment: Deployment, assemblies: Path, example: str) -> Topology:
    folders = [playable(assemblies / each) for each in ASSEMBLIES[example]]
    if example in BUSES_FIRST:
        deployment.deploy(*folders, stacks=BUSES_FIRST[example])
    deployment.deploy(*folders)
    return topology_in(*folders)


def _publish(
    deployment: Deployment, receivers: Receivers, topology: Topology, bus: Bus, event: EventStamp
) -> set[Received]:
    witness = _witness(topology, bus, event)
    entry = {
        "EventBusName": bus.arn,
        "Source": witness["source"],
        "DetailType": witness["detail-type"],
        "Detail": json.dumps(witness["detail"]),
    }
    answer = deployment.session(event.account or bus.account).client("events").put_events(Entries=[entry])
    assert answer["FailedEntryCount"] == 0
    return receivers.received(len(_traced(topology, bus, event)))


def _traced(topology: Topology, bus: Bus, event: EventStamp) -> set[Received]:
    """Return where an event arrives, as the templates say."""
    arrivals = trace(topology, _witness(topology, bus, event), bus=bus.arn).arrivals()
    return {called(each.target_arn) for each in arrivals if each.arrives is True and not each.last.target.is_bus}


def _witness(topology: Topology, bus: Bus, event: EventStamp) -> Mapping[str, Any]:
    """Return an event of the contract; nothing but what a publisher gives."""
    found = witness_of(topology, event, bus, [])
    assert isinstance(found, Live)
    return {key: found.witness[key] for key in ("source", "detail-type", "detail")}
