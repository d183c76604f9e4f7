"""The rename plan: what it takes to bring an estate to the convention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.checks.naming.naming_check import NameFinding
from cdk_eventbridge_patterns.checks.naming.replacement import replacement_of
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.location import Location


@dataclass(frozen=True, kw_only=True)
class Rename:
    """One name to change.

    Args:
        kind: What is named.

        location: Where.

        old: The name it has.

        new: The name it should have; `<service>` stands where nobody but its owner can tell.

        replaces: Whether CloudFormation replaces the resource.

        effect: What that means for whoever uses it.
    """

    kind: ResourceKind
    location: Location
    old: str
    new: str
    replaces: bool
    effect: str


def renames(findings: Iterable[Finding]) -> list[Rename]:
    """Return the rename plan for the names that *findings* say are off the convention, in the order of findings."""
    plan = []
    for finding in findings:
        if isinstance(finding, NameFinding) and finding.fault is not None:
            replacement = replacement_of(finding.fault.kind)
            plan.append(
                Rename(
                    kind=finding.fault.kind,
                    location=finding.location,
                    old=finding.fault.actual,
                    new=finding.fault.expected,
                    replaces=replacement.replaces,
                    effect=replacement.effect,
                )
            )
    return plan
