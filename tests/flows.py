"""The flow of the tests: OrderPlaced comes from the bus of orders to billing's own, and on to its invoices queue."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.assembly.elements.arns import rule_arn
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    an_event,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp

ORDER_PLACED = an_event("OrderPlaced")
ORDER_CONFIRMED = an_event("OrderConfirmed")
ON_ORDERS, ON_BILLING = bus_arn(), bus_arn("acme-prod-billing", account=BILLING)
INVOICES = queue_arn("invoices")
MOVER = rule_arn(ON_ORDERS, "acme-prod-billing--order-placed-v1")
DELIVERY = rule_arn(ON_BILLING, "order-placed-v1")
EVENTBRIDGE = {"Service": "events.amazonaws.com"}

PUT_RULES = {
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
    "Action": [
        "events:PutRule",
        "events:PutTargets",
        "events:DescribeRule",
        "events:RemoveTargets",
        "events:DeleteRule",
    ],
    "Resource": f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--*",
}
PUT_EVENTS = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": ON_BILLING}
SEND = {
    "Effect": "Allow",
    "Principal": EVENTBRIDGE,
    "Action": "sqs:SendMessage",
    "Resource": INVOICES,
    "Condition": {"ArnEquals": {"aws:SourceArn": DELIVERY}},
}


def pattern_of(event: EventStamp, **detail: Any) -> dict[str, Any]:
    """Return the event pattern that asks for *event*, and for something in its detail."""
    asked = {"source": [event.source], "detail-type": [event.detail_type]}
    return {**asked, "detail": detail} if detail else asked


def a_mover(**properties: Any) -> Rule:
    """Return billing's rule on the bus of orders; a field of `Rule` may be given by its name."""
    given = {"stamp": Stamp(service="billing", consumes=(ORDER_PLACED.name,)), **properties}
    return a_rule(a_target(ON_BILLING, role_arn=role_arn()), account=BILLING, **given)


def a_delivery(**properties: Any) -> Rule:
    """Return billing's rule on its own bus; a field of `Rule` may be given by its name."""
    given = {"stamp": Stamp(service="billing", consumes=(ORDER_PLACED.name,)), "on": ON_BILLING, **properties}
    return a_rule(a_target(INVOICES, id="invoices"), name="order-placed-v1", account=BILLING, **given)


PARTS: dict[str, Element] = {
    "bus": a_bus(stamp=Stamp(service="orders", publishes=(ORDER_PLACED,))),
    "bus_policy": a_bus_policy(PUT_RULES),
    "mover": a_mover(),
    "role": a_role("from-orders", PUT_EVENTS),
    "inbox": a_bus("acme-prod-billing", account=BILLING, stamp=Stamp(service="billing")),
    "delivery": a_delivery(),
    "queue": a_queue("invoices"),
    "queue_policy": a_policy(INVOICES, SEND),
}
"""All that the flow needs, by what it is called here."""


def the_flow(**others: Element | None) -> list[Element]:
    """Return all that the flow needs, with *others* in place of the parts of that name, or, where None, without."""
    return [part for part in {**PARTS, **others}.values() if part is not None]
