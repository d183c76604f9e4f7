"""Estates of our own plans, as templates: who publishes, who consumes what from whom, with what filters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.assembly import Template
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.naming import BusAddress, BusReference, NamingConvention
from cdk_eventbridge_patterns.plan import Consumes
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.encryption import Encryption, KeyAddress
from cdk_eventbridge_patterns.plan.encryption_key import KeyPolicy, plan_encryption_key
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_queue, add_queue_policy
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.topology.stamp import Stamp

ACME, REGION = NamingConvention(organization="acme", stage="prod"), "eu-west-1"
ACCOUNTS = {"orders": "111111111111", "billing": "222222222222", "shipping": "333333333333"}
DETAIL = {
    "type": "object",
    "required": ["total", "status"],
    "properties": {"total": {"type": "number", "minimum": 0}, "status": {"enum": ["open", "paid", "sent"]}},
}
EVENTS = {service: EventContract(service=service, event="Changed", detail=DETAIL) for service in ACCOUNTS}

Filter = Mapping[str, Any] | None

# Some event passes any two of them together.
FILTERS: tuple[Filter, ...] = (
    None,
    {"total": [{"numeric": [">", 100]}]},
    {"total": [{"numeric": [">=", 0, "<", 500]}]},
    {"status": ["open", "paid"]},
    {"status": [{"anything-but": "sent"}], "total": [{"exists": True}]},
)


class Wanted(NamedTuple):
    """What one service takes from another, and what it lets through to its bus and on to its queue."""

    consumer: str
    producer: str
    subscribed: Filter
    delivered: Filter


_wanted = st.builds(
    Wanted,
    st.sampled_from(sorted(ACCOUNTS)),
    st.sampled_from(sorted(ACCOUNTS)),
    st.sampled_from(FILTERS),
    st.sampled_from(FILTERS),
).filter(lambda wanted: wanted.consumer != wanted.producer)

wants = st.lists(_wanted, min_size=1, max_size=5, unique_by=lambda wanted: (wanted.consumer, wanted.producer))
"""What the services of an estate want from each other."""


encrypted = st.sets(st.sampled_from(sorted(ACCOUNTS)))
"""Which services of an estate have keys of their own."""


def templates_of(wanted: list[Wanted], with_keys: Collection[str] = ()) -> list[Template]:
    """Return the templates of an estate: of each service its bus with what it delivers, and its subscriptions."""
    return [template for service in ACCOUNTS for template in _of_service(service, wanted, service in with_keys)]


def _of_service(service: str, wanted: list[Wanted], has_keys: bool) -> Iterator[Template]:
    key = _key(service) if has_keys else None
    bus = ServiceBusDeclaration(
        service=service,
        account=ACCOUNTS[service],
        region=REGION,
        naming=ACME,
        publishes=[EVENTS[service]],
        key=key,
        consumers=[Consumer(each.consumer, ACCOUNTS[each.consumer]) for each in wanted if each.producer == service],
    )
    subscriber = Subscriber(service=service, bus=bus.address, naming=ACME)
    taken = [each for each in wanted if each.consumer == service]
    plan = plan_service_bus(bus)
    plan.include(_deliveries(subscriber, taken, key))
    if key is not None:
        _add_queue(plan, bus.dead_letter_queue, service, [bus.address.arn], key)
        policy = KeyPolicy(key=key).with_bus(bus.encrypted).with_queue_sources([]).with_logs_of_buses()
        plan.include(plan_encryption_key(policy, service, Encryption()))
    yield _template(f"{service}Bus", bus.address, plan)
    if taken:
        yield _template(
            f"{service}Subscriptions",
            bus.address,
            _subscriptions(subscriber, taken, _key(service, "subscriptions") if has_keys else None),
        )


def _deliveries(subscriber: Subscriber, taken: list[Wanted], key: KeyAddress | None) -> Plan:
    plan = Plan()
    for each in taken:
        name = subscriber.name_for(EVENTS[each.producer])
        queue = _queue(subscriber, name)
        delivery = DeliveryPlan(
            subscriber=subscriber,
            events=(EVENTS[each.producer],),
            name=name,
            target=Target(kind=TargetKind.QUEUE, arn=queue.arn),
            detail=each.delivered,
            dead_letters_off="the law is about what arrives",
        )
        _add_queue(plan, queue, subscriber.service, [delivery.rule_arn], key)
        plan.include(plan_delivery(delivery))
    return plan


def _subscriptions(subscriber: Subscriber, taken: list[Wanted], key: KeyAddress | None) -> Plan:
    lost = _queue(subscriber, "subscription-dead-letters")
    subscriptions = [
        SubscriptionPlan(
            subscriber=subscriber,
            wanted=Consumes(
                EVENTS[each.producer],
                on=BusReference.of(each.producer, account=ACCOUNTS[each.producer]),
                detail=each.subscribed,
            ),
            dead_letter_arn=lost.arn,
        )
        for each in taken
    ]
    plan = plan_subscriptions(subscriptions)
    _add_queue(plan, lost, subscriber.service, [each.rule_arn for each in subscriptions], key)
    if key is not None:
        policy = KeyPolicy(key=key).with_queue_sources(each.producer_bus.account for each in subscriptions)
        plan.include(plan_encryption_key(policy, subscriber.service, Encryption()))
    return plan


def _add_queue(plan: Plan, queue: QueueAddress, service: str, sources: list[str], key: KeyAddress | None) -> None:
    add_queue(plan, queue, stamp=Stamp(service=service), key=key)
    add_queue_policy(plan, queue, sources)


def _key(service: str, name: str | None = None) -> KeyAddress:
    return KeyAddress.of(ACME, service, name, account=ACCOUNTS[service], region=REGION)


def _queue(subscriber: Subscriber, name: str) -> QueueAddress:
    return QueueAddress.of(ACME, subscriber.service, name, account=subscriber.bus.account, region=subscriber.bus.region)


def _template(stack: str, bus: BusAddress, plan: Plan) -> Template:
    file = Path(f"{stack}.template.json")
    return Template(file=file, stack=stack, account=bus.account, region=bus.region, body=plan.template())
