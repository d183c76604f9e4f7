"""Alarms, and the metrics they look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.elements.values import common, entries, mapping, said
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
    for each in [properties, *map(_metric_of, entries(properties.get("Metrics")))]:
        if "MetricName" in each:
            yield Watched(
                namespace=said(each.get("Namespace")),
                name=said(each.get("MetricName")),
                dimensions={
                    said(dimension.get("Name")): said(dimension.get("Value"))
                    for dimension in entries(each.get("Dimensions"))
                    if isinstance(dimension, Mapping)
                },
            )


def _metric_of(query: Any) -> Mapping[str, Any]:  # noqa: ANN401
    return mapping(mapping(mapping(query).get("MetricStat")).get("Metric"))
