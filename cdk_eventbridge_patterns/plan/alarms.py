"""The alarms of a bus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.plan.metric_queries import FIVE_MINUTES, NAMESPACE, insights_query
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id

_PERIODS = 3


@dataclass(frozen=True, kw_only=True)
class AlarmKind:
    """One thing that is watched on every bus.

    Args:
        setting: The argument of `Monitoring` that is its threshold.

        word: What the alarm is called, behind the name of the service.

        metric: Of `AWS/Events`.

        meaning: What has happened when it goes off; `{bus}`, `{account}` and `{region}` may stand in it.

        function: How all rules' values become one. Default: their sum.

        periods_in_breach: How many of the last three periods must be above the threshold. Default: one.

        scale: What the threshold is multiplied by, to be in the metric's own unit.

        of_bus: Whether the metric tells which bus. Default: it does.

        bounds: The lowest and the highest threshold that makes sense. Default: any number of events.

        unit: What a threshold is a number of. Default: of them.
    """

    setting: str
    word: str
    metric: str
    meaning: str
    function: str = "SUM"
    periods_in_breach: int = 1
    scale: int = 1
    of_bus: bool = True
    bounds: tuple[int, int] = (0, 1_000_000_000)
    unit: str = "of them"


ALARMS: Sequence[AlarmKind] = (
    AlarmKind(
        setting="lost",
        word="bus-lost",
        metric="InvocationsFailedToBeSentToDlq",
        meaning="Events of bus {bus} are lost: neither delivered nor in the dead-letter queue of their rule",
    ),
    AlarmKind(
        setting="failed",
        word="bus-failed",
        metric="FailedInvocations",
        meaning="Rules of bus {bus} failed for good to deliver events",
    ),
    AlarmKind(
        setting="dead_lettered",
        word="bus-dead-lettered",
        metric="InvocationsSentToDlq",
        meaning="Events of bus {bus} went to dead-letter queues, the owner's or a consumer's",
    ),
    AlarmKind(
        setting="throttled",
        word="bus-throttled",
        metric="ThrottledRules",
        meaning="Rules of bus {bus} are throttled, so events are late",
    ),
    AlarmKind(
        setting="slow_seconds",
        word="bus-slow",
        metric="IngestionToInvocationSuccessLatency",
        meaning="Deliveries of bus {bus} are late for fifteen minutes, tries that failed included",
        function="MAX",
        periods_in_breach=_PERIODS,
        scale=1000,  # the metric is in milliseconds
        bounds=(1, 86_400),  # a day is how long EventBridge tries
        unit="seconds",
    ),
    AlarmKind(
        setting="publish_failures",
        word="publish-failed",
        metric="PutEventsFailedEntriesCount",
        meaning="Entries of PutEvents are refused in account {account}, {region}, whichever bus they are for",
        of_bus=False,
    ),
)
"""All that is watched, the worst first."""


def alarm_name(bus: MonitoredBus, kind: AlarmKind) -> str:
    """Return what the alarm is called."""
    return bus.naming.alarm_name(bus.service, bus.named(kind.word))


def alarm_arn(bus: MonitoredBus, kind: AlarmKind) -> str:
    """Return its ARN."""
    return arn("cloudwatch", f"alarm:{alarm_name(bus, kind)}", region=bus.address.region, account=bus.address.account)


def alarm_id(bus: MonitoredBus, kind: AlarmKind) -> str:
    """Return its logical id: `OrdersBusLostAlarm`."""
    return logical_id(bus.declared_id, kind.word.removeprefix("bus-"), "Alarm")


def add_alarms(
    plan: Plan,
    bus: MonitoredBus,
    thresholds: Iterable[tuple[AlarmKind, int]],
    *,
    notify: Sequence[str] = (),
    runbook: str | None = None,
) -> None:
    """Add the alarms of *bus*.

    A value in one of three periods is enough, since CloudWatch may have it later than at the end of its own; most are
    there only while they are above zero, so no value is no alarm.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """
    for kind, threshold in thresholds:
        plan.add(
            alarm_id(bus, kind),
            "AWS::CloudWatch::Alarm",
            {
                "AlarmName": alarm_name(bus, kind),
                "AlarmDescription": _description(bus, kind, runbook),
                **_watched(bus, kind),
                "EvaluationPeriods": _PERIODS,
                "DatapointsToAlarm": kind.periods_in_breach,
                "Threshold": threshold * kind.scale,
                "ComparisonOperator": "GreaterThanThreshold",
                "TreatMissingData": "notBreaching",
                "AlarmActions": list(notify) or None,
                "OKActions": list(notify) or None,
            },
            stamp=bus.stamp,
        )


def _description(bus: MonitoredBus, kind: AlarmKind, runbook: str | None) -> str:
    address = bus.address
    meaning = kind.meaning.format(bus=address.name, account=address.account, region=address.region)
    return meaning if runbook is None else f"{meaning}. Runbook: {runbook}"


def _watched(bus: MonitoredBus, kind: AlarmKind) -> dict[str, Any]:
    """Return what the alarm looks at: a query where rules are meant, whoever put them there, now or later."""
    if not kind.of_bus:
        return {"Namespace": NAMESPACE, "MetricName": kind.metric, "Statistic": "Sum", "Period": FIVE_MINUTES}
    query = {
        "Id": "rules",
        "Label": kind.metric,
        "Expression": insights_query(bus.address, kind.function, kind.metric),
        "Period": FIVE_MINUTES,
        "ReturnData": True,
    }
    return {"Metrics": [query]}
