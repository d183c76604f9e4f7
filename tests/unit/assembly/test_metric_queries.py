"""What is read of queries and metric math in alarms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly.elements.metric_queries import read_query
from cdk_eventbridge_patterns.naming.bus_reference import DEFAULT_BUS, BusAddress
from cdk_eventbridge_patterns.plan.metric_queries import insights_query
from cdk_eventbridge_patterns.testing import topology_in
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched

OF_RULES = Watched(
    namespace="AWS/Events",
    name="FailedInvocations",
    dimensions={"EventBusName": "orders"},
    any_of=frozenset({"RuleName"}),
)


def test_our_own_queries_are_read_as_what_they_are_of() -> None:
    custom, default = (BusAddress("111111111111", "eu-west-1", name) for name in ("orders", DEFAULT_BUS))

    assert read_query(insights_query(custom, "SUM", "FailedInvocations")) == OF_RULES
    assert read_query(insights_query(default, "MAX", "Invocations")) == Watched(
        namespace="AWS/Events", name="Invocations", dimensions={}, any_of=frozenset({"RuleName"})
    )


@pytest.mark.parametrize(
    "query",
    [
        """select sum(FailedInvocations) from schema("AWS/Events", EventBusName, RuleName)
           where EventBusName='orders'""",
        """SELECT SUM("FailedInvocations") FROM SCHEMA("AWS/Events",RuleName,"EventBusName")
           WHERE "EventBusName" = 'orders' GROUP BY RuleName ORDER BY SUM() DESC;""",
    ],
)
def test_spelling_and_grouping_change_nothing(query: str) -> None:
    assert read_query(query) == OF_RULES


def test_a_query_may_be_of_another_account() -> None:
    query = "SELECT MAX(Depth) FROM SCHEMA(Acme, Queue) WHERE AWS.AccountId = '222222222222' AND Queue = 'lost'"

    assert read_query(query) == Watched(
        namespace="Acme", name="Depth", dimensions={"Queue": "lost"}, account="222222222222"
    )


def test_without_a_schema_metrics_of_any_further_dimensions_are_meant() -> None:
    found = read_query("""SELECT SUM(FailedInvocations) FROM "AWS/Events" WHERE EventBusName = 'orders'""")

    assert found is not None
    assert (found.dimensions, found.has_others, found.is_query) == ({"EventBusName": "orders"}, True, True)


@pytest.mark.parametrize(
    "query",
    [
        """SELECT SUM(M) FROM "AWS/Events" WHERE EventBusName != 'orders'""",
        """SELECT SUM(M) FROM "AWS/Events" WHERE EventBusName = 'orders' OR EventBusName = 'billing'""",
        """SELECT SUM(M) FROM SCHEMA("AWS/Events", RuleName) WHERE EventBusName = 'orders'""",
        """SELECT SUM(M) FROM "AWS/Events" GROUP BY RuleName ORDER BY SUM() DESC LIMIT 5""",
        "SELECT SUM(M)",
        "SELECT",
    ],
)
def test_a_query_of_another_form_is_not_guessed_at(query: str) -> None:
    assert read_query(query) is None


def metric(id: str, name: str, **query: Any) -> dict[str, Any]:
    return {"Id": id, "MetricStat": {"Metric": {"Namespace": "AWS/Events", "MetricName": name}}, **query}


def alarm_on(folder: Path, *metrics: dict[str, Any]) -> Alarm:
    file = folder / "alarms.json"
    resource = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": list(metrics)}}
    file.write_text(json.dumps({"Resources": {"It": resource}}), encoding="utf-8")
    (alarm,) = topology_in(file, account="111111111111", region="eu-west-1").alarms
    return alarm


def test_of_metric_math_what_it_is_computed_from_is_watched_and_no_more(tmp_path: Path) -> None:
    alarm = alarm_on(
        tmp_path,
        {"Id": "both", "Expression": "failed + lost"},
        metric("failed", "FailedInvocations", ReturnData=False),
        metric("lost", "InvocationsFailedToBeSentToDlq", ReturnData=False),
        metric("matched", "MatchedEvents", ReturnData=False),
    )

    assert [each.name for each in alarm.metrics] == ["FailedInvocations", "InvocationsFailedToBeSentToDlq"]
    assert not alarm.left_out


@pytest.mark.parametrize(
    "expression",
    ["SUM(SEARCH('{AWS/Events,RuleName}', 'Sum'))", "SELECT SUM(M) FROM Acme LIMIT 1", "SUM(METRICS())"],
)
def test_what_can_not_be_read_is_left_out_and_that_is_said(tmp_path: Path, expression: str) -> None:
    alarm = alarm_on(tmp_path, {"Id": "e", "Expression": expression})

    assert (alarm.metrics, alarm.left_out) == ((), True)
