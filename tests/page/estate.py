"""A large estate as a topology, made without Node: services in a ring, in an account each.

Each publishes four events, and consumes those of the three services after it, so that each event has three consumers:
50 services are 200 events, 750 rules and 600 flows. Each rule on a producer's bus takes one event; what comes from one
producer is delivered to one queue.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.assembly import Template, topology_of
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.naming import BusReference, NamingConvention
from cdk_eventbridge_patterns.plan import Consumes
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_queue, add_queue_policy, plan_dead_letter_queue
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.topology import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology

NAMING, REGION = NamingConvention(organization="acme", stage="prod"), "eu-west-1"
WORDS = ("orders", "billing", "shipping", "stock", "customers", "pricing", "returns", "loyalty", "search", "ledger")
NOUNS = ("Order", "Invoice", "Parcel", "Article", "Customer", "Price", "Return", "Reward", "Query", "Entry")
FACTS = ("Placed", "Changed", "Cancelled", "Approved")
CONSUMERS = 3


def an_estate(services: int) -> Topology:
    """Return the estate of so many services."""
    return topology_of(templates(services))


def templates(services: int) -> Iterator[Template]:
    """Return its templates: three for each service."""
    names = [
        WORDS[index] if index < len(WORDS) else f"{WORDS[index % 10]}-{index // 10 + 1}" for index in range(services)
    ]
    events = {name: _events(name, NOUNS[index % 10]) for index, name in enumerate(names)}
    accounts = {name: str(100_000_000_000 + index) for index, name in enumerate(names)}
    for index, name in enumerate(names):
        producers = [names[(index + step) % services] for step in range(1, CONSUMERS + 1)]
        consumers = [names[index - step] for step in range(1, CONSUMERS + 1)]
        for part, plan in _plans(name, producers, consumers, events, accounts):
            yield Template(
                file=Path("estate.json"),
                stack=f"{name}-{part}",
                body=plan.template(),
                account=accounts[name],
                region=REGION,
            )


def _events(service: str, noun: str) -> list[EventContract]:
    return [EventContract(service=service, event=f"{noun}{fact}", detail=_schema(noun.lower())) for fact in FACTS]


def _schema(noun: str) -> dict[str, Any]:
    state = {"enum": ["open", "paid", "closed"]}
    properties = {f"{noun}_id": {"type": "string"}, "state": state, "total": {"type": "number"}}
    return {"type": "object", "properties": properties, "required": [f"{noun}_id", "state"]}


def _plans(
    name: str,
    producers: list[str],
    consumers: list[str],
    events: dict[str, list[EventContract]],
    accounts: dict[str, str],
) -> Iterator[tuple[str, Plan]]:
    declaration = ServiceBusDeclaration(
        service=name,
        account=accounts[name],
        region=REGION,
        naming=NAMING,
        owner=f"team-{name}",
        publishes=events[name],
        consumers=[Consumer(each, accounts[each]) for each in consumers],
    )
    yield "bus", plan_service_bus(declaration)
    subscriber = Subscriber(service=name, bus=declaration.address, naming=NAMING)
    lost = QueueAddress.of(NAMING, name, "lost", account=accounts[name], region=REGION)
    yield "subscriptions", _subscriptions(subscriber, producers, events, accounts, lost)
    yield "deliveries", _deliveries(subscriber, producers, events, lost)


def _subscriptions(
    subscriber: Subscriber,
    producers: list[str],
    events: dict[str, list[EventContract]],
    accounts: dict[str, str],
    lost: QueueAddress,
) -> Plan:
    subscriptions = [
        SubscriptionPlan(
            subscriber=subscriber,
            wanted=Consumes(event, on=BusReference.of(producer, account=accounts[producer])),
            dead_letter_arn=lost.arn,
        )
        for producer in producers
        for event in events[producer]
    ]
    plan = plan_subscriptions(subscriptions)
    plan.include(plan_dead_letter_queue(lost, subscriber.service))
    del plan.resources[lost.policy_id]  # it lets no rule in yet
    delivered = [subscriber.bus.rule_arn(NAMING.rule_name(subscriber.service, producer)) for producer in producers]
    add_queue_policy(plan, lost, [*(each.rule_arn for each in subscriptions), *delivered])
    return plan


def _deliveries(
    subscriber: Subscriber, producers: list[str], events: dict[str, list[EventContract]], lost: QueueAddress
) -> Plan:
    plan = Plan()
    for producer in producers:
        queue = QueueAddress.of(NAMING, subscriber.service, f"{producer}-in", account=lost.account, region=REGION)
        delivery = DeliveryPlan(
            subscriber=subscriber,
            events=events[producer],
            name=producer,
            target=Target(kind=TargetKind.QUEUE, arn=queue.arn),
            dead_letter_arn=lost.arn,
        )
        add_queue(plan, queue, stamp=Stamp(service=subscriber.service))
        add_queue_policy(plan, queue, [delivery.rule_arn])
        plan.include(plan_delivery(delivery))
    return plan
