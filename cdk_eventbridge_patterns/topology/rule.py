"""What takes events off a bus: a rule with its targets, or a subscriber with its one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.text import account_of, bus_name_of, region_of, same, service_of
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, not_


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a rule delivers to.

    Args:
        id: Its id, unique in the rule; the subscriber's name where there is no rule.

        arn: The ARN of what receives.

        location: Where it is written: `Targets.0` of the rule.

        role_arn: The role EventBridge delivers by. Default: none.

        dead_letter_arn: The queue for what can't be delivered. Default: none.

        max_attempts: How often a delivery is tried again. Default: not said; 185, of a subscriber 5.

        max_age: For how many seconds. Default: not said; a day, of a subscriber 300.

        input: The properties by which it changes what is delivered, resolved: `Input`, `InputPath`,
            `InputTransformer`, of a subscriber its transformer. Default: it delivers the event as it is.

        parameters: What it says besides to a service: `SqsParameters` and such, resolved. Default: nothing.
    """

    id: str
    arn: str
    location: Location
    role_arn: str | None = None
    dead_letter_arn: str | None = None
    max_attempts: int | None = None
    max_age: int | None = None
    input: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def at(self, property_path: str) -> Location:
        """Return where a property of the target is written."""
        above = self.location.property_path
        return self.location.at(property_path if above is None else f"{above}.{property_path}")

    @property
    def transforms(self) -> bool:
        """Whether it changes what is delivered."""
        return bool(self.input)

    @property
    def service(self) -> str:
        """The service of the target, as ARNs call it: `sqs`, `events`."""
        return service_of(self.arn)

    @property
    def is_bus(self) -> bool:
        """Whether it is an event bus, of either kind."""
        resource = self.arn.split(":", 5)[-1]
        return self.service == "events" and resource.startswith(("event-bus/", "event-busv2/"))


@dataclass(frozen=True, kw_only=True)
class Rule(Element):
    """A rule of a classic bus, or a subscriber of the newer one, which is a rule with one target.

    Args:
        kind: Which of the two.

        name: Its name.

        arn: Its ARN. That of a rule is in the account and Region of the bus, whoever made it.

        bus_arn: The bus it is on.

        event_pattern: What it matches by, parsed. Default: none; a rule on a schedule, or a subscriber to everything.

        schedule: When it runs by itself. Default: it does not.

        enabled: Whether it is on.

        targets: Where it delivers to; undecided where a list is given at deployment.
    """

    kind: BusKind
    name: str
    arn: str
    bus_arn: str
    event_pattern: Mapping[str, Any] | str | Undecided | None = None
    schedule: str | None = None
    enabled: Answer = True
    targets: tuple[Target, ...] | Undecided = ()

    @property
    def known_targets(self) -> tuple[Target, ...]:
        """The targets, none where they are undecided."""
        return () if isinstance(self.targets, Undecided) else self.targets

    @property
    def bus_account(self) -> str:
        """The account of the bus, and so of the rule."""
        return account_of(self.bus_arn)

    @property
    def bus_region(self) -> str:
        """The Region of the bus."""
        return region_of(self.bus_arn)

    @property
    def bus_name(self) -> str:
        """The name of the bus."""
        return bus_name_of(self.bus_arn)

    @property
    def on_foreign_bus(self) -> Answer:
        """Whether its stack is in another account than its bus."""
        return not_(same(self.account, self.bus_account))


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A rule and one of its targets."""

    rule: Rule
    target: Target

    @property
    def stays_beside(self) -> Answer:
        """Whether the target is in the account and Region of the rule."""
        return all_of(
            [
                same(account_of(self.target.arn), self.rule.bus_account),
                same(region_of(self.target.arn), self.rule.bus_region),
            ]
        )
