"""Topologies for tests, by hand: each builder fills in what the test does not care about.

The world is acme's: the orders service in account 111111111111, billing in 222222222222, both in eu-west-1.

    topology = a_topology(a_bus(), a_rule(a_target(QUEUE_ARN)), a_queue())
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.elements.arns import rule_arn
from cdk_eventbridge_patterns.assembly.elements.statements import statement
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.naming.arn import arn, partition_of
from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from cdk_eventbridge_patterns.topology.bucket import Bucket
from cdk_eventbridge_patterns.topology.bus import Archive, Bus, BusKind, Discoverer, LogDelivery
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.endpoint import Endpoint
from cdk_eventbridge_patterns.topology.feed import Feed
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.security import Key, KeyAlias, ResourcePolicy, Role
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer

REGION = "eu-west-1"
ORDERS, BILLING = "111111111111", "222222222222"

Statement = Mapping[str, Any]
"""A policy statement as JSON has it."""


def a_location(logical_id: str, stack: str = "Stack") -> Location:
    """Return a place in a template."""
    return Location(stack=stack, logical_id=re.sub(r"\W", "", logical_id), template_file=f"{stack}.template.json")


def bus_arn(name: str = "acme-prod-orders", *, account: str = ORDERS, region: str = REGION) -> str:
    """Return the ARN of a bus."""
    return arn("events", f"event-bus/{name}", region=region, account=account)


def queue_arn(name: str = "lost", *, account: str = BILLING, region: str = REGION) -> str:
    """Return the ARN of a queue."""
    return arn("sqs", name, region=region, account=account)


def a_bus(name: str = "acme-prod-orders", *, account: str = ORDERS, region: str = REGION, **properties: Any) -> Bus:  # noqa: ANN401 - the fields of the element
    """Return a bus; a field of `Bus` may be given by its name."""
    given = {"kind": BusKind.CLASSIC, "location": a_location(f"Bus{name}", name), **properties}
    return Bus(arn=bus_arn(name, account=account, region=region), name=name, account=account, region=region, **given)


def a_target(target_arn: str, id: str = "billing", **properties: Any) -> Target:  # noqa: ANN401
    """Return a target of a rule; a field of `Target` may be given by its name."""
    return Target(id=id, arn=target_arn, **{"location": a_location("Rule").at("Targets.0"), **properties})


def a_rule(
    *targets: Target,
    name: str = "acme-prod-billing--order-placed-v1",
    on: str | None = None,
    account: str = ORDERS,
    region: str = REGION,
    **properties: Any,  # noqa: ANN401
) -> Rule:
    """Return a rule in a stack of *account* on the bus whose ARN is *on*; by default on that of orders."""
    on_bus = bus_arn() if on is None else on
    given = {
        "kind": BusKind.CLASSIC,
        "arn": rule_arn(on_bus, name),
        "event_pattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]},
        "location": a_location(f"Rule{name}", account),
        **properties,
    }
    return Rule(name=name, bus_arn=on_bus, account=account, region=region, targets=targets, **given)


def a_queue(name: str = "lost", *, account: str = BILLING, region: str = REGION, **properties: Any) -> Receiver:  # noqa: ANN401
    """Return a queue; a field of `Receiver` may be given by its name."""
    given = {"resource_type": "AWS::SQS::Queue", "location": a_location(f"Queue{name}", account), **properties}
    return Receiver(
        arn=queue_arn(name, account=account, region=region), name=name, account=account, region=region, **given
    )


def a_receiver(receiver_arn: str, resource_type: str, **properties: Any) -> Receiver:  # noqa: ANN401
    """Return anything that a target may be, such as a topic."""
    _, _, _, region, account, resource = receiver_arn.split(":", 5)
    given = {"location": a_location(resource, account), "account": account, "region": region, **properties}
    return Receiver(arn=receiver_arn, name=resource.rpartition("/")[2], resource_type=resource_type, **given)


def a_bucket(name: str = "acme-prod-uploads", *, sends_events: Answer = True, **properties: Any) -> Bucket:  # noqa: ANN401
    """Return a bucket of S3; a field of `Bucket` may be given by its name."""
    given = {"account": ORDERS, "region": REGION, "location": a_location(f"Bucket{name}"), **properties}
    return Bucket(arn=f"arn:{partition_of(REGION)}:s3:::{name}", name=name, sends_events=sends_events, **given)


def a_policy(on: str, *statements: Statement, resource_type: str = "AWS::SQS::QueuePolicy") -> ResourcePolicy:
    """Return the policy of the resource whose ARN is *on*."""
    _, _, _, region, account, resource = on.split(":", 5)
    location = a_location(f"Policy{resource}", account)
    return ResourcePolicy(
        resource_type=resource_type,
        resource_arn=on,
        statements=_statements(location.at("PolicyDocument"), statements),
        account=account,
        region=region,
        location=location,
    )


def a_bus_policy(*statements: Statement, on: str | None = None) -> ResourcePolicy:
    """Return statements about a bus, by default that of orders."""
    return a_policy(bus_arn() if on is None else on, *statements, resource_type="AWS::Events::EventBusPolicy")


def a_role(
    name: str = "from-orders",
    *permissions: Statement,
    account: str = BILLING,
    trust: tuple[Statement, ...] | None = None,
    **properties: Any,  # noqa: ANN401
) -> Role:
    """Return a role that EventBridge may assume for any rule, if no other *trust* is given."""
    location = a_location(f"Role{name}", account)
    anyone = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return Role(
        arn=role_arn(name, account=account),
        name=name,
        trust=_statements(location.at("AssumeRolePolicyDocument"), (anyone,) if trust is None else trust),
        permissions=_statements(location.at("Policies.0.PolicyDocument"), permissions),
        account=account,
        region=REGION,
        **{"location": location, **properties},
    )


def role_arn(name: str = "from-orders", *, account: str = BILLING) -> str:
    """Return the ARN of a role."""
    return f"arn:{partition_of(REGION)}:iam::{account}:role/{name}"


def a_key(
    id: str = "1234",
    *statements: Statement,
    account: str = BILLING,
    region: str = REGION,
    aliases: tuple[str, ...] = (),
) -> Key:
    """Return a KMS key."""
    location = a_location(f"Key{id}", account)
    return Key(
        arn=key_arn(id, account=account, region=region),
        statements=_statements(location.at("KeyPolicy"), statements),
        aliases=aliases,
        account=account,
        region=region,
        location=location,
    )


def key_arn(id: str = "1234", *, account: str = BILLING, region: str = REGION) -> str:
    """Return the ARN of a KMS key."""
    return arn("kms", f"key/{id}", region=region, account=account)


def an_archive(of: str | None = None, **properties: Any) -> Archive:  # noqa: ANN401
    """Return an archive, by default of the bus of orders."""
    given = {"name": "orders", "account": ORDERS, "region": REGION, "location": a_location("Archive"), **properties}
    return Archive(bus_arn=bus_arn() if of is None else of, **given)


def a_discoverer(of: str | None = None) -> Discoverer:
    """Return a discoverer, by default of the bus of orders."""
    on_bus = bus_arn() if of is None else of
    return Discoverer(bus_arn=on_bus, account=ORDERS, region=REGION, location=a_location("Discoverer"))


def a_log_delivery(log_type: str, of: str | None = None, **properties: Any) -> LogDelivery:  # noqa: ANN401
    """Return what delivers a log of a bus, by default that of orders."""
    given = {
        "destination_arn": arn("logs", "delivery-destination:logs", region=REGION, account=ORDERS),
        "account": ORDERS,
        "region": REGION,
        "location": a_location(f"Delivery{log_type}"),
        **properties,
    }
    return LogDelivery(log_type=log_type, bus_arn=bus_arn() if of is None else of, **given)


def an_endpoint(*bus_arns: str, **properties: Any) -> Endpoint:  # noqa: ANN401
    """Return a global endpoint of orders that replicates; a field of `Endpoint` may be given by its name."""
    given = {
        "name": "acme-prod-orders",
        "replicates": True,
        "account": ORDERS,
        "region": REGION,
        "location": a_location("Endpoint"),
        **properties,
    }
    return Endpoint(bus_arns=bus_arns, **given)


def an_event(event: str = "OrderPlaced", *, service: str = "orders", version: int = 1) -> EventStamp:
    """Return an event of acme's as it is stamped on the bus that publishes it."""
    return EventStamp(
        service=service,
        event=event,
        version=version,
        source=f"com.acme.{service}",
        detail_type=f"{event}.v{version}",
        data_class="internal",
    )


