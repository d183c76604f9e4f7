"""An event bus, of either kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.undecided import Undecided


class BusKind(Enum):
    """The two products that are named event bus."""

    CLASSIC = "AWS::Events"
    V2 = "AWS::EventsV2"


@dataclass(frozen=True, kw_only=True)
class Bus(Element):
    """An event bus.

    Args:
        kind: Which of the two.

        arn: Its ARN.

        name: Its name.

        key_arn: The KMS key it is encrypted with. Default: one that AWS owns.

        dead_letter_arn: The queue for what it can't decrypt, of a bus with a key of one's own. Default: none.

        log_level: How much it logs: `OFF`, `ERROR`, `INFO` or `TRACE`. Default: not said, which is off.
    """

    kind: BusKind
    arn: str
    name: str
    key_arn: str | None = None
    dead_letter_arn: str | None = None
    log_level: str | None = None


@dataclass(frozen=True, kw_only=True)
class Archive(Element):
    """An archive of a bus.

    Args:
        name: Its name.

        bus_arn: The bus it is of.

        key_arn: The KMS key it is encrypted with. Default: one that AWS owns.

        retention_days: How long events are kept; 0 is for ever. Default: not said, which is for ever.

        event_pattern: Which events it keeps, parsed. Default: all.
    """

    name: str
    bus_arn: str
    key_arn: str | None = None
    retention_days: int | Undecided | None = None
    event_pattern: Mapping[str, Any] | str | Undecided | None = None


@dataclass(frozen=True, kw_only=True)
class Discoverer(Element):
    """A discoverer, which infers schemas from the events of a bus.

    Args:
        bus_arn: The bus.
    """

    bus_arn: str


@dataclass(frozen=True, kw_only=True)
class LogDelivery(Element):
    """A log of a bus that is delivered somewhere: `LogConfig` alone delivers nothing.

    Args:
        bus_arn: The bus.

        log_type: `ERROR_LOGS`, `INFO_LOGS` or `TRACE_LOGS`.

        destination_arn: The log group, bucket or stream.
    """

    bus_arn: str
    log_type: str
    destination_arn: str
