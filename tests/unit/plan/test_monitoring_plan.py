from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.naming.bus_reference import DEFAULT_BUS, BusAddress
from cdk_eventbridge_patterns.plan import BusLogs, Disabled, LogLevel, Monitoring, Plan
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.monitoring import add_monitoring
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
ALERTS = "arn:aws:sns:eu-west-1:111111111111:alerts"
LOG_GROUP = "/aws/vendedlogs/events/event-bus/acme-prod-orders--bus"
IN_ORDERS = "arn:aws:logs:eu-west-1:111111111111"


def orders(monitoring: Monitoring | Disabled | None = None, **changed: Any) -> dict[str, dict[str, Any]]:
    """The resources of the bus of orders."""
    declared: dict[str, Any] = {
        "service": "orders",
        "account": "111111111111",
        "region": "eu-west-1",
        "naming": ACME,
        "publishes": [ORDER_PLACED],
    }
    if monitoring is not None:
        declared["monitoring"] = monitoring
    return plan_service_bus(ServiceBusDeclaration(**declared | changed)).resources


def alarms(resources: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        resource["Properties"]["AlarmName"]: resource["Properties"]
        for resource in resources.values()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


def widgets(resources: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    body = json.loads(resources["OrdersBusDashboard"]["Properties"]["DashboardBody"])
    found: list[dict[str, Any]] = body["widgets"]
    return found


# -- alarms


def test_all_rules_of_the_bus_are_watched_by_queries_whoever_put_them_there() -> None:
    (lost,) = alarms(orders())["acme-prod-orders--bus-lost"]["Metrics"]

    assert lost["Expression"] == (
        'SELECT SUM(InvocationsFailedToBeSentToDlq) FROM SCHEMA("AWS/Events", EventBusName, RuleName) '
        "WHERE EventBusName = 'acme-prod-orders'"
    )
    assert (lost["Period"], lost["ReturnData"]) == (300, True)


def test_what_is_watched_by_default_is_what_was_not_delivered_in_time_and_what_was_not_taken() -> None:
    watched = {
        name: properties["Metrics"][0]["Label"] if "Metrics" in properties else properties["MetricName"]
        for name, properties in alarms(orders()).items()
    }

    assert watched == {
        "acme-prod-orders--bus-lost": "InvocationsFailedToBeSentToDlq",
        "acme-prod-orders--bus-failed": "FailedInvocations",
        "acme-prod-orders--bus-dead-lettered": "InvocationsSentToDlq",
        "acme-prod-orders--bus-throttled": "ThrottledRules",
        "acme-prod-orders--bus-slow": "IngestionToInvocationSuccessLatency",
        "acme-prod-orders--publish-failed": "PutEventsFailedEntriesCount",
    }


def test_no_value_is_no_alarm_and_one_that_comes_late_is_still_seen() -> None:
    for alarm in alarms(orders()).values():
        assert (alarm["TreatMissingData"], alarm["EvaluationPeriods"]) == ("notBreaching", 3)
        assert alarm["ComparisonOperator"] == "GreaterThanThreshold"
    assert alarms(orders())["acme-prod-orders--bus-lost"]["DatapointsToAlarm"] == 1


def test_a_delivery_is_slow_only_if_it_stays_so() -> None:
    slow = alarms(orders(Monitoring(slow_seconds=5)))["acme-prod-orders--bus-slow"]

    assert (slow["Threshold"], slow["DatapointsToAlarm"], slow["EvaluationPeriods"]) == (5000, 3, 3)
    assert slow["Metrics"][0]["Expression"].startswith("SELECT MAX(IngestionToInvocationSuccessLatency)")


def test_refused_entries_are_counted_for_the_whole_account_so_the_alarm_has_no_dimensions() -> None:
    alarm = alarms(orders())["acme-prod-orders--publish-failed"]

    assert (alarm["Namespace"], alarm["Statistic"], alarm["Period"]) == ("AWS/Events", "Sum", 300)
    assert "Dimensions" not in alarm


def test_who_publishes_nothing_is_not_asked_whether_that_was_taken() -> None:
    assert "acme-prod-orders--publish-failed" not in alarms(orders(publishes=[]))


def test_each_alarm_tells_topics_of_its_beginning_and_its_end_and_says_where_the_runbook_is() -> None:
    told = alarms(orders(Monitoring(notify=[ALERTS], runbook="https://wiki.example.com/orders"))).values()

    assert {(*alarm["AlarmActions"], *alarm["OKActions"]) for alarm in told} == {(ALERTS, ALERTS)}
    assert all(alarm["AlarmDescription"].endswith("Runbook: https://wiki.example.com/orders") for alarm in told)


def test_nobody_is_told_unless_said_so() -> None:
    assert not any("AlarmActions" in alarm or "OKActions" in alarm for alarm in alarms(orders()).values())


def test_a_threshold_is_adjusted_or_switched_off_for_a_reason_that_is_stamped_on_the_bus() -> None:
    resources = orders(Monitoring(dead_lettered=10, throttled=Disabled("a batch at night is throttled on purpose")))

    stamp = Stamp.from_metadata(resources["OrdersBus"]["Metadata"])

    assert alarms(resources)["acme-prod-orders--bus-dead-lettered"]["Threshold"] == 10
    assert "acme-prod-orders--bus-throttled" not in alarms(resources)
    assert stamp is not None
    assert stamp.disabled == {"monitoring.throttled": "a batch at night is throttled on purpose"}


def test_a_second_bus_has_alarms_log_group_and_dashboard_of_its_own_names() -> None:
    names = {
        str(resource["Properties"].get(key))
        for resources in (orders(), orders(publishes=[], qualifier="inbox"))
        for resource in resources.values()
        for key in ("AlarmName", "DashboardName", "LogGroupName")
        if key in resource["Properties"]
    }

    assert {"acme-prod-orders--bus-lost", "acme-prod-orders--inbox-bus-lost"} <= names
    assert {"acme-prod-orders--eu-west-1", "acme-prod-orders--inbox--eu-west-1"} <= names
    assert {LOG_GROUP, "/aws/vendedlogs/events/event-bus/acme-prod-orders--inbox-bus"} <= names


def test_the_metrics_of_rules_on_a_default_bus_name_no_bus() -> None:
    plan = Plan()
    bus = MonitoredBus(
        service="orders",
        address=BusAddress("111111111111", "eu-west-1", DEFAULT_BUS),
        declared_id="OrdersDefaultBus",
        naming=ACME,
        qualifier="default",
    )

    add_monitoring(plan, bus, Monitoring(logs=Disabled("it is not ours")))

    (query,) = alarms(plan.resources)["acme-prod-orders--default-bus-failed"]["Metrics"]
    assert query["Expression"] == 'SELECT SUM(FailedInvocations) FROM SCHEMA("AWS/Events", RuleName)'


# -- logs


def test_the_bus_logs_errors_without_payload_to_a_log_group_of_its_own() -> None:
    resources = orders()

    assert resources["OrdersBus"]["Properties"]["LogConfig"] == {"Level": "ERROR", "IncludeDetail": "NONE"}
    group = resources["OrdersBusLogGroup"]["Properties"]
    assert (group["LogGroupName"], group["RetentionInDays"]) == (LOG_GROUP, 30)
    assert resources["OrdersBusErrorLogsSource"]["Properties"] == {
        "Name": "acme-prod-orders--bus-error-logs",
        "LogType": "ERROR_LOGS",
        "ResourceArn": "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders",
    }
    assert resources["OrdersBusLogDestination"]["Properties"] == {
        "Name": "acme-prod-orders--bus-logs",
        "DestinationResourceArn": f"{IN_ORDERS}:log-group:{LOG_GROUP}",
    }
    assert resources["OrdersBusErrorLogsDelivery"]["Properties"] == {
        "DeliverySourceName": "acme-prod-orders--bus-error-logs",
        "DeliveryDestinationArn": f"{IN_ORDERS}:delivery-destination:acme-prod-orders--bus-logs",
    }


def test_levels_add_up_and_one_delivery_waits_for_the_other() -> None:
    resources = orders(Monitoring(logs=BusLogs(level=LogLevel.TRACE)))

    sources = {key for key, each in resources.items() if each["Type"] == "AWS::Logs::DeliverySource"}
    assert sources == {"OrdersBusErrorLogsSource", "OrdersBusInfoLogsSource", "OrdersBusTraceLogsSource"}
    assert resources["OrdersBusErrorLogsSource"]["DependsOn"] == ["OrdersBus"]
    assert resources["OrdersBusTraceLogsDelivery"]["DependsOn"] == [
        "OrdersBusInfoLogsDelivery",
        "OrdersBusLogDestination",
        "OrdersBusTraceLogsSource",
    ]


def test_just_the_delivery_of_these_logs_may_write_to_the_log_group() -> None:
    group = orders(Monitoring(logs=BusLogs(level=LogLevel.INFO)))["OrdersBusLogGroup"]["Properties"]

    (statement,) = group["ResourcePolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert statement["Resource"] == f"{IN_ORDERS}:log-group:{LOG_GROUP}:log-stream:*"
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "111111111111"},
        "ArnLike": {
            "aws:SourceArn": [
                f"{IN_ORDERS}:delivery-source:acme-prod-orders--bus-error-logs",
                f"{IN_ORDERS}:delivery-source:acme-prod-orders--bus-info-logs",
            ]
        },
    }


def test_a_bus_whose_logs_are_off_has_none_and_no_widget_for_them() -> None:
    resources = orders(Monitoring(logs=Disabled("they cost more than they tell")))

    assert "LogConfig" not in resources["OrdersBus"]["Properties"]
    assert not [key for key, each in resources.items() if each["Type"].startswith("AWS::Logs::")]
    assert "log" not in {widget["type"] for widget in widgets(resources)}


# -- dashboard


def test_the_dashboard_shows_every_alarm_there_is_and_no_other() -> None:
    resources = orders(Monitoring(slow_seconds=Disabled("reports may take their time")))

    (shown,) = [widget["properties"]["alarms"] for widget in widgets(resources) if widget["type"] == "alarm"]
    made = [f"arn:aws:cloudwatch:eu-west-1:111111111111:alarm:{name}" for name in alarms(resources)]
    assert sorted(shown) == sorted(made)


def test_dashboards_of_one_service_in_two_regions_have_two_names_for_they_are_global() -> None:
    names = {
        orders(region=region)["OrdersBusDashboard"]["Properties"]["DashboardName"]
        for region in ("eu-west-1", "eu-central-1")
    }

    assert names == {"acme-prod-orders--eu-west-1", "acme-prod-orders--eu-central-1"}


def test_the_dashboard_says_whose_bus_it_is_and_where_the_runbook_is() -> None:
    first, *_ = widgets(orders(Monitoring(runbook="https://wiki.example.com/orders"), owner="team-orders"))

    text = first["properties"]["markdown"]
    assert all(part in text for part in ("acme-prod-orders", "team-orders", "111111111111", "eu-west-1"))
    assert "[Runbook](https://wiki.example.com/orders)" in text


def test_the_widgets_of_a_dashboard_lie_beside_each_other_and_within_its_width() -> None:
    taken: set[tuple[int, int]] = set()
    for widget in widgets(orders()):
        cells = {
            (x, y)
            for x in range(widget["x"], widget["x"] + widget["width"])
            for y in range(widget["y"], widget["y"] + widget["height"])
        }
        assert not cells & taken
        assert max(x for x, _ in cells) < 24
        taken |= cells


def test_the_dashboard_looks_into_the_log_group_and_the_dead_letter_queues_of_the_service() -> None:
    text = json.dumps(widgets(orders()))

    assert f"SOURCE '{LOG_GROUP}'" in text
    assert {"acme-prod-orders--dead-letters", "acme-prod-orders--subscription-dead-letters"} <= set(text.split('"'))


def test_a_dashboard_that_nobody_wants_is_not_made() -> None:
    assert "OrdersBusDashboard" not in orders(Monitoring(dashboard=Disabled("we look at Grafana")))


# -- mistakes


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"notify": ALERTS}, "notify must be a list of topic ARNs"),
        ({"notify": ["alerts"]}, "notify must be ARNs of SNS topics, such as .*, got 'alerts'"),
        ({"notify": [ALERTS] * 6}, "notify must be at most 5 topics"),
        ({"runbook": "wiki"}, "runbook must be a URL, such as .*, got 'wiki'"),
        ({"runbook": f"https://{'x' * 600}"}, "runbook must be at most 512 characters, got 608"),
        ({"lost": -1}, "lost must be 0 to 1000000000 of them, or Disabled\\(reason\\), got -1"),
        ({"failed": None}, "failed must be 0 to .*, got None"),
        ({"slow_seconds": 0}, "slow_seconds must be 1 to 86400 seconds"),
        ({"dashboard": False}, "dashboard must be Disabled\\(reason\\), got False"),
        ({"logs": None}, "logs must be BusLogs\\(…\\) or Disabled\\(reason\\), got None"),
    ],
)
def test_what_nothing_can_be_watched_by_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        Monitoring(**given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"level": "ERROR"}, "level must be a LogLevel, such as LogLevel.ERROR, got 'ERROR'"),
        (
            {"retention_days": 10},
            "retention_days must be a number of days that CloudWatch Logs knows, 1, 3, 5, .*got 10",
        ),
        ({"retention_days": True}, "retention_days must be .*got True"),
        ({"include_detail": "FULL"}, "include_detail must be True or False, got 'FULL'"),
    ],
)
def test_what_no_bus_logs_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        BusLogs(**given)
