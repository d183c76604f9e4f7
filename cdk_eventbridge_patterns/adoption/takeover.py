"""What becomes of an estate that exists when new templates are deployed over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdk_eventbridge_patterns.adoption.create_only import CREATE_ONLY
from cdk_eventbridge_patterns.adoption.interruptions import interruptions
from cdk_eventbridge_patterns.adoption.outcome import Fate, Takeover
from cdk_eventbridge_patterns.adoption.outcomes import Outcomes
from cdk_eventbridge_patterns.adoption.same_stacks import SameStacks, same_stacks
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.assembly.topology_of import topology_of
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.topology.topology import Topology

_RANKS = list(Fate)


def takeover(existing: Iterable[Template], new: Iterable[Template]) -> Takeover:
    """Return what becomes of *existing*, resource by resource, and what would be interrupted.

    Raises:
        AssemblyError: If nothing is to be deployed.
    """
    stacks = same_stacks(existing, tuple(new))
    if len(stacks.after) == len(stacks.staying):
        raise AssemblyError("NEW must hold at least one stack, got none")
    before, after = Resolution(stacks.before), Resolution(stacks.after)
    outcomes = Outcomes(_resources(before), _resources(after)).all()
    topologies = topology_of(stacks.before), topology_of(stacks.after)
    return Takeover(
        outcomes=tuple(sorted(outcomes, key=lambda each: _RANKS.index(each.fate))),
        interruptions=tuple(dict.fromkeys(interruptions(*topologies))),
        notes=tuple(dict.fromkeys(_notes(stacks, before, *topologies))),
    )


def _resources(resolution: Resolution) -> Iterator[ResolvedResource]:
    for template in resolution.templates:
        yield from resolution.resources_of(template)


def _notes(stacks: SameStacks, before: Resolution, *topologies: Topology) -> Iterator[str]:
    for template in stacks.staying:
        yield f"NEW has no stack for {template.stack}, so it was taken to stay as it is."
    others = {each.resource_type for each in _resources(before)} - CREATE_ONLY.keys() - {"AWS::CDK::Metadata"}
    if others:
        yield f"Of other types nothing was compared: {', '.join(sorted(others))}."
    for topology in topologies:
        for unread in topology.unread:
            yield f"{unread.location} was not read: {unread.reason.reason}."
