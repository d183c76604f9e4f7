"""A resource as far as its name goes, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where a resource, or one of its properties, is written.

    Args:
        stack: The construct path of its stack, or the template's name where there is no construct.

        logical_id: Its logical id in the template.

        property_path: The property that is meant, such as `Name` or `Targets.0.Id`. Default: the resource as a whole.

        template_file: The template, as it was named to us. Default: not read from a file.

        construct_path: The construct, where the template says it. Default: unknown.
    """

    stack: str
    logical_id: str
    property_path: str | None = None
    template_file: str | None = None
    construct_path: str | None = None

    def __str__(self) -> str:
        place = self.construct_path or f"{self.stack}/{self.logical_id}"
        return place if self.property_path is None else f"{place} ({self.property_path})"


@dataclass(frozen=True)
class Undecided:
    """A value that is known at deployment only, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NamedResource:
    """One name: that of a resource, or of one of its targets.

    Args:
        kind: What is named.

        resource_type: The CloudFormation type of the resource.

        name: The name, nothing where it has none, or why it is undecided.

        location: Where it is written.

        stamp: What our constructs stamped on the resource. Default: it is not ours.

        reached_by_others: Whether a policy opens it to another account, which must know its name. Default: it does not.

        exempted: The reason why the convention does not hold for it, stamped on the resource. Default: it holds.
    """

    kind: ResourceKind
    resource_type: str
    name: str | Undecided | None
    location: Location
    stamp: Stamp | None = None
    reached_by_others: bool = False
    exempted: str | None = None
