from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.checks.observability.lost_events_unwatched import LostEventsUnwatched
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_rule,
    a_target,
    an_alarm,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.stamp import Stamp
from tests.unit.checks.judged import judged

CHECK = LostEventsUnwatched()
LOST = "InvocationsFailedToBeSentToDlq"
BUS = a_bus()
TARGET = a_target(queue_arn("invoices"), dead_letter_arn=queue_arn("lost"))
RULE = a_rule(TARGET, name="ship", account=BILLING)
UNWATCHED = [f"warning at {BUS.location.logical_id}: no alarm watches what rules of bus 'acme-prod-orders' lose"]


def on_all_rules(bus: str = "acme-prod-orders", metric: str = LOST, account: str = ORDERS) -> Alarm:
    watched = Watched(
        namespace="AWS/Events", name=metric, dimensions={"EventBusName": bus}, any_of=frozenset({"RuleName"})
    )
    return replace(an_alarm("AWS/Events", metric, {}, account=account), metrics=(watched,))


def on_rule(name: str) -> Alarm:
    named = {"EventBusName": "acme-prod-orders", "RuleName": name}
    return an_alarm("AWS/Events", LOST, named, account=ORDERS)


def test_a_bus_whose_lost_events_nobody_watches_is_found_once_whoever_has_rules_on_it() -> None:
    assert judged(CHECK, BUS, RULE) == UNWATCHED
    assert judged(CHECK, BUS, RULE, a_rule(TARGET, name="bill")) == UNWATCHED


def test_a_query_of_all_rules_of_the_bus_watches_it() -> None:
    assert judged(CHECK, BUS, RULE, on_all_rules()) == []


@pytest.mark.parametrize(
    "alarm",
    [
        on_all_rules("acme-prod-billing"),
        on_all_rules(metric="InvocationsSentToDlq"),
        on_all_rules(account=BILLING),
        replace(on_all_rules(), region="us-east-1"),
        an_alarm("AWS/Events", LOST, {"EventBusName": "acme-prod-orders"}, account=ORDERS),
    ],
)
def test_an_alarm_on_something_else_does_not(alarm: Alarm) -> None:
    assert judged(CHECK, BUS, RULE, alarm) == UNWATCHED


def test_a_query_of_all_buses_of_the_account_watches_it() -> None:
    (watched,) = on_all_rules().metrics
    everything = replace(watched, dimensions={}, any_of=frozenset({"EventBusName", "RuleName"}))
    whatever = replace(watched, dimensions={}, any_of=frozenset(), has_others=True)

    assert judged(CHECK, BUS, RULE, replace(on_all_rules(), metrics=(everything,))) == []
    assert judged(CHECK, BUS, RULE, replace(on_all_rules(), metrics=(whatever,))) == []


def test_each_rule_by_itself_will_do_if_it_is_each() -> None:
    other = a_rule(TARGET, name="bill")

    assert judged(CHECK, BUS, RULE, on_rule("ship")) == []
    assert judged(CHECK, BUS, RULE, other, on_rule("ship")) == UNWATCHED
    assert judged(CHECK, BUS, RULE, other, on_rule("ship"), on_rule("bill")) == []


def test_an_account_for_all_alarms_may_watch_it() -> None:
    (watched,) = on_all_rules().metrics
    central = replace(on_all_rules(account="333333333333"), metrics=(replace(watched, account=ORDERS),))

    assert judged(CHECK, BUS, RULE, central) == []


def test_where_no_rule_has_a_dead_letter_queue_there_is_no_such_metric() -> None:
    assert judged(CHECK, BUS) == []
    assert judged(CHECK, BUS, a_rule(a_target(queue_arn("invoices")), name="ship")) == []


def test_the_newer_bus_has_other_metrics() -> None:
    assert judged(CHECK, replace(BUS, kind=BusKind.V2), RULE) == []


@pytest.mark.parametrize("switch", ["monitoring", "monitoring.lost"])
def test_what_is_switched_off_for_a_reason_is_not_asked_for(switch: str) -> None:
    off = replace(BUS, stamp=Stamp(service="orders", disabled={switch: "another tool watches it"}))

    assert judged(CHECK, off, RULE) == []


def test_an_alarm_on_an_expression_that_nobody_reads_may_watch_it() -> None:
    (line,) = judged(CHECK, BUS, RULE, replace(on_all_rules(), metrics=(), left_out=True))

    assert line == (
        f"undecided at {BUS.location.logical_id}: whether an alarm watches what bus 'acme-prod-orders' loses is "
        f"undecided: alarm Alarm{LOST} watches an expression that is not read"
    )
