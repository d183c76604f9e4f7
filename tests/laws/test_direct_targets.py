"""Both sides of a direct delivery derive the same names, so it arrives; with one side only it does not.

Functions are left out: their permission, which names the role itself, is held by tests of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.access.statement import policy_document
from cdk_eventbridge_patterns.assembly import Template, topology_of
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.naming import BusReference, Case, NamingConvention
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.plan import TargetReference
from cdk_eventbridge_patterns.plan.acceptance import Acceptance
from cdk_eventbridge_patterns.plan.consumes import first_of
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target import TargetKind
from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import proof_of
from cdk_eventbridge_patterns.undecided import Answer, Undecided

ORDERS, BILLING, REGION = "111111111111", "222222222222", "eu-west-1"
DETAIL = {"type": "object"}
OWNED = {
    TargetKind.QUEUE: ("AWS::SQS::Queue", "QueueName"),
    TargetKind.TOPIC: ("AWS::SNS::Topic", "TopicName"),
    TargetKind.STREAM: ("AWS::Kinesis::Stream", "Name"),
}


class Direct(NamedTuple):
    """A direct delivery: by which convention, of whose events, called what, to what."""

    naming: NamingConvention
    service: str
    events: list[EventContract]
    name: str | None
    kind: TargetKind


def _directs(service: str) -> st.SearchStrategy[Direct]:
    event = st.builds(
        EventContract,
        service=st.just(service),
        event=st.sampled_from(["OrderPlaced", "OrderCancelled", "CustomerAddressCorrectedBySupport"]),
        version=st.integers(1, 3),
        detail=st.just(DETAIL),
    )
    return st.builds(
        Direct,
        st.sampled_from([NamingConvention(organization="acme", stage="prod", case=case) for case in Case]),
        st.just(service),
        st.lists(event, min_size=1, max_size=3, unique_by=lambda each: each.title),
        st.none() | st.sampled_from(["ledger", "large-orders", "whatever-is-to-be-kept-for-seven-years-by-law"]),
        st.sampled_from(sorted(OWNED, key=lambda kind: kind.name)),
    )


directs = st.sampled_from(["orders", "order-history", "o1"]).flatmap(_directs)


@settings(max_examples=40, deadline=None)
@given(directs)
def test_what_both_sides_declare_arrives(direct: Direct) -> None:
    assert arrives(sender(direct), receiver(direct, accepts=True)) == {True}


@settings(max_examples=20, deadline=None)
@given(directs)
def test_what_its_owner_does_not_accept_does_not_arrive(direct: Direct) -> None:
    assert arrives(sender(direct), receiver(direct, accepts=False)) == {False}


@settings(max_examples=20, deadline=None)
@given(directs)
def test_what_only_one_side_was_read_of_is_undecided(direct: Direct) -> None:
    assert all(isinstance(answer, Undecided) for answer in arrives(sender(direct)))


@given(directs, st.randoms())
def test_the_order_of_the_events_changes_no_name(direct: Direct, chance: Any) -> None:
    shuffled = chance.sample(direct.events, len(direct.events))

    assert accepted(direct).role_arn == accepted(direct._replace(events=shuffled)).role_arn


def arrives(*templates: Template) -> set[Answer]:
    topology = topology_of(templates)
    found = {proof_of(topology, flow).arrives for flow in declared_flows(topology)}
    assert found
    return found


def accepted(direct: Direct) -> Acceptance:
    on = BusReference.of(direct.service, account=ORDERS)
    return Acceptance.of(direct.events, on=on, name=direct.name, naming=direct.naming, region=REGION)


def sender(direct: Direct) -> Template:
    bus = ServiceBusDeclaration(
        service=direct.service, account=ORDERS, region=REGION, naming=direct.naming, publishes=direct.events
    )
    subscriber = Subscriber(service=direct.service, bus=bus.address, naming=direct.naming)
    delivery = DeliveryPlan(
        subscriber=subscriber,
        events=direct.events,
        name=direct.name or subscriber.name_for(first_of(direct.events)),
        target=_reference(direct).resolve(direct.naming, REGION),
        dead_letters_off="the law is about what arrives",
    )
    plan = plan_service_bus(bus)
    plan.include(plan_delivery(delivery))
    return _template(bus.address, plan.template())


def receiver(direct: Direct, *, accepts: bool) -> Template:
    resource_type, name = OWNED[direct.kind]
    resources: dict[str, Any] = {"Target": {"Type": resource_type, "Properties": {name: "invoices"}}}
    if accepts:
        resources["Policy"] = _policy(direct)
    return _template(BusAddress(BILLING, REGION, "none"), {"Resources": resources})


def _policy(direct: Direct) -> dict[str, Any]:
    arn = {"Ref": "Target"} if direct.kind is TargetKind.TOPIC else {"Fn::GetAtt": ["Target", "Arn"]}
    statement = accepted(direct).statement(direct.kind, "*")
    document = policy_document({**statement, "Resource": arn})
    properties: dict[TargetKind, dict[str, Any]] = {
        TargetKind.QUEUE: {"Queues": [{"Ref": "Target"}], "PolicyDocument": document},
        TargetKind.TOPIC: {"Topics": [{"Ref": "Target"}], "PolicyDocument": document},
        TargetKind.STREAM: {"ResourceArn": arn, "ResourcePolicy": document},
    }
    types = {
        TargetKind.QUEUE: "AWS::SQS::QueuePolicy",
        TargetKind.TOPIC: "AWS::SNS::TopicPolicy",
        TargetKind.STREAM: "AWS::Kinesis::ResourcePolicy",
    }
    return {"Type": types[direct.kind], "Properties": properties[direct.kind]}


def _reference(direct: Direct) -> TargetReference:
    return TargetReference(kind=direct.kind, account=BILLING, name="invoices")


def _template(place: BusAddress, body: dict[str, Any]) -> Template:
    file = Path(f"{place.account}.template.json")
    return Template(file=file, stack=place.account, account=place.account, region=place.region, body=body)
