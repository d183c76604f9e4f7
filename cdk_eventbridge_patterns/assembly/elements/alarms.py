"""Alarms, and the metrics they look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.assembly.elements.metric_queries import is_query, read_query
from cdk_eventbridge_patterns.assembly.elements.values import common, entries, mapping, said, text
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched

# Functions of metric math that bring metrics of their own, or all of the alarm.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
_BRINGS_METRICS = re.compile(r"\b(?:SEARCH|METRICS|INSIGHT_RULE_METRIC|DB_PERF_INSIGHTS|LAMBDA|SERVICE_QUOTA)\s*\(")
_ID = re.compile(r"\b[a-z]\w*")


def alarms(resolution: Resolution) -> Iterator[Alarm]:
    """Return the alarms."""
    for resource in resolution.resources("AWS::CloudWatch::Alarm"):
        found = list(_metrics(resource.properties))
        yield Alarm(
            metrics=tuple(each for each in found if each is not None),
            actions=resource.properties.get("AlarmActions") not in (None, []),
            left_out=None in found,
            **common(resource),
        )


def _metrics(properties: Mapping[str, Any]) -> Iterator[Watched | None]:
    """Return the metrics of an alarm, nothing in place of each that can't be read."""
    if "MetricName" in properties:
        yield _watched(properties, account=None)
    for query in _used(list(map(mapping, entries(properties.get("Metrics"))))):
        expression = text(query.get("Expression"))
        metric = mapping(mapping(query.get("MetricStat")).get("Metric"))
        if "MetricName" in metric:
            yield _watched(metric, account=text(query.get("AccountId")))
        elif expression is None or _BRINGS_METRICS.search(expression):
            yield None
        elif is_query(expression):
            yield read_query(expression)


def _used(queries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those of *queries* that the alarm looks at: what is returned, and what that is computed from."""
    by_id = {said(query.get("Id")): query for query in queries}
    waiting = [name for name, query in by_id.items() if text(query.get("ReturnData")) != "false"]
    used: dict[str, Mapping[str, Any]] = {}
    while waiting:
        name = waiting.pop()
        if name in by_id and name not in used:
            used[name] = by_id[name]
            waiting += _ID.findall(text(by_id[name].get("Expression")) or "")
    return [query for name, query in by_id.items() if name in used]


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
