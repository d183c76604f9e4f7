"""Flows of events that AWS services publish: they start at a default bus, which no template makes."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.contracts import S3_OBJECT_CREATED
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.simulation.flow import Flow, declared_flows
from cdk_eventbridge_patterns.simulation.proof import proof_of
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_bus_policy,
    a_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.flows import PUT_EVENTS, PUT_RULES, SEND

CREATED = EventStamp.of(S3_OBJECT_CREATED, NamingConvention(organization="acme", stage="prod"))
STAMP = Stamp(service="billing", consumes=[CREATED.name], aws_events=[CREATED])
PATTERN = {"source": ["aws.s3"], "detail-type": ["Object Created"]}
ON_DEFAULT, OWN_DEFAULT = bus_arn("default"), bus_arn("default", account=BILLING)
ON_BILLING, UPLOADS = bus_arn("acme-prod-billing", account=BILLING), queue_arn("uploads")


def a_mover(**changed: Any) -> Rule:
    given = {
        "on": ON_DEFAULT,
        "account": BILLING,
        "stamp": STAMP,
        "event_pattern": {**PATTERN, "account": [ORDERS]},
        **changed,
    }
    return a_rule(a_target(ON_BILLING, role_arn=role_arn()), name="acme-prod-billing--objects", **given)


delivery = a_rule(
    a_target(UPLOADS), name="order-placed-v1", on=ON_BILLING, account=BILLING, stamp=STAMP, event_pattern=PATTERN
)
LETS_BILLING = a_bus_policy(
    {**PUT_RULES, "Resource": f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-billing--*"}, on=ON_DEFAULT
)
CONSUMER: list[Element] = [
    a_bus("acme-prod-billing", account=BILLING),
    a_role("from-orders", PUT_EVENTS),
    delivery,
    a_queue("uploads"),
    a_policy(UPLOADS, {**SEND, "Resource": UPLOADS}),
]


def flows(topology: Topology) -> list[Flow]:
    return list(declared_flows(topology))


def test_it_comes_from_the_default_bus_that_a_rule_brings_it_from() -> None:
    topology = a_topology(*CONSUMER, a_mover(), LETS_BILLING)

    (flow,) = flows(topology)

    assert (flow.bus.arn, flow.target.arn) == (ON_DEFAULT, UPLOADS)
    assert proof_of(topology, flow).arrives is True


def test_a_rule_for_events_of_another_account_brings_none() -> None:
    topology = a_topology(*CONSUMER, a_mover(event_pattern={**PATTERN, "account": [BILLING]}), LETS_BILLING)

    (flow,) = flows(topology)

    assert proof_of(topology, flow).arrives is False


def test_a_default_bus_that_lets_the_consumer_put_no_rules_is_in_the_way() -> None:
    topology = a_topology(*CONSUMER, a_mover(), a_bus_policy(PUT_RULES, on=ON_DEFAULT))

    proof = proof_of(topology, flows(topology)[0])

    assert proof.arrives is False
    assert proof.obstacle is not None
    assert "may put rule acme-prod-billing--objects" in proof.obstacle.says


def test_without_a_rule_that_brings_it_it_would_have_to_come_from_the_consumers_own_default_bus() -> None:
    topology = a_topology(*CONSUMER, a_mover(event_pattern=None), LETS_BILLING)
    alone = a_topology(*CONSUMER)

    for each in (topology, alone):
        (flow,) = (flow for flow in flows(each) if flow.target.arn == UPLOADS)
        assert flow.bus.arn == OWN_DEFAULT
        assert proof_of(each, flow).arrives is False


def test_a_flow_from_an_account_that_was_not_read_is_left_out() -> None:
    topology = a_topology(*CONSUMER, a_mover(), environments=frozenset({(BILLING, REGION)}))

    assert flows(topology) == []


def test_each_account_that_it_is_brought_from_is_a_flow() -> None:
    own = a_mover(on=OWN_DEFAULT, event_pattern={**PATTERN, "account": [BILLING]})
    topology = a_topology(*CONSUMER, a_mover(), own, LETS_BILLING)

    proofs = [proof_of(topology, each) for each in flows(topology)]

    assert {each.flow.bus.arn for each in proofs} == {ON_DEFAULT, OWN_DEFAULT}
    assert {each.arrives for each in proofs} == {True}
