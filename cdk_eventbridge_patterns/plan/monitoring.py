"""How a bus is watched: its alarms, its dashboard and its logs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.alarms import ALARMS, AlarmKind, add_alarms, alarm_arn
from cdk_eventbridge_patterns.plan.bus_logs import BusLogs, add_bus_logs
from cdk_eventbridge_patterns.plan.checks import check_list, check_whole_number
from cdk_eventbridge_patterns.plan.dashboard import Board, add_dashboard
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.plan import Plan

_TOPIC = re.compile(r"arn:[^:]+:sns:[^:]+:[^:]+:.+|\$\{Token\[.*")
_RUNBOOK = re.compile(r"https?://\S+")

# An alarm has at most five actions, and a description of at most 1,024 characters.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
_MOST_TOPICS = 5
_LONGEST_RUNBOOK = 512


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    """How a bus is watched, on by default.

    Each alarm goes off above a threshold, in any of the last three periods of five minutes, that on slow deliveries in
    all three; `docs/observability.md` says of each what it means and what to do. `Disabled(reason)` in place of a
    threshold makes no such alarm.

    Args:
        notify: The ARNs of at most five SNS topics that are told of each alarm and of its end, those of the bus's
            dead-letter queues too; their policies must let CloudWatch publish. Default: nobody is told, and alarms are
            seen in the console only.

        runbook: Where it says what to do, a URL; stands in each alarm and on the dashboard. Default: nowhere.

        lost: How many events may be lost: neither delivered nor in the dead-letter queue. Default: 0.

        failed: How many invocations may fail for good. Default: 0.

        dead_lettered: How many events may go to dead-letter queues, those of consumers too. Default: 0.

        throttled: How often rules may be throttled. Default: 0.

        slow_seconds: How long the slowest delivery may take, tries included, before each of three periods in a row
            counts as slow. Default: 60.

        publish_failures: How many entries of `PutEvents` may be refused, of all that the account publishes in the
            Region: AWS tells no bus. Only where the service publishes. Default: 0.

        dashboard: `Disabled(reason)` makes none. Default: there is one.

        logs: What the bus logs, or `Disabled(reason)`. Default: errors, without payload, for 30 days.

    Raises:
        DeclarationError: If one of them is something else.
    """

    notify: Sequence[str] = ()
    runbook: str | None = None
    lost: int | Disabled = 0
    failed: int | Disabled = 0
    dead_lettered: int | Disabled = 0
    throttled: int | Disabled = 0
    slow_seconds: int | Disabled = 60
    publish_failures: int | Disabled = 0
    dashboard: Disabled | None = None
    logs: BusLogs | Disabled = field(default_factory=BusLogs)

    def __post_init__(self) -> None:
        """Refuse what nothing can be watched by."""
        check_topics(self.notify)
        runbook = self.runbook
        if runbook is not None and not (isinstance(runbook, str) and _RUNBOOK.fullmatch(runbook)):
            msg = f"runbook must be a URL, such as 'https://wiki.example.com/orders', got {runbook!r}"
            raise DeclarationError(msg)
        if runbook is not None and len(runbook) > _LONGEST_RUNBOOK:
            msg = f"runbook must be at most {_LONGEST_RUNBOOK} characters, got {len(runbook)}"
            raise DeclarationError(msg)
        for kind, threshold in self.thresholds():
            check_whole_number(threshold, kind.setting, *kind.bounds, f"{kind.unit}, or Disabled(reason)")
        if self.dashboard is not None and not isinstance(self.dashboard, Disabled):
            msg = f"dashboard must be Disabled(reason), got {self.dashboard!r}; leave it out to have one"
            raise DeclarationError(msg)
        if not isinstance(self.logs, (BusLogs, Disabled)):
            msg = f"logs must be BusLogs(…) or Disabled(reason), got {self.logs!r}"
            raise DeclarationError(msg)

    def switches(self) -> dict[str, object]:
        """Return what may be switched off, by the name of its argument."""
        return {name: getattr(self, name) for name in (*(kind.setting for kind in ALARMS), "dashboard", "logs")}

    def thresholds(self) -> Iterator[tuple[AlarmKind, int]]:
        """Return the alarms that are on, each with its threshold."""
        for kind in ALARMS:
            threshold = getattr(self, kind.setting)
            if not isinstance(threshold, Disabled):
                yield kind, threshold


def check_topics(topics: Sequence[str]) -> None:
    """Refuse what is no list of topics that an alarm can tell.

    Raises:
        DeclarationError: If it is none, or has more than an alarm has actions.
    """
    check_list(topics, "notify", str, "a list of topic ARNs, such as ['arn:aws:sns:eu-west-1:1111…:alerts']")
    for topic in topics:
        if not _TOPIC.fullmatch(topic):
            msg = f"notify must be ARNs of SNS topics, such as 'arn:aws:sns:eu-west-1:1111…:alerts', got {topic!r}"
            raise DeclarationError(msg)
    if len(topics) > _MOST_TOPICS:
        msg = f"notify must be at most {_MOST_TOPICS} topics, as an alarm has no more actions, got {len(topics)}"
        raise DeclarationError(msg)


def topics_of(monitoring: Monitoring | Disabled | None) -> Sequence[str]:
    """Return whom alarms tell, as far as *monitoring* says."""
    return monitoring.notify if isinstance(monitoring, Monitoring) else ()


def check_monitoring(value: object) -> None:
    """Refuse what is no setting of it."""
    if not isinstance(value, (Monitoring, Disabled)):
        msg = f"monitoring must be Monitoring(…) or Disabled(reason), got {value!r}"
        raise DeclarationError(msg)


def monitoring_switches(monitoring: Monitoring | Disabled) -> dict[str, object]:
    """Return what may be switched off, and `monitoring` itself, by what a stamp calls it."""
    if isinstance(monitoring, Disabled):
        return {"monitoring": monitoring}
    return {f"monitoring.{name}": value for name, value in monitoring.switches().items()}


def log_config(monitoring: Monitoring | Disabled) -> dict[str, str] | None:
    """Return what the bus itself says of its logs, nothing where it has none."""
    if isinstance(monitoring, Disabled) or isinstance(monitoring.logs, Disabled):
        return None
    return monitoring.logs.to_property()


def add_monitoring(plan: Plan, bus: MonitoredBus, monitoring: Monitoring) -> None:
    """Add all that watches *bus*."""
    thresholds = [each for each in monitoring.thresholds() if each[0].of_bus or bus.publishes]
    add_alarms(plan, bus, thresholds, notify=monitoring.notify, runbook=monitoring.runbook)
    log_group = None
    if isinstance(monitoring.logs, BusLogs):
        log_group = add_bus_logs(plan, bus, monitoring.logs)
    if monitoring.dashboard is None:
        board = Board(
            bus=bus,
            alarm_arns=[alarm_arn(bus, kind) for kind, _ in thresholds],
            runbook=monitoring.runbook,
            log_group=log_group,
        )
        add_dashboard(plan, board)


def add_publish_alarm(plan: Plan, bus: MonitoredBus, monitoring: Monitoring) -> None:
    """Add, for whoever publishes on a bus of another, the one alarm that is about its own account."""
    thresholds = [each for each in monitoring.thresholds() if not each[0].of_bus]
    add_alarms(plan, bus, thresholds, notify=monitoring.notify, runbook=monitoring.runbook)
