"""How often the jsii bridge is crossed: it is what makes Python apps slow, and batches are how we keep it low.

`COSTS` says how many messages each construct sends, and what they are. One that sends more fails here: find out which
message is new (`counted_calls` sees them all), and do without it, or change the number and say what for. One that sends
fewer fails too, so that the table stays true. The other tests say that it does not grow with what is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
from aws_cdk import App, Environment, Stack
from jsii._kernel.providers import process

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    ConsumerBus,
    Consumes,
    DeadLetterQueue,
    EncryptionKey,
    EventContract,
    MultiBusTopology,
    ProducerBus,
    Service,
    ServiceStack,
    Subscriptions,
    SubscriptionStack,
)
from tests.world import ACME, BILLING, ORDERS, REGION, a_stack

MANY = 10


class Calls:
    """How many messages have gone to Node."""

    def __init__(self) -> None:
        self.made = 0


@contextmanager
def counted_calls() -> Iterator[Calls]:
    """Count the messages that go to Node meanwhile."""
    calls = Calls()
    send = process._NodeProcess.send

    def counting_send(node: Any, *message: Any) -> Any:
        calls.made += 1
        return send(node, *message)

    with patch.object(process._NodeProcess, "send", counting_send):
        yield calls


def calls_of(declare: Callable[[], object]) -> int:
    """Return how many messages *declare* sends."""
    with counted_calls() as calls:
        declare()
    return calls.made


def contracts(service: str, number: int) -> list[EventContract]:
    events = (f"Event{letter}" for letter in "ABCDEFGHIJKLMNOPQRST"[:number])
    return [EventContract(service=service, event=event, detail={"type": "object"}) for event in events]


EVENTS = contracts("orders", 2)
ENV = Environment(account=BILLING, region=REGION)
FROM_ORDERS = [Consumes(EVENTS[0], on=BusReference.of("orders", account=ORDERS))]
PAIR = (
    Service("orders", ORDERS, publishes=EVENTS[:1]),
    Service("billing", BILLING, publishes=contracts("billing", 1), consumes=EVENTS[:1]),
)


@dataclass(frozen=True)
class Cost:
    """What a declaration, in an app and a stack of it, sends."""

    declare: Callable[[App, Stack], object]
    messages: int
    why: str


# Each construct is made by one message, and each batch of resources by one. A place costs four: account and Region, and
# the convention, by two; a stack of ours knows the first two, and in a topology all four. To turn off traces costs two,
# once for all that stands below; to acknowledge what cdk-nag misjudges, two for each batch in which it does. To wait
# costs two, node and dependency, and one for each resource that is waited for.
COSTS = {
    "a bus that publishes": Cost(
        lambda _, stack: ProducerBus(stack, "Bus", service="orders", publishes=EVENTS),
        10,
        "place 4, construct 1, batch 1, traces 2, acknowledged 2",
    ),
    "a bus that consumes": Cost(
        lambda _, stack: ConsumerBus(stack, "Bus", service="billing"),
        10,
        "place 4, construct 1, batch 1, traces 2, acknowledged 2",
    ),
    "that bus, with queues for two events": Cost(
        lambda _, stack: ConsumerBus(stack, "Bus", service="billing").deliver_to_inbox(*EVENTS),
        20,
        "the bus 10; dead-letter queue and inbox: constructs 2, batches 2, acknowledged 2; the inbox waits for two 4",
    ),
    "a dead-letter queue": Cost(
        lambda _, stack: DeadLetterQueue(stack, "Lost", service="billing"),
        8,
        "place 4, construct 1, batch 1, acknowledged 2",
    ),
    "a key": Cost(lambda _, stack: EncryptionKey(stack, "Key", service="billing"), 6, "place 4, construct 1, batch 1"),
    "subscriptions": Cost(
        lambda _, stack: Subscriptions(stack, "From", service="billing", to=FROM_ORDERS),
        17,
        "place 4, traces 2; rules and dead-letter queue: constructs 2, batches 2, acknowledged 4; the rules wait 3",
    ),
    "a stack of a service": Cost(
        lambda app, _: ServiceStack(app, "Service", service="orders", publishes=EVENTS, env=ENV),
        9,
        "stack 1, and its bus without account and Region 8",
    ),
    "a stack of subscriptions": Cost(
        lambda app, _: SubscriptionStack(app, "From", service="billing", consumes=FROM_ORDERS, env=ENV),
        18,
        "stack 1, subscriptions without account and Region 15, the convention once more 2",
    ),
    "a topology of two services, one of which consumes": Cost(
        lambda app, _: MultiBusTopology(app, "Estate", services=PAIR, region=REGION, convention=ACME),
        39,
        "topology 1, convention 2, traces 2; two stacks with a bus 10; queues 10; subscriptions 12; stacks that wait 2",
    ),
}


@pytest.mark.parametrize("cost", COSTS.values(), ids=COSTS)
def test_a_declaration_sends_just_the_messages_it_is_known_to_need(app: App, cost: Cost) -> None:
    stack = a_stack(app, "Here", BILLING)

    sent = calls_of(lambda: cost.declare(app, stack))

    assert sent == cost.messages, cost.why


@pytest.fixture(autouse=True)
def _what_is_loaded_once_is_loaded(app: App) -> None:
    """Send beforehand what only the first construct of a process sends."""
    bus = ConsumerBus(a_stack(app, "First", BILLING), "Bus", service="first")
    bus.deliver_to_inbox(*contracts("orders", 2))


def test_a_call_of_the_cdk_is_counted(app: App) -> None:
    assert calls_of(lambda: a_stack(app, "Orders", ORDERS)) > 0


def test_a_producer_bus_costs_the_same_whatever_the_number_of_its_consumers(app: App) -> None:
    def declare(name: str, consumers: Sequence[Consumer]) -> int:
        stack, publishes = a_stack(app, name, ORDERS), contracts("orders", 1)
        return calls_of(lambda: ProducerBus(stack, "Bus", service="orders", publishes=publishes, consumers=consumers))

    consumers = [Consumer(f"consumer-{number}", account=BILLING) for number in range(5)]

    assert declare("Five", consumers) == declare("One", consumers[:1])


def test_a_producer_bus_costs_the_same_whatever_the_number_of_its_events(app: App) -> None:
    def declare(name: str, publishes: Sequence[EventContract]) -> int:
        stack = a_stack(app, name, ORDERS)
        return calls_of(lambda: ProducerBus(stack, "Bus", service="orders", publishes=publishes))

    assert declare("Many", contracts("orders", MANY)) == declare("One", contracts("orders", 1))


def test_a_subscription_stack_costs_the_same_whatever_the_number_of_producers(app: App) -> None:
    def declare(name: str, number: int) -> int:
        wanted = [
            Consumes(*contracts(f"producer-{each}", 1), on=BusReference.of(f"producer-{each}", account=ORDERS))
            for each in range(number)
        ]
        env = Environment(account=BILLING, region=REGION)
        return calls_of(lambda: SubscriptionStack(app, name, service="billing", consumes=wanted, env=env))

    assert declare("Many", MANY) == declare("One", 1)


def test_a_subscription_stack_costs_the_same_whatever_the_number_of_rules_on_one_bus(app: App) -> None:
    def declare(name: str, number: int) -> int:
        on = BusReference.of("orders", account=ORDERS)
        wanted = [Consumes(event, on=on) for event in contracts("orders", number)]
        env = Environment(account=BILLING, region=REGION)
        return calls_of(lambda: SubscriptionStack(app, name, service="billing", consumes=wanted, env=env))

    assert declare("Many", MANY) == declare("One", 1)


def test_an_inbox_costs_the_same_whatever_the_number_of_events(app: App) -> None:
    def declare(name: str, number: int) -> int:
        bus = ConsumerBus(a_stack(app, name, BILLING), "Bus", service="billing")
        return calls_of(lambda: bus.deliver_to_inbox(*contracts("orders", number)))

    assert declare("Five", 5) == declare("One", 1)
