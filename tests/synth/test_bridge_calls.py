"""How often the jsii bridge is crossed: it is what makes Python apps slow, and batches are how we keep it low.

No absolute figures: they are the CDK's business. What is ours is that they don't grow with what is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from aws_cdk import App, Environment
from jsii._kernel.providers import process

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    ConsumerBus,
    Consumes,
    EventContract,
    ProducerBus,
    SubscriptionStack,
)
from tests.world import BILLING, ORDERS, REGION, a_stack

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
