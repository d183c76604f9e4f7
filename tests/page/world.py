"""A small estate that has something of everything the page tells: orders publishes, and three services consume.

Billing receives OrderPlaced; its queue for what can't be delivered does not let the rule in. Shipping asks for orders
that are paid. Stock's queue does not let its rule in. Search's rule may be switched off at deployment.
"""

from __future__ import annotations

from cdk_eventbridge_patterns.assembly.elements.arns import rule_arn
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_location,
    a_policy,
    a_queue,
    a_rule,
    a_schema,
    a_target,
    a_topology,
    an_archive,
    an_event,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

ORDERS_BUS = bus_arn()
ORDER_PLACED, ORDER_CANCELLED = an_event("OrderPlaced"), an_event("OrderCancelled")
DETAIL = {
    "type": "object",
    "properties": {"order_id": {"type": "string"}, "state": {"enum": ["open", "paid"]}},
    "required": ["order_id", "state"],
}
EVENTBRIDGE = {"Service": "events.amazonaws.com"}
PUT_RULES = {
    "Sid": "BillingSubscribes",
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
    "Action": ["events:PutRule", "events:PutTargets"],
    "Resource": f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--*",
}


def a_world() -> Topology:
    """Return it."""
    return a_topology(
        a_bus(stamp=Stamp(service="orders", owner="team-orders", publishes=(ORDER_PLACED, ORDER_CANCELLED))),
        an_archive(retention_days=30),
        a_bus_policy(PUT_RULES),
        _rule("billing", ORDER_PLACED, lost="lost"),
        _rule("shipping", ORDER_PLACED, detail={"state": ["paid"]}),
        _rule("stock", ORDER_PLACED),
        _rule("search", ORDER_CANCELLED, enabled=Undecided("parameter 'Search' is known at deployment only")),
        *(_queue(name) for name in ("billing", "shipping", "stock", "search", "lost")),
        *(_send(name) for name in ("billing", "shipping", "search")),
        schemas=(a_schema(DETAIL), a_schema(DETAIL, "OrderCancelled")),
    )


def queue(service: str) -> str:
    """Return the ARN of the queue of a service."""
    return queue_arn(f"acme-prod-{service}", account=ORDERS)


def rule(service: str) -> str:
    """Return the ARN of the rule of a service."""
    return rule_arn(ORDERS_BUS, f"acme-prod-{service}--in")


def _rule(
    service: str,
    event: EventStamp,
    *,
    detail: dict[str, list[str]] | None = None,
    lost: str | None = None,
    enabled: bool | Undecided = True,
) -> Rule:
    pattern = {"source": [event.source], "detail-type": [event.detail_type]}
    location = a_location(f"{service.title()}Rule", f"{service}-stack")
    target = a_target(
        queue(service),
        id=service,
        dead_letter_arn=None if lost is None else queue(lost),
        location=location.at("Targets.0"),
    )
    return a_rule(
        target,
        name=f"acme-prod-{service}--in",
        account=ORDERS,
        stamp=Stamp(service=service, consumes=(event.name,)),
        event_pattern=pattern if detail is None else {**pattern, "detail": detail},
        enabled=enabled,
        location=location,
    )


def _queue(name: str) -> Receiver:
    return a_queue(f"acme-prod-{name}", account=ORDERS, stamp=Stamp(service="orders" if name == "lost" else name))


def _send(name: str) -> ResourcePolicy:
    statement = {
        "Effect": "Allow",
        "Principal": EVENTBRIDGE,
        "Action": "sqs:SendMessage",
        "Resource": queue(name),
        "Condition": {"ArnEquals": {"aws:SourceArn": rule(name)}},
    }
    return a_policy(queue(name), statement)
