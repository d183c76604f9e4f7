"""What may be in another Region."""

from __future__ import annotations

from cdk_eventbridge_patterns.simulation import Outcome, trace
from cdk_eventbridge_patterns.testing.builders import (
    ORDERS,
    a_bus,
    a_queue,
    a_role,
    a_rule,
    a_target,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    DELIVERY,
    MAY_PUBLISH,
    ORDER_PLACED,
    ORDERS_BUS,
    OTHER_REGION,
    at,
    of,
    placed,
    reaches,
    step,
)

FAR_BUS = bus_arn("acme-prod-hub", region=OTHER_REGION)
FAR_QUEUE = queue_arn("shipping", account=ORDERS, region=OTHER_REGION)
TO_HUB = role_arn("to-hub", account=ORDERS)


def test_a_bus_of_another_region_is_reached_by_a_role() -> None:
    topology = of(
        DELIVERY,
        rule=a_rule(a_target(FAR_BUS, role_arn=TO_HUB)),
        role=a_role("to-hub", MAY_PUBLISH, account=ORDERS),
        hub=a_bus("acme-prod-hub", region=OTHER_REGION),
    )

    assert reaches(topology, FAR_BUS) is True


def test_a_moved_event_keeps_the_region_it_was_published_in_while_its_id_and_time_may_be_others() -> None:
    topology = of(
        DELIVERY,
        rule=a_rule(a_target(FAR_BUS, role_arn=TO_HUB)),
        role=a_role("to-hub", MAY_PUBLISH, account=ORDERS),
        hub=a_bus("acme-prod-hub", region=OTHER_REGION),
    )

    event = {**ORDER_PLACED, "id": "e-1", "time": "2026-11-24T12:00:00Z"}
    (here, far) = trace(topology, event, bus=ORDERS_BUS).buses()

    assert (here.event["id"], here.event["time"]) == ("e-1", "2026-11-24T12:00:00Z")
    assert far.event["region"] == "eu-west-1"
    assert far.event["id"] == unknown("id that EventBridge gives on acme-prod-hub")
    assert far.event["time"] == unknown("time that EventBridge gives on acme-prod-hub")


def test_nothing_but_a_bus_may_be_in_another_region() -> None:
    rule = a_rule(a_target(FAR_QUEUE))

    found = placed(of(DELIVERY, rule=rule, far=a_queue("shipping", account=ORDERS, region=OTHER_REGION)))

    assert at(found, FAR_QUEUE).outcome is Outcome.NOT_DEPLOYED
    assert (
        step(found, f"{FAR_QUEUE} may be a target").reason == "it is not in eu-west-1, and only buses may be elsewhere"
    )


def test_a_queue_in_a_region_that_a_parameter_gives_is_undecided() -> None:
    somewhere = queue_arn("shipping", account=ORDERS, region=unknown("parameter 'Region'"))

    assert isinstance(step(placed(of(DELIVERY, rule=a_rule(a_target(somewhere)))), "may be a target").answer, Undecided)


def test_a_dead_letter_queue_is_in_the_region_of_its_rule() -> None:
    far = queue_arn("lost", account=ORDERS, region=OTHER_REGION)
    rule = a_rule(a_target("arn:aws:sqs:eu-west-1:111111111111:shipping", "shipping", dead_letter_arn=far))

    found = placed(of(DELIVERY, rule=rule, far=a_queue("lost", account=ORDERS, region=OTHER_REGION)))

    assert step(found, "is in the Region of its rule").refuses
