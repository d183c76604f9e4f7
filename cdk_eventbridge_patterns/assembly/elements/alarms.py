"""Alarms, and the metrics they look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.elements.values import common, entries, mapping, said, text
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched


def alarms(resolution: Resolution) -> Iterator[Alarm]:
    """Return the alarms."""
    for resource in resolution.resources("AWS::CloudWatch::Alarm"):
        yield Alarm(
            metrics=tuple(_metrics(resource.properties)),
            actions=bool(resource.properties.get("AlarmActions")),
            **common(resource),
        )


def _metrics(properties: Mapping[str, Any]) -> Iterator[Watched]:
    if "MetricName" in properties:
        yield _watched(properties, account=None)
    for query in map(mapping, entries(properties.get("Metrics"))):
        metric = mapping(mapping(query.get("MetricStat")).get("Metric"))
        if "MetricName" in metric:
            yield _watched(metric, account=text(query.get("AccountId")))


def _watched(metric: Mapping[str, Any], *, account: str | None) -> Watched:
    return Watched(
        namespace=said(metric.get("Namespace")),
        name=said(metric.get("MetricName")),
        dimensions={
            said(dimension.get("Name")): said(dimension.get("Value"))
            for dimension in entries(metric.get("Dimensions"))
            if isinstance(dimension, Mapping)
        },
        account=account,
    )
