"""Who may subscribe, as a producer declares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind


@dataclass(frozen=True)
class Consumer:
    """A service that may put its own rules on the producer's bus.

    Args:
        service: The consuming service; its rules must carry its name.

        account: The account it is in, 12 digits.

        events: The events it may subscribe to. Default: all that the bus publishes.

        region: The Region of its own bus. Default: that of the producer's bus.

        qualifier: Which of its buses receives, where it has two. Default: its main one.

        bus_name: The name of its bus, where that is older than the convention. Default: the one that the convention
            gives.

        adopted_rules: The names of rules that it has on the bus already and that do not carry its name. Default: none.

    Raises:
        NamingError: If an argument is not of the right form.
        AccessError: If *events* is given and empty, or no list of contracts; or if *adopted_rules* is no list of names.
    """

    service: str
    account: str
    events: Sequence[EventContract] | None = None
    region: str | None = None
    qualifier: str | None = None
    bus_name: str | None = None
    adopted_rules: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what the policy could not say."""
        BusReference.of(self.service, account=self.account, region=self.region, qualifier=self.qualifier)
        if self.bus_name is not None:
            ResourceKind.BUS.check(self.bus_name)
        self._check_adopted_rules()
        if self.events is None:
            return
        check_contracts(self.events, f"events of consumer '{self.service}'")
        if not self.events:
            msg = f"events of consumer '{self.service}' must name at least one contract; leave it out to allow all"
            raise AccessError(msg)

    def _check_adopted_rules(self) -> None:
        if isinstance(self.adopted_rules, str) or not isinstance(self.adopted_rules, Sequence):
            msg = (
                f"adopted_rules of consumer '{self.service}' must be a list of rule names, such as ['ship-orders'], "
                f"got {self.adopted_rules!r}"
            )
            raise AccessError(msg)
        for name in self.adopted_rules:
            ResourceKind.RULE.check(name)

    @property
    def bus(self) -> BusReference:
        """The bus that receives: the only target its rules may have."""
        if self.bus_name is not None:
            return BusReference(account=self.account, region=self.region, name=self.bus_name)
        return BusReference.of(self.service, account=self.account, region=self.region, qualifier=self.qualifier)


def check_contracts(events: object, what: str) -> None:
    """Refuse events that are no list of contracts; *what* says which they are."""
    if not isinstance(events, Sequence) or not all(isinstance(event, EventContract) for event in events):
        msg = f"{what} must be a list of event contracts, such as [ORDER_PLACED], got {events!r}"
        raise AccessError(msg)
