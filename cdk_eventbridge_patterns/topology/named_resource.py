"""A resource as far as its name goes, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.undecided import Undecided


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
