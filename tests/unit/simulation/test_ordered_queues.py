"""FIFO queues as targets."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.simulation import Trace
from cdk_eventbridge_patterns.testing.builders import ORDERS, a_queue, a_rule, a_target, queue_arn
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import DELIVERY, a_queue_policy, of, placed, step

ORDERED = queue_arn("shipping.fifo", account=ORDERS)
GROUP = {"SqsParameters": {"MessageGroupId": "orders"}}
STAGE = Undecided("parameter 'Stage' decides")


def sent(parameters: Any = GROUP, **queue: Any) -> Trace:
    """Return the trace of an order that is sent to a FIFO queue."""
    rule = a_rule(a_target(ORDERED, "shipping", parameters=parameters))
    ordered = a_queue("shipping.fifo", account=ORDERS, fifo=True, **{"deduplicates": True, **queue})
    return placed(of(DELIVERY, rule=rule, queue=ordered, queue_policy=a_queue_policy(ORDERED, rule)))


def test_a_fifo_queue_gets_events_with_a_message_group() -> None:
    assert sent().reaches(ORDERED) is True


def test_without_a_message_group_a_fifo_queue_refuses_them() -> None:
    found = sent({})

    assert step(found, "has a MessageGroupId").refuses
    assert found.reaches(ORDERED) is False


def test_a_message_group_that_nobody_knows_is_undecided() -> None:
    assert sent({"SqsParameters": {"MessageGroupId": STAGE}}).reaches(ORDERED) == STAGE
    assert sent({"SqsParameters": STAGE}).reaches(ORDERED) == STAGE


def test_a_fifo_queue_has_to_deduplicate_by_content() -> None:
    found = sent(deduplicates=False)

    assert step(found, "deduplicates by content").reason == "EventBridge gives no deduplication id"
    assert found.reaches(ORDERED) is False
    assert sent(deduplicates=STAGE).reaches(ORDERED) == STAGE


def test_of_a_queue_that_nobody_read_the_name_says_that_it_is_fifo() -> None:
    elsewhere = queue_arn("invoices.fifo")
    rule = a_rule(a_target(elsewhere))

    assert step(placed(of(DELIVERY, rule=rule)), "has a MessageGroupId").refuses


def test_a_standard_queue_takes_no_group() -> None:
    assert placed(of(DELIVERY)).reaches("shipping") is True
