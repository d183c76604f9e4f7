"""Who may subscribe, as a producer declares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference


@dataclass(frozen=True)
class Consumer:
    """A service that may put its own rules on the producer's bus.

    Args:
        service: The consuming service; its rules must carry its name.

        account: The account it is in, 12 digits.

        events: The events it may subscribe to. Default: all that the bus publishes.

        region: The Region of its own bus. Default: that of the producer's bus.

        qualifier: Which of its buses receives, where it has two. Default: its main one.

    Raises:
        NamingError: If an argument is not of the right form.
        AccessError: If *events* is given and empty, or no list of contracts.
    """

    service: str
    account: str
    events: Sequence[EventContract] | None = None
    region: str | None = None
    qualifier: str | None = None

    def __post_init__(self) -> None:
        """Refuse what the policy could not say."""
        BusReference.of(self.service, account=self.account, region=self.region, qualifier=self.qualifier)
        if self.events is None:
            return
        if not isinstance(self.events, Sequence) or not all(isinstance(event, EventContract) for event in self.events):
            msg = (
                f"events of consumer '{self.service}' must be a list of event contracts, such as [ORDER_PLACED], "
                f"got {self.events!r}"
            )
            raise AccessError(msg)
        if not self.events:
            msg = f"events of consumer '{self.service}' must name at least one contract; leave it out to allow all"
            raise AccessError(msg)

    @property
    def bus(self) -> BusReference:
        """The bus that receives: the only target its rules may have."""
        return BusReference.of(self.service, account=self.account, region=self.region, qualifier=self.qualifier)
