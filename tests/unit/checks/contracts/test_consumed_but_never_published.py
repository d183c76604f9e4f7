from dataclasses import replace

from cdk_eventbridge_patterns.checks.contracts.consumed_but_never_published import ConsumedButNeverPublished
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.testing.builders import BILLING, a_bus, a_rule, an_event, bus_arn
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import Stamp
from tests.unit.checks.judged import judged

CHECK = ConsumedButNeverPublished()
ORDERS_BUS = a_bus(stamp=Stamp(service="orders", publishes=[an_event(), an_event("OrderCancelled")]))
BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)


def is_for(event: str, version: int = 1, *, service: str = "orders", on: str | None = None) -> Rule:
    consumes = [EventName(service, event, version)]
    return a_rule(name="ship", on=on, stamp=Stamp(service="billing", consumes=consumes))


def test_a_version_that_its_producer_does_not_publish_is_found() -> None:
    (line,) = judged(CHECK, ORDERS_BUS, is_for("OrderPlaced", 2))

    assert line == (
        "error at Ruleship EventPattern: rule 'ship' is for OrderPlaced.v2 of 'orders', "
        "which publishes OrderCancelled.v1 and OrderPlaced.v1"
    )
    assert judged(CHECK, ORDERS_BUS, is_for("OrderPlaced", 1)) == []


def test_a_delivery_on_the_consumers_own_bus_is_judged_by_the_producer_too() -> None:
    assert judged(CHECK, ORDERS_BUS, is_for("OrderPlaced", 2, on=BILLING_BUS)) != []
    assert judged(CHECK, ORDERS_BUS, is_for("OrderPlaced", 1, on=BILLING_BUS)) == []


def test_a_producer_that_publishes_nothing_any_more_is_found_by_its_bus() -> None:
    (line,) = judged(CHECK, a_bus(stamp=Stamp(service="orders")), is_for("OrderPlaced"))

    assert line.endswith("rule 'ship' is for OrderPlaced.v1 of 'orders', which publishes nothing")


def test_the_bus_that_the_rule_is_on_counts_before_those_of_other_stages() -> None:
    in_test = replace(ORDERS_BUS, arn=bus_arn("acme-test-orders"), name="acme-test-orders")
    ahead = replace(in_test, stamp=Stamp(service="orders", publishes=[an_event(version=2)]))

    assert judged(CHECK, ORDERS_BUS, ahead, is_for("OrderPlaced", 2)) != []
    assert judged(CHECK, ORDERS_BUS, ahead, is_for("OrderPlaced", 2, on=ahead.arn)) == []


def test_of_a_producer_whose_templates_were_not_read_nothing_is_known() -> None:
    assert judged(CHECK, ORDERS_BUS, is_for("BasketFilled", service="shop")) == []
    assert judged(CHECK, a_bus(), is_for("OrderPlaced")) == []
    assert judged(CHECK, ORDERS_BUS, a_rule()) == []
