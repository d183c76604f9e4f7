"""A small estate to draw: orders publishes, billing subscribes and delivers to its queue."""

from __future__ import annotations

from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, Node, Picture
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_location,
    a_queue,
    a_rule,
    a_target,
    a_topology,
    an_archive,
    an_event,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology

ORDERS_BUS = bus_arn()
BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)
INVOICES = queue_arn("invoices")
LOST = queue_arn("lost")
HANDLER = arn("lambda", "function:handler", region=REGION, account=BILLING)
BILLINGS = Stamp(service="billing", consumes=(EventName("orders", "OrderPlaced", 1),))


def subscription() -> Rule:
    """The rule of billing on the bus of orders."""
    return a_rule(
        a_target(BILLING_BUS, dead_letter_arn=LOST, location=a_location("Take").at("Targets.0")),
        name="acme-prod-billing--order-placed-v1",
        account=BILLING,
        stamp=BILLINGS,
        location=a_location("Take"),
    )


def delivery() -> Rule:
    """The rule of billing on its own bus."""
    return a_rule(
        a_target(INVOICES, id="Invoices", location=a_location("Deliver").at("Targets.0")),
        name="acme-prod-billing--orders-order-placed-v1",
        on=BILLING_BUS,
        account=BILLING,
        stamp=BILLINGS,
        location=a_location("Deliver"),
    )


def estate(*others: Element) -> Topology:
    """Orders and billing, with *others* besides."""
    return a_topology(
        a_bus(stamp=Stamp(service="orders", publishes=(an_event(),))),
        an_archive(retention_days=30),
        a_bus("acme-prod-billing", account=BILLING, stamp=Stamp(service="billing")),
        subscription(),
        delivery(),
        a_queue("invoices", stamp=Stamp(service="billing")),
        a_queue("lost"),
        *others,
    )


def a_finding(location: Location, message: str = "something is wrong") -> Finding:
    """A finding at a place."""
    return Finding(check_id="DLV001", severity=Severity.ERROR, message=message, fix="mend it", location=location)


def node(picture: Picture, name: str) -> Node:
    """The node that is called so."""
    (found,) = [each for each in picture.nodes if each.name == name]
    return found


def edge(picture: Picture, start: str, end: str, kind: EdgeKind) -> Edge:
    """The edge between two nodes."""
    (found,) = [each for each in picture.edges if each.key == (start, end, kind)]
    return found


ORDERS_FRAME, BILLING_FRAME = f"{ORDERS}/{REGION}", f"{BILLING}/{REGION}"