def a_schema(detail: Mapping[str, Any], event: str = "OrderPlaced", *, service: str = "orders") -> RegisteredSchema:
    """Return the registered schema of an event of acme's, by the JSON Schema of its detail."""
    source, detail_type = f"com.acme.{service}", f"{event}.v1"
    return RegisteredSchema(
        name=f"{source}@{detail_type}",
        registry=f"acme-prod-{service}",
        schema=EventSchema.of_detail(detail, title=detail_type, source=source, detail_type=detail_type),
        source=source,
        detail_type=detail_type,
        account=ORDERS,
        region=REGION,
        location=a_location(f"Schema{event}"),
    )


def an_alarm(
    namespace: str, metric: str, dimensions: Mapping[str, str], *, account: str = BILLING, actions: bool = True
) -> Alarm:
    """Return an alarm on one metric."""
    watched = Watched(namespace=namespace, name=metric, dimensions=dimensions)
    return Alarm(
        metrics=(watched,), actions=actions, account=account, region=REGION, location=a_location(f"Alarm{metric}")
    )


def a_topology(
    *elements: Element,
    environments: frozenset[tuple[str, str]] | None = None,
    **others: Any,  # noqa: ANN401
) -> Topology:
    """Return a topology of *elements*; all accounts and Regions they are in count as read, if no others are given."""
    read = frozenset((each.account, each.region) for each in elements) if environments is None else environments
    sorted_in = {name: tuple(e for e in elements if isinstance(e, kind)) for name, kind in _FIELDS.items()}
    return Topology(environments=read, **{**sorted_in, **others})


_FIELDS: Mapping[str, type[Element]] = {
    "buses": Bus,
    "rules": Rule,
    "archives": Archive,
    "discoverers": Discoverer,
    "log_deliveries": LogDelivery,
    "endpoints": Endpoint,
    "receivers": Receiver,
    "feeds": Feed,
    "buckets": Bucket,
    "policies": ResourcePolicy,
    "roles": Role,
    "keys": Key,
    "key_aliases": KeyAlias,
    "alarms": Alarm,
    "schemas": RegisteredSchema,
}


def _statements(location: Location, statements: tuple[Statement, ...]) -> tuple[PolicyStatement, ...]:
    path = location.property_path
    return tuple(statement(each, location.at(f"{path}.Statement.{index}")) for index, each in enumerate(statements))
