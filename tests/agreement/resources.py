"""Small templates of acme's: a bus, rules on it, and for each target of a rule a queue that lets the rule in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Resource = dict[str, Any]
Resources = dict[str, Resource]

BUS = "acme-prod-orders"
ORDERS_ONLY = {"source": ["com.acme.orders"]}

DETAIL = {
    "order_id": "o-1",
    "status": "paid",
    "count": 3,
    "gift": False,
    "tags": ["new", "gift"],
    "customer": {"name": "Ada", "level": "gold"},
    "lines": [{"sku": "mug", "count": 2}, {"sku": "cup", "count": 1}],
}


def published(detail: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """Return an entry of `PutEvents`: an order that was placed."""
    entry = {"Source": "com.acme.orders", "DetailType": "OrderPlaced.v1", "Detail": json.dumps(detail)}
    return {**entry, "Resources": ["arn:aws:acme:::order/o-1"], **fields}


EVENT = published(DETAIL)


def one_rule(*targets: Mapping[str, Any], **properties: Any) -> Resources:
    """Return a bus and on it the rule "ship", for all that orders publishes.

    Args:
        targets: Properties of its targets. Each is a queue of its own, "ship-0" and so on, that gets the whole event,
            if they do not say otherwise.

        properties: Other properties of the rule; None where it has none of that name.
    """
    return {"Bus": a_bus(BUS), **a_rule("ship", *targets, **properties)}


def a_bus(name: str) -> Resource:
    """Return a bus."""
    return {"Type": "AWS::Events::EventBus", "Properties": {"Name": name}}


def a_rule(name: str, *targets: Mapping[str, Any], on: str = "Bus", **properties: Any) -> Resources:
    """Return a rule on the bus whose logical id is *on*, with its queues; all ids begin with its name."""
    queues = [f"{name}{number}" for number, _ in enumerate(targets)]
    given = [{"Id": queue, "Arn": arn_of(queue), **each} for queue, each in zip(queues, targets, strict=True)]
    filled = {"Name": name, "EventBusName": {"Ref": on}, "EventPattern": ORDERS_ONLY, "Targets": given, **properties}
    made: Resources = {name: {"Type": "AWS::Events::Rule", "Properties": _given(filled)}}
    for number, queue in enumerate(queues):
        made |= {queue: a_queue(f"{name}-{number}"), f"{queue}Policy": a_policy(queue, name)}
    return made


def _given(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}


def a_queue(name: str, **properties: Any) -> Resource:
    """Return a queue."""
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name, **properties}}


def a_policy(queue: str, rule: str) -> Resource:
    """Return the policy of a queue, which lets a rule in; both by their logical ids."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn_of(queue),
        "Condition": {"ArnEquals": {"aws:SourceArn": arn_of(rule)}},
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": [{"Ref": queue}], "PolicyDocument": document}}


def a_role(bus: str) -> Resource:
    """Return a role by which EventBridge puts events on the bus whose logical id is *bus*."""
    trust = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
    may_put = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": arn_of(bus)}
    policy = {"PolicyName": "PutEvents", "PolicyDocument": {"Version": "2012-10-17", "Statement": [may_put]}}
    document = {"Version": "2012-10-17", "Statement": [trust]}
    properties = {"RoleName": "to-" + bus.lower(), "AssumeRolePolicyDocument": document, "Policies": [policy]}
    return {"Type": "AWS::IAM::Role", "Properties": properties}


def a_move(name: str, *, on: str, to: str) -> Resources:
    """Return a rule that moves all that orders publishes from one bus to another, both by their logical ids."""
    role = f"{name}Role"
    return {
        **a_rule(name, on=on, Targets=[{"Id": "bus", "Arn": arn_of(to), "RoleArn": arn_of(role)}]),
        role: a_role(to),
    }


def arn_of(logical_id: str) -> dict[str, Any]:
    """Return what stands in a template for the ARN of a resource."""
    return {"Fn::GetAtt": [logical_id, "Arn"]}


def transformed(template: str, **paths: str) -> dict[str, Any]:
    """Return the property of a target that is sent what a template makes of the event."""
    return {"InputTransformer": {"InputTemplate": template, "InputPathsMap": paths}}
