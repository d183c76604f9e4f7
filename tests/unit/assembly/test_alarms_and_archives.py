"""What is read of alarms and archives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.topology.alarm import Watched
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

LOST = [{"Name": "QueueName", "Value": "lost"}]
VISIBLE = {"Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible", "Dimensions": LOST}


def read(folder: Path, resource_type: str, properties: dict[str, Any]) -> Topology:
    stack = {
        "type": "aws:cloudformation:stack",
        "environment": "aws://111111111111/eu-west-1",
        "properties": {"templateFile": "Orders.template.json"},
    }
    template = {
        "Parameters": {"Days": {"Type": "Number"}},
        "Resources": {"It": {"Type": resource_type, "Properties": properties}},
    }
    (folder / "manifest.json").write_text(json.dumps({"version": "55.0.0", "artifacts": {"Orders": stack}}))
    (folder / "Orders.template.json").write_text(json.dumps(template))
    return topology_of(read_assembly(folder))


@pytest.mark.parametrize(
    ("properties", "account"),
    [
        (VISIBLE, None),
        ({"Metrics": [{"Id": "m", "MetricStat": {"Metric": VISIBLE}}]}, None),
        ({"Metrics": [{"Id": "m", "AccountId": "222222222222", "MetricStat": {"Metric": VISIBLE}}]}, "222222222222"),
    ],
)
def test_a_metric_is_read_with_the_account_it_is_of(
    tmp_path: Path, properties: dict[str, Any], account: str | None
) -> None:
    (alarm,) = read(tmp_path, "AWS::CloudWatch::Alarm", properties).alarms

    assert alarm.metrics == (
        Watched(
            namespace="AWS/SQS",
            name="ApproximateNumberOfMessagesVisible",
            dimensions={"QueueName": "lost"},
            account=account,
        ),
    )


def test_an_expression_is_no_metric(tmp_path: Path) -> None:
    expression = {"Id": "e", "Expression": "SUM(SEARCH('{AWS/SQS,QueueName}', 'Maximum'))"}

    (alarm,) = read(tmp_path, "AWS::CloudWatch::Alarm", {"Metrics": [expression]}).alarms

    assert alarm.metrics == ()


@pytest.mark.parametrize(
    ("properties", "days"),
    [({}, None), ({"RetentionDays": 0}, 0), ({"RetentionDays": 30}, 30), ({"RetentionDays": "30"}, 30)],
)
def test_how_long_an_archive_keeps_events_is_read(tmp_path: Path, properties: dict[str, Any], days: int | None) -> None:
    (archive,) = read(tmp_path, "AWS::Events::Archive", {"SourceArn": "arn", **properties}).archives

    assert archive.retention_days == days


def test_a_retention_that_a_parameter_gives_is_undecided(tmp_path: Path) -> None:
    (archive,) = read(tmp_path, "AWS::Events::Archive", {"SourceArn": "arn", "RetentionDays": {"Ref": "Days"}}).archives

    assert isinstance(archive.retention_days, Undecided)
    assert "Days" in archive.retention_days.reason
