"""An alarm on what EventBridge or SQS report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A metric that an alarm looks at, or by a query many of one name.

    Args:
        namespace: Such as `AWS/Events`.

        name: The metric.

        dimensions: Which rule, bus or queue it is of.

        account: The account it is read from. Default: that of the alarm.

        any_of: Further dimensions, whatever their values: a query has them, for metrics that may come later too.

        has_others: Whether the metrics of a query may have other dimensions still. Default: just these.
    """

    namespace: str
    name: str
    dimensions: Mapping[str, str]
    account: str | None = None
    any_of: frozenset[str] = frozenset()
    has_others: bool = False

    @property
    def is_query(self) -> bool:
        """Whether it is of many metrics."""
        return bool(self.any_of) or self.has_others


@dataclass(frozen=True, kw_only=True)
class Alarm(Element):
    """A CloudWatch alarm.

    Args:
        metrics: What it looks at; those of expressions and queries that can't be read are left out.

        actions: Whether it tells anybody.

        left_out: Whether such were left out. Default: all was read.
    """

    metrics: tuple[Watched, ...]
    actions: bool
    left_out: bool = False
