"""A bus somewhere: account, Region and name, all literal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.arn import Arn, arn, check_account, check_region
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import check_part, check_service


@dataclass(frozen=True)
class BusAddress:
    """Where a bus is: account, Region and name."""

    account: str
    region: str
    name: str

    @property
    def arn(self) -> str:
        """The ARN of the bus."""
        return arn("events", f"event-bus/{self.name}", region=self.region, account=self.account)

    def rule_arn(self, rule_name: str) -> str:
        """Return the ARN of a rule on this bus, which carries the bus owner's account whoever made the rule."""
        return arn("events", f"rule/{self.name}/{rule_name}", region=self.region, account=self.account)


@dataclass(frozen=True, kw_only=True)
class BusReference:
    """A bus that somebody else owns, as a team knows it: by service and account, or by ARN.

    Make one with `of`, `central` or `from_arn`. What is not given is taken from where the reference is used: the name
    from the naming convention in force there, the Region from the stack.
    """

    account: str
    region: str | None = None
    service: str | None = None
    qualifier: str | None = None
    name: str | None = None
    is_central: bool = False

    @classmethod
    def of(cls, service: str, *, account: str, region: str | None = None, qualifier: str | None = None) -> BusReference:
        """Refer to the bus that the naming convention gives *service*.

        Args:
            service: The service that owns the bus.

            account: The account it is in, 12 digits.

            region: The Region it is in. Default: that of the stack where the reference is used.

            qualifier: Which of the service's buses, where it has two. Default: its main one.

        Raises:
            NamingError: If an argument is not of the right form.
        """
        check_service(service)
        if qualifier is not None:
            check_part(qualifier, "qualifier")
        return cls(
            account=check_account(account),
            region=None if region is None else check_region(region),
            service=service,
            qualifier=qualifier,
        )

    @classmethod
    def central(
        cls, service: str, *, account: str, region: str | None = None, qualifier: str | None = None
    ) -> BusReference:
        """Refer to the central bus that *service*, a platform's, owns and that others publish on.

        Args:
            service: The service that owns the bus.

            account: The account it is in, 12 digits.

            region: The Region it is in. Default: that of the stack where the reference is used.

            qualifier: Which of the service's buses, where it has two. Default: its main one.

        Raises:
            NamingError: If an argument is not of the right form.
        """
        return replace(cls.of(service, account=account, region=region, qualifier=qualifier), is_central=True)

    @classmethod
    def from_arn(cls, event_bus_arn: str) -> BusReference:
        """Refer to a bus whose name does not follow the convention.

        Raises:
            NamingError: If it is not the literal ARN of a custom event bus.
        """
        parsed = Arn.parse(event_bus_arn, "event_bus_arn")
        kind, _, name = parsed.resource.partition("/")
        if parsed.service != "events" or kind != "event-bus" or name in ("", "default"):
            msg = (
                "event_bus_arn must be the ARN of a custom event bus, such as "
                f"'arn:aws:events:eu-west-1:111111111111:event-bus/orders', got {event_bus_arn!r}"
            )
            raise NamingError(msg)
        return cls(
            account=check_account(parsed.account),
            region=check_region(parsed.region),
            name=ResourceKind.BUS.check(name),
        )

    def resolve(self, naming: NamingConvention, region: str) -> BusAddress:
        """Return the address, with what was left out taken from *naming* and *region*."""
        name = self.name
        if name is None:
            if self.service is None:
                msg = "a bus reference needs a service or a name; make it with BusReference.of() or from_arn()"
                raise NamingError(msg)
            name = naming.bus_name(self.service, qualifier=self.qualifier)
        return BusAddress(self.account, self.region or region, name)
