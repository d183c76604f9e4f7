"""What a resource that exists already keeps, so that CloudFormation changes it where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.stamp import Exemption

_LOGICAL_ID = re.compile(r"[A-Za-z0-9]{1,255}")


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """A resource of the same stack that a declaration takes over, with what would replace it if it changed.

    CloudFormation knows a resource by its logical id, and its name is create-only: both have to stay for it to be
    changed in place. A target is known by its id: another id is another target, put before the old one is removed.
    A name that is off the naming convention is exempted from it, with the reason stamped into the template.

    Args:
        logical_id: The logical id that it has in the template. Default: that of what is declared.

        name: The name that it has. Default: the one that the convention gives.

        target_id: The id that a rule's target has. Default: the one that the convention gives.

        reason: Why a name off the convention stays. Default: it is older than the convention.

    Raises:
        DeclarationError: If nothing is kept, or something is not of its form.
    """

    logical_id: str | None = None
    name: str | None = None
    target_id: str | None = None
    reason: str = "it is older than the convention"

    def __post_init__(self) -> None:
        """Refuse what no template could say."""
        if (self.logical_id, self.name, self.target_id) == (None, None, None):
            msg = "adopt must keep a logical_id, a name or a target_id, such as Adopted(name='ship-orders'), got none"
            raise DeclarationError(msg)
        if self.logical_id is not None and not (
            isinstance(self.logical_id, str) and _LOGICAL_ID.fullmatch(self.logical_id)
        ):
            msg = (
                "logical_id must be that of the template, letters and digits such as 'ShipOrders2A1B3C4D', "
                f"got {self.logical_id!r}"
            )
            raise DeclarationError(msg)
        if not isinstance(self.reason, str) or not self.reason.strip():
            msg = f"reason must say why a name off the convention stays, got {self.reason!r}"
            raise DeclarationError(msg)


def check_adopted(adopt: Adopted | None, kind: ResourceKind) -> Adopted | None:
    """Return *adopt* if a resource of *kind* can keep what it says.

    Raises:
        DeclarationError: If it is none, or keeps the id of a target where there is none.
        NamingError: If AWS accepts no such name.
    """
    if adopt is None:
        return None
    if not isinstance(adopt, Adopted):
        msg = f"adopt must be Adopted(…), such as Adopted(logical_id='ShipOrders2A1B3C4D'), got {adopt!r}"
        raise DeclarationError(msg)
    if adopt.name is not None:
        kind.check(adopt.name)
    if adopt.target_id is not None:
        if kind is not ResourceKind.RULE:
            msg = f"target_id is kept by rules only, got {adopt.target_id!r} for an {kind.label}"
            raise DeclarationError(msg)
        ResourceKind.TARGET.check(adopt.target_id)
    return adopt


def kept_id(adopt: Adopted | None, declared: str) -> str:
    """Return the logical id that stays, or the one *declared*."""
    return declared if adopt is None or adopt.logical_id is None else adopt.logical_id


def kept_name(adopt: Adopted | None) -> str | None:
    """Return the name that stays, if one does."""
    return None if adopt is None else adopt.name


def kept_target_id(adopt: Adopted | None, declared: str) -> str:
    """Return the id of the target that stays, or the one *declared*."""
    return declared if adopt is None or adopt.target_id is None else adopt.target_id


def exemption_of(adopt: Adopted | None, naming: NamingConvention, kind: ResourceKind, service: str) -> Exemption | None:
    """Return the exemption of what is adopted, nothing where all that it keeps follows the convention anyway."""
    if adopt is None:
        return None
    kept = ((kind, adopt.name), (ResourceKind.TARGET, adopt.target_id))
    off = any(name is not None and naming.fault(each, name, service=service) is not None for each, name in kept)
    return Exemption(reason=adopt.reason.strip()) if off else None


def older_exemption(naming: NamingConvention, kind: ResourceKind, name: str) -> Exemption | None:
    """Return the exemption of a name that holds that of something older, a bus or an event, and so is off too."""
    if naming.fault(kind, name) is None:
        return None
    return Exemption(reason="its name holds that of something which is older than the convention")
