from cdk_eventbridge_patterns.checks.observability.alarm_on_empty_metric import AlarmOnEmptyMetric
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_rule, an_alarm, bus_arn
from cdk_eventbridge_patterns.topology.alarm import Alarm
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
