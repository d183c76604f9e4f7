"""What a consumer wants from a producer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import check_part
from cdk_eventbridge_patterns.plan.adopted import Adopted, check_adopted
from cdk_eventbridge_patterns.plan.plan import duplicates
from cdk_eventbridge_patterns.plan.replays import check_replays
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy, retry_policy

EXAMPLE_REFERENCE = "BusReference.of('orders', account='111111111111')"


class Consumes:
    """What a consumer wants: events of one producer, by one rule of its own.

    Args:
        events: The events; all of one producer.

        on: The producer's bus, by service and account or by ARN. Default: a topology that declares the producer too
            knows it; anywhere else it must be given.

        detail: Lets only those events through whose `detail` matches: an event pattern for the fields of `detail`.
            Default: all of them.

        name: Names the rule; needed where two rules would take the same event. Default: the event, of several
            the first in the alphabet.

        retry: How long delivery to the consumer's bus is tried again. Default: EventBridge's own policy, a day. Whether
            EventBridge honours it where the target is a bus is not documented (aws/aws-cdk#28735).

        replays: Whether events that a replay brings on the producer's bus are taken too. Default: they are.

        separate_dead_letters: Whether what can't be delivered has a dead-letter queue of its own, with alarms of its
            own. Default: one queue for all subscriptions of the service.

        adopt: What a rule that takes them already keeps: its name, which the producer's policy must let in, its logical
            id, the id of its target. Default: the rule is new.

    Raises:
        DeclarationError: If there is no event, they are of several producers or not those of *on*.
        NamingError: If *name* is not of the right form.
    """

    def __init__(
        self,
        *events: EventContract,
        on: BusReference | None = None,
        detail: Mapping[str, Any] | None = None,
        name: str | None = None,
        retry: RetryPolicy | None = None,
        adopt: Adopted | None = None,
        replays: bool | None = None,
        separate_dead_letters: bool = False,
    ) -> None:
        check_events(events)
        services = sorted({contract.service for contract in events})
        if len(services) > 1:
            msg = f"a subscription takes events of one producer, got events of {services}; make one for each"
            raise DeclarationError(msg)
        if on is not None and not isinstance(on, BusReference):
            msg = f"on must be a bus reference, such as {EXAMPLE_REFERENCE}, got {on!r}"
            raise DeclarationError(msg)
        if on is not None and not on.is_central and on.service not in (None, services[0]):
            msg = (
                f"{events[0].title} is published by '{services[0]}', so it can't be had on the bus of '{on.service}'; "
                "a bus that carries the events of many is BusReference.central(…)"
            )
            raise DeclarationError(msg)
        self.events = events
        self.on = on
        self.producer = services[0]
        self.detail = detail
        self.name = first_of(events).slug if name is None else check_part(name)
        self.retry = retry_policy(retry)
        self.adopt = check_adopted(adopt, ResourceKind.RULE)
        self.replays = check_replays(replays)
        self.separate_dead_letters = separate_dead_letters

    def at(self, bus: BusReference) -> Consumes:
        """Return the same, on *bus*."""
        return Consumes(
            *self.events,
            on=bus,
            detail=self.detail,
            name=self.name,
            retry=self.retry,
            adopt=self.adopt,
            replays=self.replays,
            separate_dead_letters=self.separate_dead_letters,
        )


def first_of(events: Sequence[EventContract]) -> EventContract:
    """Return the event that names a rule where no name is given, the same whatever the order of declaration."""
    return min(events, key=lambda event: (event.service, event.title))


def check_events(events: Sequence[EventContract]) -> None:
    """Refuse no events, what is no contract, and one event twice."""
    if not events:
        msg = "at least one event contract is needed: a rule without events matches nothing or everything"
        raise DeclarationError(msg)
    for contract in events:
        if not isinstance(contract, EventContract):
            msg = f"events must be event contracts, got {contract!r}"
            raise DeclarationError(msg)
    if twice := duplicates(f"{contract.title} of '{contract.service}'" for contract in events):
        msg = f"{twice[0]} is named twice; an event can be taken once by one rule"
        raise DeclarationError(msg)
