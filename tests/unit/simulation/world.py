"""Billing's subscription to orders, and orders' route to billing: topologies of which a test changes one part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.simulation import Arrival, Step, TargetTrace, Trace, trace
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    Statement,
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
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer

Parts = Mapping[str, Element | None]
"""The elements of a topology by what they are in it; nothing where one is missing."""

AUDIT = "333333333333"
OTHER_REGION = "us-east-1"

ORDERS_BUS = bus_arn()
BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)
INVOICES = queue_arn("invoices")
LOST = queue_arn("lost", account=ORDERS)

ORDER_PLACED = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {"order_id": "o-1", "total": 3}}
ORDER_PATTERN = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}

SERVICE = {"Service": "events.amazonaws.com"}


def allow(action: str | list[str], on: Any = "*", who: Any = None, **conditions: Any) -> Statement:
    """Return a statement that allows *action* on a resource, to *who* if it is no identity's own."""
    principal = {} if who is None else {"Principal": who}
    return {"Effect": "Allow", **principal, "Action": action, "Resource": on, "Condition": conditions}


def deny(action: str, on: Any = "*", who: Any = None, **conditions: Any) -> Statement:
    """Return a statement that denies it."""
    return {**allow(action, on, who, **conditions), "Effect": "Deny"}


def account(number: str) -> dict[str, str]:
    """Return all of an account as a principal."""
    return {"AWS": f"arn:aws:iam::{number}:root"}


MAY_SUBSCRIBE = allow("events:*", "*", account(BILLING))
MAY_PUBLISH = allow("events:PutEvents", "*")


def a_queue_policy(of: str, rule: Rule) -> Element:
    """Return the policy by which a queue lets a rule in."""
    return a_policy(of, allow("sqs:SendMessage", of, SERVICE, ArnEquals={"aws:SourceArn": rule.arn}))


LOCAL_RULE = a_rule(a_target(INVOICES, "invoices"), name="acme-prod-billing--invoices", on=BILLING_BUS, account=BILLING)

# Mode A: billing's rule is on the bus of orders, and its role is billing's.
SUBSCRIPTION: Parts = {
    "orders_bus": a_bus(),
    "orders_policy": a_bus_policy(MAY_SUBSCRIBE),
    "rule": a_rule(a_target(BILLING_BUS, role_arn=role_arn()), account=BILLING),
    "role": a_role("from-orders", MAY_PUBLISH),
    "billing_bus": a_bus("acme-prod-billing", account=BILLING),
    "local_rule": LOCAL_RULE,
    "queue": a_queue("invoices"),
    "queue_policy": a_queue_policy(INVOICES, LOCAL_RULE),
}

# Mode B: the rule and the role are those of orders, and the bus of billing lets it in.
ROUTE: Parts = {
    **SUBSCRIPTION,
    "orders_policy": None,
    "rule": a_rule(
        a_target(BILLING_BUS, role_arn=role_arn("to-billing", account=ORDERS)), name="acme-prod-orders--to-billing"
    ),
    "role": a_role("to-billing", MAY_PUBLISH, account=ORDERS),
    "billing_policy": a_bus_policy(allow("events:PutEvents", BILLING_BUS, account(ORDERS)), on=BILLING_BUS),
}

# One rule that delivers to a queue of its own account, with a queue for what gets lost.
OWN_QUEUE = queue_arn("shipping", account=ORDERS)
OWN_RULE = a_rule(a_target(OWN_QUEUE, "shipping", dead_letter_arn=LOST), name="acme-prod-orders--shipping")
DELIVERY: Parts = {
    "orders_bus": a_bus(),
    "rule": OWN_RULE,
    "queue": a_queue("shipping", account=ORDERS),
    "queue_policy": a_queue_policy(OWN_QUEUE, OWN_RULE),
    "lost": a_queue("lost", account=ORDERS),
    "lost_policy": a_queue_policy(LOST, OWN_RULE),
}


# A rule of orders that delivers to a queue of billing, with no bus in between.
SENDER = role_arn("sender", account=ORDERS)
DIRECT: Parts = {
    "orders_bus": a_bus(),
    "rule": a_rule(a_target(INVOICES, "invoices", role_arn=SENDER)),
    "role": a_role("sender", allow("sqs:SendMessage", INVOICES), account=ORDERS),
    "queue": a_queue("invoices"),
    "queue_policy": a_policy(INVOICES, allow("sqs:SendMessage", INVOICES, {"AWS": SENDER})),
}


def of(parts: Parts, **changed: Element | None) -> Topology:
    """Return the topology of *parts*, some changed; nothing takes one away. All accounts count as read."""
    elements = [each for each in {**parts, **changed}.values() if each is not None]
    read = {(each.account, each.region) for each in parts.values() if each is not None}
    return a_topology(*elements, environments=frozenset(read | {(each.account, each.region) for each in elements}))


def placed(topology: Topology, *, bus: str = ORDERS_BUS, **options: Any) -> Trace:
    """Return the trace of an order."""
    return trace(topology, ORDER_PLACED, bus=bus, **options)


def reaches(topology: Topology, target: str = INVOICES, **options: Any) -> Answer:
    """Return whether an order gets to a target."""
    return placed(topology, **options).reaches(target)


def arrival(found: Trace, target: str) -> Arrival:
    """Return the only arrival at a target."""
    (only,) = [each for each in found.arrivals() if each.target_arn == target]
    return only


def at(found: Trace, target: str) -> TargetTrace:
    """Return what becomes of the event at a target."""
    return arrival(found, target).last


def steps_of(found: Trace) -> list[Step]:
    """Return all decisions of a trace, those about dead-letter queues last."""
    buses = list(found.buses())
    rules = [rule for bus in buses for rule in bus.rules]
    targets = [target for rule in rules for target in rule.targets]
    return [
        *found.steps,
        *(step for bus in buses for step in bus.steps),
        *(step for rule in rules for step in rule.steps),
        *(step for target in targets for step in target.steps),
        *(step for target in targets for step in target.dead_letter.steps),
    ]


def step(found: Trace, says: str) -> Step:
    """Return the only decision that says something."""
    (only,) = [each for each in steps_of(found) if says in each.says]
    return only
