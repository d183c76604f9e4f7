"""A global endpoint, which leads to one of two buses."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.undecided import Answer, Undecided


@dataclass(frozen=True, kw_only=True)
class Endpoint(Element):
    """A global endpoint.

    Args:
        name: Its name.

        bus_arns: The buses it leads to, in the order they are written; undecided where a list is given at deployment.

        replicates: Whether every event goes to both.

        role_arn: The role by which it replicates. Default: it has none.
    """

    name: str
    bus_arns: tuple[str, ...] | Undecided
    replicates: Answer
    role_arn: str | None = None
