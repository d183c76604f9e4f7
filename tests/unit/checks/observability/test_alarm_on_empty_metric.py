from dataclasses import replace

from cdk_eventbridge_patterns.checks.observability.alarm_on_empty_metric import AlarmOnEmptyMetric
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_rule, an_alarm, bus_arn
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from tests.unit.checks.judged import judged

CHECK = AlarmOnEmptyMetric()
RULE = a_rule(name="ship", account=BILLING)
FAULT = (
    "warning at AlarmFailedInvocations: alarm on FailedInvocations of rule 'ship' does not name bus "
    "'acme-prod-orders': it has no data"
)


def alarm(account: str = ORDERS, namespace: str = "AWS/Events", **dimensions: str) -> Alarm:
    return an_alarm(namespace, "FailedInvocations", {"RuleName": "ship", **dimensions}, account=account)


def test_an_alarm_on_a_rule_of_a_custom_bus_without_the_bus_is_found() -> None:
    assert judged(CHECK, RULE, alarm()) == [FAULT]
    assert judged(CHECK, RULE, alarm(account=BILLING)) == [FAULT]


def test_an_alarm_that_names_the_bus_is_fine() -> None:
    assert judged(CHECK, RULE, alarm(EventBusName="acme-prod-orders")) == []


def test_a_rule_on_the_default_bus_is_meant_by_its_name_alone() -> None:
    on_default = a_rule(name="ship", on=bus_arn("default"))

    assert judged(CHECK, on_default, alarm()) == []
    assert judged(CHECK, RULE, on_default, alarm()) == []


def test_alarms_on_other_things_and_on_rules_elsewhere_are_not_asked() -> None:
    assert judged(CHECK, RULE, alarm(namespace="Acme/Events")) == []
    assert judged(CHECK, RULE, alarm(account="333333333333")) == []
    assert judged(CHECK, RULE, an_alarm("AWS/Events", "Invocations", {"RuleName": "bill"}, account=ORDERS)) == []
    assert judged(CHECK, a_rule(name="ship", on=bus_arn(region="us-east-1")), alarm()) == []


def test_on_a_bus_that_nobody_knows_it_is_undecided() -> None:
    (line,) = judged(CHECK, a_rule(name="ship", on=bus_arn("«parameter 'Bus'»")), alarm())

    assert line == (
        "undecided at AlarmFailedInvocations: whether the alarm on FailedInvocations of rule 'ship' names its bus "
        "is undecided: parameter 'Bus' is known at deployment only"
    )


EMPTY = "warning at AlarmFailedInvocations: alarm on FailedInvocations"


def by_query(*any_of: str, metric: str = "FailedInvocations", has_others: bool = False, **dimensions: str) -> Alarm:
    watched = Watched(
        namespace="AWS/Events", name=metric, dimensions=dimensions, any_of=frozenset(any_of), has_others=has_others
    )
    return replace(an_alarm("AWS/Events", metric, {}, account=ORDERS), metrics=(watched,))


def test_a_dimension_that_no_metric_of_eventbridge_has_is_found_in_a_query_too() -> None:
    found = [f"{EMPTY} has dimension 'EventBus', which no metric of EventBridge has: it has no data"]

    assert judged(CHECK, RULE, alarm(EventBus="acme-prod-orders")) == found
    assert judged(CHECK, RULE, by_query("RuleName", EventBus="acme-prod-orders")) == found


def test_what_failed_is_told_by_rule_only_so_a_bus_alone_has_no_data() -> None:
    found = [f"{EMPTY} names no rule, and is told by rule only: it has no data"]
    bus = {"EventBusName": "acme-prod-orders"}

    assert judged(CHECK, RULE, an_alarm("AWS/Events", "FailedInvocations", bus, account=ORDERS)) == found
    assert judged(CHECK, RULE, by_query(EventBusName="acme-prod-orders")) == found
    assert judged(CHECK, RULE, by_query("RuleName", EventBusName="acme-prod-orders")) == []
    assert judged(CHECK, RULE, by_query(has_others=True, EventBusName="acme-prod-orders")) == []
    assert judged(CHECK, RULE, an_alarm("AWS/Events", "MatchedEvents", bus, account=ORDERS)) == []


def test_what_publishing_does_is_told_for_the_account_so_a_bus_has_no_data() -> None:
    refused, bus = "PutEventsFailedEntriesCount", {"EventBusName": "acme-prod-orders"}
    found = (
        f"warning at Alarm{refused}: alarm on {refused} has dimension 'EventBusName', and what PutEvents does is told "
        "for the whole account: it has no data"
    )

    assert judged(CHECK, RULE, an_alarm("AWS/Events", refused, bus)) == [found]
    assert judged(CHECK, RULE, an_alarm("AWS/Events", refused, {})) == []


def test_a_query_of_rules_on_the_default_bus_by_name_is_asked_for_the_bus_like_a_metric() -> None:
    assert judged(CHECK, RULE, by_query(RuleName="ship")) == [FAULT]
    assert judged(CHECK, RULE, by_query("RuleName")) == []


def test_a_dimension_known_at_deployment_only_is_not_guessed_at() -> None:
    assert judged(CHECK, RULE, alarm(**{"«parameter 'Dimension'»": "acme-prod-orders"})) == []
