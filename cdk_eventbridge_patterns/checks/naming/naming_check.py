"""What the checks of names have in common: they are asked about names, under a convention."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cdk_eventbridge_patterns.checks.check import Check
from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.name_fault import NameFault
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.named_resource import NamedResource


@dataclass(frozen=True, kw_only=True)
class NameFinding(Finding):
    """A finding about a name.

    Args:
        kind: What is named, on which the level of the finding depends.

        fault: What is wrong with the name, where one is.
    """

    kind: ResourceKind
    fault: NameFault | None = None


class NamingCheck(Check, ABC):
    """Judges names under a convention."""

    level_by_kind: ClassVar[bool] = True
    """Whether the level that is set for a kind of name holds for the findings, or always the check's own."""

    of_exempted: ClassVar[bool] = False
    """Whether the check is asked about the resources that are exempted, or about all others."""

    @abstractmethod
    def findings(self, names: Sequence[NamedResource], convention: NamingConvention) -> Iterator[NameFinding]:
        """Return what is wrong with *names*."""

    def finding(
        self,
        resource: NamedResource,
        message: str,
        *,
        kind: ResourceKind | None = None,
        fix: str | None = None,
        fault: NameFault | None = None,
    ) -> NameFinding:
        """Return a finding of this check, at *resource*."""
        return NameFinding(
            check_id=self.id,
            severity=self.severity,
            message=message,
            fix=fix or self.fix,
            location=resource.location,
            kind=kind or resource.kind,
            fault=fault,
        )
