"""What our plans declare arrives; without any one thing that it needs, the check says so."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.assembly import Template, topology_of
from cdk_eventbridge_patterns.checks.flow.flow_does_not_arrive import FlowDoesNotArrive
from cdk_eventbridge_patterns.simulation import Trace, trace
from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import Proof, proof_of
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.laws.estates import Wanted, templates_of, wants

# Without its rule a delivery is not declared any more, and without its bus a producer declares nothing.
_NEEDED = ("AWS::Events::EventBusPolicy", "AWS::IAM::Role", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy")
_PARTS = {
    "AWS::IAM::Role": ("AssumeRolePolicyDocument", "Policies"),
    "AWS::SQS::QueuePolicy": ("PolicyDocument",),
    "AWS::Events::Rule": ("Targets",),
}


@settings(max_examples=15, deadline=None)
@given(wants)
def test_every_declared_flow_arrives_with_an_event_of_its_contract(wanted: list[Wanted]) -> None:
    topology = topology_of(templates_of(wanted))

    proofs = proofs_in(topology)

    assert {(proof.flow.consumer, proof.flow.event.service) for proof in proofs} == {each[:2] for each in wanted}
    assert all(proof.arrives is True for proof in proofs)
    assert list(FlowDoesNotArrive().findings(topology)) == []


@settings(max_examples=15, deadline=None)
@given(wants, st.data())
def test_without_any_one_thing_the_check_finds_it_or_the_same_event_arrives_all_the_same(
    wanted: list[Wanted], data: st.DataObject
) -> None:
    templates = templates_of(wanted)
    proofs = proofs_in(topology_of(templates))

    place = data.draw(st.sampled_from(sorted(places_in(templates))))
    broken = topology_of(without(templates, place))

    found = [finding for finding in FlowDoesNotArrive().findings(broken) if not finding.undecided]
    assert found or all(traced_again(broken, proof).reaches(proof.flow.target.arn) is True for proof in proofs)


def proofs_in(topology: Topology) -> list[Proof]:
    return [proof_of(topology, flow) for flow in declared_flows(topology)]


def traced_again(topology: Topology, proof: Proof) -> Trace:
    assert proof.trace is not None
    event = {field: value for field, value in proof.trace.event.items() if "«" not in str(value)}
    return trace(topology, event, bus=proof.flow.bus.arn)


Place = tuple[int, str, str]


def places_in(templates: list[Template]) -> Iterator[Place]:
    """Return what can be taken away: a resource, or, where it is named, a property of one."""
    for index, template in enumerate(templates):
        for logical_id, resource in template.resources.items():
            if resource["Type"] in _NEEDED or _is_subscription(resource):
                yield index, logical_id, ""
            for part in _PARTS.get(resource["Type"], ()):
                if resource["Type"] != "AWS::Events::Rule" or _is_subscription(resource):
                    yield index, logical_id, part


def _is_subscription(resource: Any) -> bool:
    on = str(resource["Properties"].get("EventBusName", ""))
    return resource["Type"] == "AWS::Events::Rule" and on.startswith("arn:")


def without(templates: list[Template], place: Place) -> list[Template]:
    index, logical_id, part = place
    body = copy.deepcopy(dict(templates[index].body))
    if part:
        del body["Resources"][logical_id]["Properties"][part]
    else:
        del body["Resources"][logical_id]
    return [*templates[:index], replace(templates[index], body=body), *templates[index + 1 :]]
