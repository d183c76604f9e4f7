"""What lets the role of a delivery from another account in: statements of the target's own policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError, NamingError
from cdk_eventbridge_patterns.naming.arn import account_root, role_arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import check_part
from cdk_eventbridge_patterns.plan.consumes import EXAMPLE_REFERENCE, check_events, first_of
from cdk_eventbridge_patterns.plan.delivery import delivery_id, delivery_role_name
from cdk_eventbridge_patterns.plan.subscriber import name_at
from cdk_eventbridge_patterns.plan.target import KEY_ACTIONS, TargetKind


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """The delivery of a bus elsewhere, as the owner of its target knows it.

    Args:
        bus: Where the bus is.

        role_name: What the role is called that it delivers by.

        delivery_id: What the delivery is called in logical ids and statement ids.
    """

    bus: BusAddress
    role_name: str
    delivery_id: str

    @classmethod
    def of(
        cls,
        events: Sequence[EventContract],
        *,
        on: BusReference,
        name: str | None,
        naming: NamingConvention,
        region: str,
    ) -> Acceptance:
        """Return the delivery that the owner of the bus *on* declares for *events*, by the same names.

        Raises:
            DeclarationError: If there is no event, or the bus is in another Region.
            NamingError: If nobody can say which service owns the bus, or *name* is not of the right form.
        """
        check_events(events)
        if not isinstance(on, BusReference):
            msg = f"on must be a bus reference, such as {EXAMPLE_REFERENCE}, got {on!r}"
            raise DeclarationError(msg)
        bus = on.resolve(naming, region)
        if bus.region != region:
            msg = (
                f"on must be a bus in the Region of the target, {region}, got one in {bus.region}; "
                "between Regions EventBridge delivers to buses only"
            )
            raise DeclarationError(msg)
        service = on.service or _owner_of(bus, events, naming)
        called = name_at(service, first_of(events)) if name is None else check_part(name)
        return cls(
            bus=bus,
            role_name=delivery_role_name(naming, service, called, region=region),
            delivery_id=delivery_id(service, called),
        )

    @property
    def role_arn(self) -> str:
        """The ARN of the role, in the account of the bus."""
        return role_arn(self.role_name, region=self.bus.region, account=self.bus.account)

    @property
    def statement_id(self) -> str:
        """What the statements are called."""
        return f"Allow{self.delivery_id}"

    def statement(self, kind: TargetKind, resource: str) -> Statement:
        """Let just the role deliver to *resource*."""
        return self._for_role(kind.actions, resource)

    def key_statement(self, kind: TargetKind) -> Statement:
        """Let just the role use the key, in whose policy it stands, to write to such a target."""
        return self._for_role(KEY_ACTIONS[kind], "*")

    def _for_role(self, actions: Sequence[str], resource: str) -> Statement:
        """Let just the role do *actions*.

        Its account stands as the principal, and the role in a condition: a policy that names a role as the principal is
        refused before the role is there, and void once the role is made anew.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
        """
        return {
            "Sid": self.statement_id,
            "Effect": "Allow",
            "Principal": {"AWS": account_root(self.bus.account, region=self.bus.region)},
            "Action": one_or_many(actions),
            "Resource": resource,
            "Condition": {"ArnEquals": {"aws:PrincipalArn": self.role_arn}},
        }


def _owner_of(bus: BusAddress, events: Sequence[EventContract], naming: NamingConvention) -> str:
    """Return the service whose bus it is, by its name; where that says nothing, the one that publishes the events."""
    try:
        return naming.parse(ResourceKind.BUS, bus.name).service
    except NamingError:
        services = sorted({event.service for event in events})
    if len(services) > 1:
        msg = (
            f"on must say which service owns bus {bus.arn}, whose name does not: use BusReference.of(); "
            f"the events are of {services}"
        )
        raise NamingError(msg)
    return services[0]
