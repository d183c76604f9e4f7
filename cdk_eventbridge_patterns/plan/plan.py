"""CloudFormation resources as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.misjudged import checkov_metadata
from cdk_eventbridge_patterns.topology.stamp import Exemption, Stamp

_WORD = re.compile(r"[A-Za-z0-9]+")


def logical_id(*words: str) -> str:
    """Return the logical id made of *words*: `("orders", "order-placed-v1", "Rule")` → `OrdersOrderPlacedV1Rule`.

    Logical ids follow from what is declared, never from where it stands in the tree or in which order, so moving code
    about replaces nothing.
    """
    return "".join(part[0].upper() + part[1:] for word in words for part in _WORD.findall(word))


class Plan:
    """The resources that a declaration becomes, by logical id."""

    def __init__(self) -> None:
        self.resources: dict[str, dict[str, Any]] = {}

    def add(
        self,
        logical_id: str,
        resource_type: str,
        properties: Mapping[str, Any],
        *,
        depends_on: Sequence[str] = (),
        stamp: Stamp | None = None,
        exemption: Exemption | None = None,
        disposable: bool = False,
        retained: bool = False,
    ) -> str:
        """Add one resource and return its logical id; properties that are None are left out.

        What is *disposable* holds data that need not outlive it, and says so in the template; what is *retained* stays
        when its stack goes.
        """
        if logical_id in self.resources:
            msg = f"'{logical_id}' is declared twice; give one of the two another name"
            raise DeclarationError(msg)
        resource: dict[str, Any] = {
            "Type": resource_type,
            "Properties": {key: value for key, value in properties.items() if value is not None},
        }
        if depends_on:
            resource["DependsOn"] = sorted(depends_on)
        said = [said.to_metadata() for said in (stamp, exemption) if said is not None]
        if metadata := {key: value for each in (*said, checkov_metadata(resource)) for key, value in each.items()}:
            resource["Metadata"] = metadata
        if disposable:
            resource |= {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}
        if retained:
            resource |= {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
        self.resources[logical_id] = resource
        return logical_id

    def include(self, other: Plan) -> None:
        """Add all resources of *other*."""
        twice = self.resources.keys() & other.resources.keys()
        if twice:
            msg = f"'{min(twice)}' is declared twice; give one of the two another name"
            raise DeclarationError(msg)
        self.resources.update(other.resources)

    def template(self) -> dict[str, Any]:
        """Return the plan as a template, the same whatever the order of declaration."""
        return {"Resources": {key: self.resources[key] for key in sorted(self.resources)}}


def duplicates(values: Iterable[str]) -> list[str]:
    """Return the values that occur more than once."""
    seen: set[str] = set()
    return sorted({value for value in values if value in seen or seen.add(value)})  # type: ignore[func-returns-value]
