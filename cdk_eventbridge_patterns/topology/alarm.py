"""An alarm on what EventBridge or SQS report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A metric that an alarm looks at.

    Args:
        namespace: Such as `AWS/Events`.

        name: The metric.

        dimensions: Which rule, bus or queue it is of.

        account: The account it is read from. Default: that of the alarm.
    """

    namespace: str
    name: str
    dimensions: Mapping[str, str]
    account: str | None = None


@dataclass(frozen=True, kw_only=True)
class Alarm(Element):
    """A CloudWatch alarm.

    Args:
        metrics: What it looks at; those of expressions and queries that can't be read are left out.

        actions: Whether it tells anybody.
    """

    metrics: tuple[Watched, ...]
    actions: bool
