"""Archives, and what a replay brings back."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_queue,
    a_rule,
    a_target,
    an_archive,
    queue_arn,
)
from cdk_eventbridge_patterns.undecided import Answer, Undecided
from tests.unit.simulation.world import (
    BILLING_BUS,
    DELIVERY,
    INVOICES,
    LOCAL_RULE,
    ORDER_PATTERN,
    ORDER_PLACED,
    ORDERS_BUS,
    OWN_QUEUE,
    ROUTE,
    SUBSCRIPTION,
    a_queue_policy,
    of,
    placed,
    reaches,
)

REPLAY = "after-the-outage"


def kept(**archive: Any) -> Answer:
    """Return whether an archive of the bus of orders keeps an order."""
    found = placed(of(DELIVERY, archive=an_archive(**archive)))
    assert found.bus is not None
    ((_, match),) = found.bus.archives
    return match.answer


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [(None, True), (ORDER_PATTERN, True), ({"source": ["com.acme.billing"]}, False)],
)
def test_an_archive_keeps_what_its_pattern_matches_or_everything(pattern: object, *, answer: bool) -> None:
    assert kept(event_pattern=pattern) is answer


def test_an_archive_whose_pattern_is_a_parameter_is_undecided() -> None:
    assert kept(event_pattern=Undecided("parameter 'Kept' decides")) == Undecided("parameter 'Kept' decides")


def test_an_archive_is_of_one_bus() -> None:
    on_orders, on_billing = placed(of(ROUTE, archive=an_archive(BILLING_BUS, account=BILLING))).buses()

    assert not on_orders.archives
    assert [match.answer for _, match in on_billing.archives] == [True]


def test_a_replay_comes_to_all_rules_of_the_bus_as_if_it_were_published() -> None:
    assert reaches(of(SUBSCRIPTION), replay=REPLAY) is True


def test_a_replay_asks_nobody_for_leave_to_publish() -> None:
    found = placed(of(DELIVERY), replay=REPLAY)

    assert found.publisher is None
    assert [each.says for each in found.steps] == [f"bus {ORDERS_BUS} is there"]


def test_a_replayed_event_says_so_and_is_not_archived_again() -> None:
    found = placed(of(DELIVERY, archive=an_archive()), replay=REPLAY)

    assert found.bus is not None
    assert found.bus.event["replay-name"] == REPLAY
    assert [match.answer for _, match in found.bus.archives] == [False]


def test_a_rule_may_refuse_what_is_replayed() -> None:
    careful = {**ORDER_PATTERN, "replay-name": [{"exists": False}]}
    rule = a_rule(a_target(OWN_QUEUE, "shipping"), name="acme-prod-orders--shipping", event_pattern=careful)
    topology = of(DELIVERY, rule=rule)

    assert reaches(topology, OWN_QUEUE) is True
    assert reaches(topology, OWN_QUEUE, replay=REPLAY) is False


def test_a_replay_may_be_for_some_rules_only() -> None:
    audit = queue_arn("audit", account=ORDERS)
    other = a_rule(a_target(audit), name="acme-prod-orders--audit")
    parts = of(DELIVERY, other=other, audit=a_queue("audit", account=ORDERS), policy=a_queue_policy(audit, other))

    found = placed(parts, replay=REPLAY, only=[other.arn])

    assert found.reaches(audit) is True
    assert found.reaches(OWN_QUEUE) is False
    assert not any(each.near_misses for each in found.buses())


def test_of_a_bus_that_nobody_declares_nothing_is_replayed() -> None:
    found = trace(of({"bus": a_bus("acme-prod-billing")}), ORDER_PLACED, bus=ORDERS_BUS, replay=REPLAY)

    assert found.published is False


def test_the_rules_that_a_replay_names_are_those_on_its_bus() -> None:
    (mover,) = of(SUBSCRIPTION).rules_on(ORDERS_BUS)

    assert reaches(of(SUBSCRIPTION), replay=REPLAY, only=[mover.arn]) is True
    assert reaches(of(SUBSCRIPTION), replay=REPLAY, only=[LOCAL_RULE.arn]) is False


def test_whether_a_replayed_event_still_says_so_on_another_bus_is_undecided() -> None:
    careful = {**ORDER_PATTERN, "replay-name": [{"exists": False}]}
    rule = a_rule(
        *LOCAL_RULE.known_targets, name=LOCAL_RULE.name, on=BILLING_BUS, account=BILLING, event_pattern=careful
    )
    archive = an_archive(BILLING_BUS, account=BILLING)

    found = placed(of(SUBSCRIPTION, local_rule=rule, archive=archive), replay=REPLAY)

    _, on_billing = found.buses()
    assert isinstance(found.reaches(INVOICES), Undecided)
    assert all(isinstance(match.answer, Undecided) for _, match in on_billing.archives)
