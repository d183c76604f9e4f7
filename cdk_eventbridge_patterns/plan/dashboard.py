"""The dashboard of a bus: what a person who is woken up looks at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.plan.metric_queries import FIVE_MINUTES, NAMESPACE, search
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.queue import bus_queue_name, subscription_queue_name

_Properties = dict[str, Any]

_HOW_TO_READ = (
    "Begin with the alarms, then *What went wrong*; the table says by which rule, and a rule's name begins with the "
    "service whose it is. Lines of failures are there only while something fails."
)

_BY_RULE = (
    ("MatchedEvents", "matched"),
    ("Invocations", "invoked"),
    ("RetryInvocationAttempts", "tried again"),
    ("FailedInvocations", "failed for good"),
    ("InvocationsSentToDlq", "to dead-letter queues"),
    ("InvocationsFailedToBeSentToDlq", "lost"),
)

# The grid of a dashboard is 24 wide; the widgets of a row share it.
_WIDTH = 24
_TEXT_HEIGHT, _ALARMS_HEIGHT, _HEIGHT = 4, 3, 6


@dataclass(frozen=True, kw_only=True)
class Board:
    """What is on a dashboard.

    Args:
        bus: The bus.

        alarm_arns: Its alarms.

        runbook: Where it says what to do. Default: nowhere.

        log_group: The log group that the bus logs to. Default: it doesn't.
    """

    bus: MonitoredBus
    alarm_arns: Sequence[str]
    runbook: str | None = None
    log_group: str | None = None

    def body(self) -> dict[str, Any]:
        """Return the dashboard as CloudWatch takes it.

        https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
        """
        return {"start": "-PT6H", "periodOverride": "inherit", "widgets": list(self._widgets())}

    def _widgets(self) -> Iterator[dict[str, Any]]:
        """Return the widgets, row by row."""
        top = 0
        for height, row in self._rows():
            left, width = 0, _WIDTH // len(row)
            for kind, properties in row:
                yield {"type": kind, "x": left, "y": top, "width": width, "height": height, "properties": properties}
                left += width
            top += height

    def _rows(self) -> Iterator[tuple[int, list[tuple[str, _Properties]]]]:
        yield _TEXT_HEIGHT, [("text", {"markdown": self._header()})]
        if self.alarm_arns:
            yield _ALARMS_HEIGHT, [("alarm", {"title": "Alarms", "alarms": list(self.alarm_arns)})]
        yield _HEIGHT, [self._graph("Events", self._volume()), self._graph("What went wrong", self._failures())]
        yield (
            _HEIGHT,
            [
                self._graph("How long a delivery took (ms)", self._latency()),
                self._graph("Throttled and tried again", self._pressure()),
                self._graph("In dead-letter queues", self._dead_letters()),
            ],
        )
        yield _HEIGHT, [self._table("By rule", self._by_rule())]
        if self.log_group is not None:
            yield _HEIGHT, [self._log(self.log_group)]

    def _header(self) -> str:
        bus = self.bus
        facts = [f"Service {bus.service}, account {bus.address.account}, {bus.address.region}."]
        if bus.owner:
            facts.append(f"Owned by {bus.owner}.")
        if self.runbook:
            facts.append(f"[Runbook]({self.runbook}).")
        return f"# Event bus {bus.address.name}\n{' '.join(facts)}\n\n{_HOW_TO_READ}"

    def _volume(self) -> list[Any]:
        return [
            [NAMESPACE, "PutEventsEntriesCount", {"label": "published, on all buses of the account", "stat": "Sum"}],
            self._total("MatchedEvents", "matched, once for each rule"),
            self._total("Invocations", "invoked"),
        ]

    def _failures(self) -> list[Any]:
        return [
            self._total("InvocationsFailedToBeSentToDlq", "lost", color="#d13212"),
            self._total("FailedInvocations", "failed for good", color="#ff7f0e"),
            self._total("InvocationsSentToDlq", "to dead-letter queues", color="#9467bd"),
        ]

    def _latency(self) -> list[Any]:
        metric = "IngestionToInvocationSuccessLatency"
        return [
            self._total(metric, "p99 of the slowest rule", statistic="p99", function="MAX"),
            self._total(metric, "p50 of the slowest rule", statistic="p50", function="MAX"),
        ]

    def _pressure(self) -> list[Any]:
        return [self._total("ThrottledRules", "throttled"), self._total("RetryInvocationAttempts", "tried again")]

    def _dead_letters(self) -> list[Any]:
        metrics: list[Any] = []
        qualifier = self.bus.bus_qualifier
        for queue in (bus_queue_name(qualifier), subscription_queue_name(qualifier)):
            name = self.bus.naming.queue_name(self.bus.service, queue)
            for metric, label, axis in (
                ("ApproximateNumberOfMessagesVisible", "messages", "left"),
                ("ApproximateAgeOfOldestMessage", "age of the oldest (s)", "right"),
            ):
                settings = {"label": f"{queue}: {label}", "stat": "Maximum", "yAxis": axis}
                metrics.append(["AWS/SQS", metric, "QueueName", name, settings])
        return metrics

    def _by_rule(self) -> list[Any]:
        return [
            [{"expression": search(self.bus.address, metric, "Sum"), "label": f"${{PROP('Dim.RuleName')}}: {label}"}]
            for metric, label in _BY_RULE
        ]

    def _total(
        self, metric: str, label: str, *, statistic: str = "Sum", function: str = "SUM", color: str | None = None
    ) -> list[Any]:
        """Return one line for all rules."""
        expression = f"{function}({search(self.bus.address, metric, statistic)})"
        line: dict[str, Any] = {"expression": expression, "label": label}
        return [line if color is None else {**line, "color": color}]

    def _graph(self, title: str, metrics: list[Any]) -> tuple[str, _Properties]:
        return "metric", self._metric_properties(title, "timeSeries", metrics)

    def _table(self, title: str, metrics: list[Any]) -> tuple[str, _Properties]:
        summary = {"layout": "vertical", "showTimeSeriesData": False, "summaryColumns": ["SUM", "MAX"]}
        return "metric", {**self._metric_properties(title, "table", metrics), "table": summary}

    def _metric_properties(self, title: str, view: str, metrics: list[Any]) -> _Properties:
        return {
            "title": title,
            "view": view,
            "region": self.bus.address.region,
            "period": FIVE_MINUTES,
            "metrics": metrics,
        }

    def _log(self, group: str) -> tuple[str, _Properties]:
        query = (
            f"SOURCE '{group}' | fields @timestamp, message_type, event_id, error.aws_service, error.error_message"
            " | filter log_level = 'ERROR' | sort @timestamp desc | limit 50"
        )
        return "log", {
            "title": "Errors that the bus logged",
            "view": "table",
            "region": self.bus.address.region,
            "query": query,
        }


def add_dashboard(plan: Plan, board: Board) -> None:
    """Add the dashboard of a bus.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
    """
    bus = board.bus
    plan.add(
        logical_id(bus.declared_id, "Dashboard"),
        "AWS::CloudWatch::Dashboard",
        {
            "DashboardName": bus.naming.dashboard_name(bus.service, region=bus.address.region, qualifier=bus.qualifier),
            "DashboardBody": json.dumps(board.body(), separators=(",", ":")),
        },
        stamp=bus.stamp,
    )
