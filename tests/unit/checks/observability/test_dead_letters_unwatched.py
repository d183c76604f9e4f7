from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.observability.dead_letters_unwatched import DeadLettersUnwatched
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_queue,
    a_rule,
    a_target,
    an_alarm,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = DeadLettersUnwatched()
QUEUE = a_queue()
RULE = a_rule(a_target(queue_arn("invoices"), dead_letter_arn=QUEUE.arn), name="ship", account=BILLING)
UNWATCHED = ["warning at Queuelost: dead-letter queue 'lost' is watched by no alarm"]
VISIBLE = "ApproximateNumberOfMessagesVisible"


def on_queue(name: str = "lost", metric: str = VISIBLE, **alarm: Any) -> Alarm:
    return an_alarm("AWS/SQS", metric, {"QueueName": name}, **alarm)


def test_a_queue_that_nobody_watches_is_found() -> None:
    assert judged(CHECK, QUEUE, RULE) == UNWATCHED


def test_the_queue_of_a_bus_is_watched_by_its_own_metrics_only() -> None:
    bus = a_bus(dead_letter_arn=QUEUE.arn)

    assert judged(CHECK, QUEUE, bus) == UNWATCHED
    assert judged(CHECK, QUEUE, bus, on_queue()) == []
    assert judged(CHECK, QUEUE, bus, RULE, sent_by_rule()) == UNWATCHED


@pytest.mark.parametrize("metric", [VISIBLE, "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent"])
def test_an_alarm_on_its_messages_watches_it(metric: str) -> None:
    assert judged(CHECK, QUEUE, RULE, on_queue(metric=metric)) == []


@pytest.mark.parametrize(
    "alarm",
    [
        on_queue("invoices"),
        on_queue(metric="NumberOfMessagesReceived"),
        on_queue(account=ORDERS),
        replace(on_queue(), region="us-east-1"),
        an_alarm("AWS/Events", VISIBLE, {"QueueName": "lost"}),
    ],
)
def test_an_alarm_on_something_else_does_not(alarm: Alarm) -> None:
    assert judged(CHECK, QUEUE, RULE, alarm) == UNWATCHED


def test_an_account_for_all_alarms_may_watch_it() -> None:
    watched = Watched(namespace="AWS/SQS", name=VISIBLE, dimensions={"QueueName": "lost"}, account=BILLING)
    central = replace(on_queue(account="333333333333"), metrics=(watched,))

    assert judged(CHECK, QUEUE, RULE, central) == []


def sent_by_rule(metric: str = "InvocationsSentToDlq", account: str = ORDERS, **dimensions: str) -> Alarm:
    named = {"EventBusName": "acme-prod-orders", "RuleName": "ship", **dimensions}
    return an_alarm("AWS/Events", metric, named, account=account)


def test_an_alarm_on_what_its_rule_sends_there_watches_it() -> None:
    assert judged(CHECK, QUEUE, RULE, sent_by_rule()) == []
    assert judged(CHECK, QUEUE, RULE, sent_by_rule(RuleName="other")) == UNWATCHED
    assert judged(CHECK, QUEUE, RULE, sent_by_rule("InvocationsFailedToBeSentToDlq")) == UNWATCHED
    assert judged(CHECK, QUEUE, RULE, an_alarm("AWS/Events", "InvocationsSentToDlq", {"RuleName": "ship"})) == UNWATCHED


def test_a_rule_on_the_default_bus_is_meant_by_its_name_alone() -> None:
    rule = a_rule(*RULE.known_targets, name="ship", on=bus_arn("default", account=BILLING), account=BILLING)
    alarm = an_alarm("AWS/Events", "InvocationsSentToDlq", {"RuleName": "ship"})

    assert judged(CHECK, QUEUE, rule, alarm) == []


def test_all_rules_that_send_there_must_be_watched() -> None:
    other = a_rule(*RULE.known_targets, name="bill")

    assert judged(CHECK, QUEUE, RULE, other, sent_by_rule()) == UNWATCHED
    assert judged(CHECK, QUEUE, RULE, replace(other, kind=BusKind.V2), sent_by_rule()) == UNWATCHED


def test_whether_the_rules_owner_sees_its_metrics_from_another_account_is_not_documented() -> None:
    (line,) = judged(CHECK, QUEUE, RULE, sent_by_rule(account=BILLING))

    assert line.startswith("undecided at Queuelost: whether an alarm watches dead-letter queue 'lost' is undecided: ")


@pytest.mark.parametrize(
    ("alarm", "reason"),
    [
        (replace(on_queue(), metrics=()), f"alarm Alarm{VISIBLE} watches an expression that is not read"),
        (on_queue("«parameter 'Queue'»"), "parameter 'Queue' is known at deployment only"),
        (
            replace(on_queue(), conditional=Undecided("condition 'IsProd' is not known")),
            "condition 'IsProd' is not known",
        ),
    ],
)
def test_an_alarm_that_may_watch_it_leaves_it_undecided(alarm: Alarm, reason: str) -> None:
    assert judged(CHECK, QUEUE, RULE, alarm) == [
        f"undecided at Queuelost: whether an alarm watches dead-letter queue 'lost' is undecided: {reason}"
    ]
    assert judged(CHECK, QUEUE, RULE, alarm, on_queue()) == []


def test_an_alarm_switched_off_with_a_reason_is_fine() -> None:
    off = Stamp(service="billing", disabled={"alarm": "another tool watches it"})

    assert judged(CHECK, replace(QUEUE, stamp=off), RULE) == []
    assert judged(CHECK, replace(QUEUE, stamp=Stamp(service="billing")), RULE) == UNWATCHED


def test_queues_that_no_template_makes_and_those_of_other_use_are_not_asked() -> None:
    assert judged(CHECK, RULE) == []
    assert judged(CHECK, QUEUE, a_rule(a_target(QUEUE.arn))) == []
    assert REGION in QUEUE.arn


def test_a_query_of_all_queues_watches_it_and_one_of_all_that_rules_send_to_queues_does_not() -> None:
    queues = Watched(namespace="AWS/SQS", name=VISIBLE, dimensions={}, any_of=frozenset({"QueueName"}))
    sent = Watched(
        namespace="AWS/Events",
        name="InvocationsSentToDlq",
        dimensions={"EventBusName": "acme-prod-orders"},
        any_of=frozenset({"RuleName"}),
    )

    assert judged(CHECK, QUEUE, RULE, replace(on_queue(), metrics=(queues,))) == []
    assert judged(CHECK, QUEUE, RULE, replace(on_queue(account=ORDERS), metrics=(sent,))) == UNWATCHED


def test_an_alarm_part_of_which_is_not_read_may_watch_it() -> None:
    (line,) = judged(CHECK, QUEUE, RULE, replace(on_queue("invoices"), left_out=True))

    assert line.endswith(f"alarm Alarm{VISIBLE} watches an expression that is not read")
