"""The logs of a bus: what EventBridge did with each event, delivered to a log group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.access.key_policy import LOG_DELIVERY
from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.plan.log_group import add_log_group, check_retention, log_group_arn
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id

# Where the console puts the logs of buses, and the path by which CloudWatch Logs tells logs of AWS services.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
_PATH = "/aws/vendedlogs/events/event-bus/"


class LogLevel(Enum):
    """How much a bus logs, each level with all that the one before it has."""

    ERROR = "ERROR"
    INFO = "INFO"
    TRACE = "TRACE"

    @property
    def types(self) -> tuple[str, ...]:
        """The types of log that it takes, each a delivery source of its own: `ERROR_LOGS` and so on."""
        levels = list(LogLevel)
        return tuple(f"{level.value}_LOGS" for level in levels[: levels.index(self) + 1])


@dataclass(frozen=True, kw_only=True)
class BusLogs:
    """What a bus logs, and how long that is kept.

    Args:
        level: How much: at `ERROR` what failed, at `INFO` also what was received and delivered, at `TRACE` each step.
            Default: `ERROR`.

        retention_days: How many days a record is kept, one of those that CloudWatch Logs knows. Default: 30.

        include_detail: Whether records carry the events' `detail`, and what targets were sent, as far as they are for
            that step: whoever reads the log group then reads the events. Default: they don't.

    Raises:
        DeclarationError: If one of them is something else.
    """

    level: LogLevel = LogLevel.ERROR
    retention_days: int = 30
    include_detail: bool = False

    def __post_init__(self) -> None:
        """Refuse what no bus logs."""
        if not isinstance(self.level, LogLevel):
            msg = f"level must be a LogLevel, such as LogLevel.ERROR, got {self.level!r}"
            raise DeclarationError(msg)
        if not isinstance(self.include_detail, bool):
            msg = f"include_detail must be True or False, got {self.include_detail!r}"
            raise DeclarationError(msg)
        check_retention(self.retention_days)

    def to_property(self) -> dict[str, str]:
        """Return what the bus itself says of its logs, which delivers nothing yet."""
        return {"Level": self.level.value, "IncludeDetail": "FULL" if self.include_detail else "NONE"}


def log_group_id(bus_id: str) -> str:
    """Return the logical id of the log group of the bus whose own, as it is declared, is *bus_id*."""
    return logical_id(bus_id, "LogGroup")


def add_bus_logs(plan: Plan, bus: MonitoredBus, logs: BusLogs) -> str:
    """Add a log group and what delivers the logs of *bus* to it, and return its name.

    One delivery waits for another: while CloudWatch Logs makes one, it refuses a second for the same destination
    (hashicorp/terraform-provider-aws#42194). All wait for the bus, which the sources know by its literal ARN only.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html
    """
    sources = {each: bus.naming.log_delivery_name(bus.service, bus.named(_word(each))) for each in logs.level.types}
    group = _PATH + bus.naming.log_group_name(bus.service, bus.named("bus"))
    group_id = add_log_group(
        plan,
        log_group_id(bus.declared_id),
        name=group,
        retention_days=logs.retention_days,
        statements=[_delivery_statement(bus, group, sources)],
        stamp=bus.stamp,
    )
    destination = bus.naming.log_delivery_name(bus.service, bus.named("bus-logs"))
    delivered_to = plan.add(
        logical_id(bus.declared_id, "LogDestination"),
        "AWS::Logs::DeliveryDestination",
        {"Name": destination, "DestinationResourceArn": log_group_arn(group, bus.address)},
        depends_on=[group_id],
        stamp=bus.stamp,
    )
    before: list[str] = []
    for log_type, source in sources.items():
        part = logical_id(bus.declared_id, *log_type.lower().split("_"))
        source_id = plan.add(
            f"{part}Source",
            "AWS::Logs::DeliverySource",
            {"Name": source, "LogType": log_type, "ResourceArn": bus.address.arn},
            depends_on=[] if bus.id is None else [bus.id],
            stamp=bus.stamp,
        )
        delivery_id = plan.add(
            f"{part}Delivery",
            "AWS::Logs::Delivery",
            {
                "DeliverySourceName": source,
                "DeliveryDestinationArn": _logs_arn(bus, "delivery-destination", destination),
            },
            depends_on=[source_id, delivered_to, *before],
            stamp=bus.stamp,
        )
        before = [delivery_id]
    return group


def _word(log_type: str) -> str:
    """Return what a source is called: `bus-error-logs`."""
    return f"bus-{log_type.lower().replace('_', '-')}"


def _logs_arn(bus: MonitoredBus, kind: str, name: str) -> str:
    return arn("logs", f"{kind}:{name}", region=bus.address.region, account=bus.address.account)


def _delivery_statement(bus: MonitoredBus, group: str, sources: Mapping[str, str]) -> Statement:
    """Let CloudWatch's delivery write what comes from these sources.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
    """
    return {
        "Sid": "AllowBusLogs",
        "Effect": "Allow",
        "Principal": {"Service": LOG_DELIVERY},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": f"{log_group_arn(group, bus.address)}:log-stream:*",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": bus.address.account},
            "ArnLike": {
                "aws:SourceArn": one_or_many([_logs_arn(bus, "delivery-source", each) for each in sources.values()])
            },
        },
    }
