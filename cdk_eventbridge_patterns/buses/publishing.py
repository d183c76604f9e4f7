"""Letting a role or user put events on a bus, by its own policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Token
from aws_cdk import aws_iam as iam

from cdk_eventbridge_patterns.access.publish import event_condition
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention


def let_publish(grantee: iam.IGrantable, *, bus: BusAddress, account: str, condition: Mapping[str, Any]) -> iam.Grant:
    """Let *grantee*, who must be of *account*, put events on *bus* that are as *condition* says.

    Raises:
        AccessError: If it is a service or of another account, which only the bus's policy can let in.
    """
    if not hasattr(grantee, "grant_principal"):
        msg = f"grantee must be a role, a user or what has one, such as a function, got {grantee!r}"
        raise AccessError(msg)
    own = grantee.grant_principal.principal_account
    if own is not None and not Token.is_unresolved(own) and own != account:
        msg = (
            f"a principal of account {own} can't be let onto bus {bus.arn} from a stack of account {account}; let the "
            "bus's policy name its account (publishers= of a ProducerBus, a Member of a CentralBus), and grant it in "
            "its own stack by a RemoteBus"
        )
        raise AccessError(msg)
    grant = iam.Grant.add_to_principal(
        grantee=grantee,
        actions=["events:PutEvents"],
        resource_arns=[bus.arn],
        conditions={"StringEquals": condition},
    )
    if not grant.success:
        msg = "grant_publish needs a role or user of the stack's account; AWS services publish to the default bus only"
        raise AccessError(msg)
    return grant


def condition_of(
    events: Sequence[EventContract], publishes: Sequence[EventContract], naming: NamingConvention
) -> Mapping[str, Any]:
    """Return what holds a publisher to *events*, or to all of *publishes* where none is given.

    Raises:
        AccessError: If one of *events* is not among them.
    """
    own = {event.name: event for event in publishes}
    others = [event for event in events if event.name not in own]
    if others or not own:
        published = " or ".join(event.title for event in publishes) or "none"
        msg = f"events must be among those that are published there, {published}, got {(*others, 'all')[0]!r}"
        raise AccessError(msg)
    granted = [own[event.name] for event in events] or publishes
    return event_condition([event.event_type(naming) for event in granted])
