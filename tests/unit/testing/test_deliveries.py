"""What teams assert of one event."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.errors import QuestionError, TraceError
from cdk_eventbridge_patterns.testing import assert_delivers, assert_not_delivered, trace_in
from cdk_eventbridge_patterns.testing.builders import (
    ORDERS,
    a_bus,
    a_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    a_topology,
    an_event,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology

ORDER = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {"total": 20}}
PARCELS = queue_arn("parcels", account=ORDERS)
STAMP = Stamp(service="orders", publishes=[an_event()])


def shipping(*, let_in: bool = True, stamp: Stamp | None = STAMP) -> Topology:
    """Return the bus of orders with a rule that delivers what costs something to a queue."""
    rule = a_rule(
        a_target(PARCELS),
        event_pattern={"source": ["com.acme.orders"], "detail": {"total": [{"numeric": [">", 10]}]}},
    )
    allow = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "*", "Resource": "*"}
    policy = [a_policy(PARCELS, allow)] if let_in else []
    return a_topology(a_bus(stamp=stamp), rule, a_queue("parcels", account=ORDERS), *policy)


def test_an_event_that_is_delivered_passes_and_its_trace_is_handed_back() -> None:
    found = assert_delivers(shipping(), ORDER, to="parcels")

    assert found.reaches(PARCELS) is True


def test_one_that_is_not_delivered_fails_the_test_with_its_trace() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_delivers(shipping(let_in=False), ORDER, to="parcels")

    told = str(failed.value)
    assert told.startswith("the event should be delivered to parcels, and it is not\n")
    assert "not so: arn:aws:sqs:eu-west-1:111111111111:parcels lets rule" in told
    assert "missing in the policy of arn:aws:sqs:eu-west-1:111111111111:parcels" in told


def test_an_event_may_be_asserted_to_be_kept_out_and_why() -> None:
    free = {**ORDER, "detail": {"total": 0}}

    assert_not_delivered(shipping(), free, to="parcels", because="detail.total is 0")

    with pytest.raises(AssertionError, match="nothing that keeps the event from parcels says 'no role'"):
        assert_not_delivered(shipping(), free, to="parcels", because="no role")
    with pytest.raises(AssertionError, match="should not be delivered to parcels, and it is"):
        assert_not_delivered(shipping(), ORDER, to="parcels")


def test_what_nobody_can_say_passes_neither() -> None:
    far = queue_arn("far", account="333333333333")
    role = a_role("push", {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": far}, account=ORDERS)
    topology = a_topology(a_bus(stamp=STAMP), a_rule(a_target(far, role_arn=role.arn)), role)

    with pytest.raises(AssertionError, match="nobody can say: it is in no template that was read"):
        assert_delivers(topology, ORDER, to="far")
    with pytest.raises(AssertionError, match="nobody can say"):
        assert_not_delivered(topology, ORDER, to="far")


def test_the_bus_is_the_one_that_declares_the_event_or_must_be_named() -> None:
    assert trace_in(shipping(), ORDER).bus_arn.endswith("event-bus/acme-prod-orders")

    with pytest.raises(TraceError, match="bus must be named, the one it is published to, as no bus declares the event"):
        trace_in(shipping(stamp=None), ORDER)
    with pytest.raises(QuestionError, match="acme-prod-orders"):
        trace_in(shipping(), ORDER, bus="acme-prod-ordres")
