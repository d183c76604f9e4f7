"""What a bus is for those who publish on it: by which name they know it, and what lets them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import jsii
from aws_cdk import Token
from aws_cdk import aws_events as cdk_events
from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk_eventbridge_patterns.access.publish import event_condition
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.tree.place import Place


class PublishingBus(Construct, metaclass=jsii.JSIIAbstractClass):
    """The part of every bus, of one's own or of another account, by which a service publishes on it."""

    service: str
    owner: str | None
    address: BusAddress
    _place: Place

    @property
    def event_bus_name(self) -> str:
        """The name of the bus, literal."""
        return self.address.name

    @property
    def event_bus_arn(self) -> str:
        """The ARN of the bus, literal: publishers in another account must give it, not the name."""
        return self.address.arn

    @cached_property
    def event_bus(self) -> cdk_events.IEventBus:
        """The bus as the CDK's L2 sees it."""
        return cdk_events.EventBus.from_event_bus_arn(self, "EventBus", self.event_bus_arn)

    def grant_publish(self, grantee: iam.IGrantable, *events: EventContract) -> iam.Grant:
        """Let *grantee*, of the stack's own account, publish events of the service on the bus, and no others.

        Args:
            grantee: A role, a user, or what has one, such as a function.

            events: The events that it publishes: what leads back to a function is found by the check FLW003. Default:
                all that the service publishes on this bus.

        Raises:
            DeclarationError: If one of *events* is no event contract.
            AccessError: If it is a service or of another account, which only the bus's policy can let in; or if the
                service does not publish one of *events* here.
        """
        check_list(events, "events", EventContract, "event contracts, such as ORDER_PLACED")
        condition = self._publish_condition_of(events)
        _check_grantee(grantee, self.address, self._place.account)
        grant = iam.Grant.add_to_principal(
            grantee=grantee,
            actions=["events:PutEvents"],
            resource_arns=[self.event_bus_arn],
            conditions={"StringEquals": condition},
        )
        if not grant.success:
            msg = (
                "grant_publish needs a role or user of the stack's account; "
                "AWS services publish to the default bus only"
            )
            raise AccessError(msg)
        return grant

    @abstractmethod
    def _publish_condition_of(self, events: Sequence[EventContract]) -> Mapping[str, Any]:
        """Return what holds a publisher to *events*, or to all of the service."""


def _check_grantee(grantee: iam.IGrantable, bus: BusAddress, account: str) -> None:
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
