"""Who takes part in a central bus, as its owner declares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cdk_eventbridge_patterns.access.consumer import Consumer, check_contracts
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference


@dataclass(frozen=True)
class Member:
    """A service that publishes on a central bus, or puts its own rules on it, or both.

    Args:
        service: The service.

        account: The account it is in, 12 digits.

        publishes: The contracts of its events; no other account may publish them. Default: it only consumes.

        consumes: The events of others, and of its own, that it may subscribe to. Default: it only publishes.

        region: The Region of its own bus, which receives. Default: that of the central bus.

        qualifier: Which of its buses receives, where it has two. Default: its main one.

    Raises:
        NamingError: If an argument is not of the right form.
        AccessError: If it neither publishes nor consumes, or events are no list of contracts.
    """

    service: str
    account: str
    publishes: Sequence[EventContract] = ()
    consumes: Sequence[EventContract] = ()
    region: str | None = None
    qualifier: str | None = None

    def __post_init__(self) -> None:
        """Refuse what the policy could not say."""
        BusReference.of(self.service, account=self.account, region=self.region, qualifier=self.qualifier)
        check_contracts(self.publishes, f"publishes of member '{self.service}'")
        check_contracts(self.consumes, f"consumes of member '{self.service}'")
        if not self.publishes and not self.consumes:
            msg = f"member '{self.service}' must publish or consume something"
            raise AccessError(msg)

    @cached_property
    def consumer(self) -> Consumer | None:
        """What it is as a consumer, nothing where it only publishes."""
        if not self.consumes:
            return None
        return Consumer(self.service, self.account, self.consumes, region=self.region, qualifier=self.qualifier)
