"""An estate that exists as it is read for our constructs: which service owns a bus, which contract an event has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cdk_eventbridge_patterns.adoption.contracts import Contract, Contracts
from cdk_eventbridge_patterns.adoption.proposal import Proposal, Verdict
from cdk_eventbridge_patterns.adoption.snippet import Snippet
from cdk_eventbridge_patterns.adoption.spelling import called, last_of, service_named, service_of, slug, spelled
from cdk_eventbridge_patterns.checks.naming.replacement import replacement_of
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.topology.topology import Topology

_MADE_UP = "its name is made up by CloudFormation, and one of ours is named by the convention, so it is made anew"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is read, and the Python that comes of it.

    Args:
        topology: All that was read.

        naming: The convention.

        services: The services that own buses, by the names of the buses. Default: the names tell.
    """

    topology: Topology
    naming: NamingConvention
    services: Mapping[str, str] = field(default_factory=dict)
    snippets: dict[tuple[str, str, str], Snippet] = field(default_factory=dict)

    @cached_property
    def contracts(self) -> Contracts:
        """The contracts, each once."""
        return Contracts(self.naming)

    def service(self, bus_arn: str) -> str:
        """Return the service that owns a bus, as near as its name tells."""
        name = short(last_of(bus_arn))
        return self.services.get(name) or service_of(self.naming, name) or service_named(name)

    def carried(self, bus: Bus) -> list[Contract]:
        """Return the contracts of the events that rules on *bus* name."""
        owner = self.service(bus.arn)
        return [contract for rule in self.topology.rules_on(bus.arn) for contract in self.contracts.of(rule, owner)]

    def snippet(self, element: Element) -> Snippet:
        """Return the Python for the stack of *element*."""
        stack = element.location.stack
        name = slug(f"/{stack.partition('.')[0]}")
        about = f"What stack {stack} had in account {element.account} in {element.region}."
        return self.snippets.setdefault((element.account, element.region, name), Snippet(name, about))

    def named(
        self,
        kind: ResourceKind,
        name: str,
        element: Element,
        *,
        expected: str,
        call: str,
        changes: tuple[str, ...] = (),
    ) -> Proposal:
        """Return the proposal for what is taken over by *call*, with its name, or anew where it has none."""
        effect = replacement_of(kind).effect
        return Proposal(
            verdict=Verdict.TAKEN_OVER if is_literal(name) else Verdict.REPLACED,
            kind=kind.label.removesuffix(" name"),
            name=name if is_literal(name) else element.location.logical_id,
            location=element.location,
            reasons=() if is_literal(name) else (f"{_MADE_UP}: {effect}",),
            call=call,
            changes=changes,
            by_convention=None
            if name == expected or not is_literal(name)
            else f"{expected}; a rename replaces it: {effect}",
        )


def stays(verdict: Verdict, kind: str, name: str, element: Element, *reasons: str) -> Proposal:
    """Return the proposal for what can't be taken over, or of which nobody can say."""
    return Proposal(verdict=verdict, kind=kind, name=name, location=element.location, reasons=reasons)


def adopting(element: Element, name: str, *, expected: str, target_id: str | None = None) -> list[str]:
    """Return the argument that keeps what would replace a resource if it changed, none where its name is made up."""
    if not is_literal(name):
        return []
    kept = {"logical_id": element.location.logical_id}
    kept |= {} if name == expected else {"name": name}
    kept |= {} if target_id is None or not is_literal(target_id) else {"target_id": target_id}
    return ["adopt=" + called("Adopted", (f"{key}={spelled(value)}" for key, value in kept.items()))]


def construct_id(text: str) -> str:
    """Return *text* as the id of a construct is spelled."""
    return spelled("".join(word[0].upper() + word[1:] for word in slug(text).split("_") if word))


def short(name: str) -> str:
    """Return a name; of one that is made up, the logical id it is made of."""
    return name if is_literal(name) else slug(name)
